import { LocaleRegistry, type LoadTexts } from './locale-registry.js';
import type { Translation } from './strings.js';

/** One for the page: all elements of all bundles that share this module. */
export const locales = new LocaleRegistry();
locales.register('de', async () => (await import('./locales/de.js')).german);
locales.register('ja', async () => (await import('./locales/ja.js')).japanese);

/**
 * Adds the texts of a language, or replaces some of them: `registerStrings('en', { run: 'Execute' })`.
 *
 * @param tag a BCP 47 language tag; `fr` also holds for `fr-CA` where that has none of its own
 * @param strings or a function that loads them, called when an element in that language first shows itself; what is missing stays English
 */
export function registerStrings(tag: string, strings: Translation | (() => Promise<Translation>)): void {
  locales.register(tag, strings as Translation | LoadTexts);
}

/**
 * Sets the language of all elements in the page. Without one, each follows the nearest `lang` attribute, as it does from the start.
 *
 * @returns when its texts are there
 * @throws what the function that loads them throws
 */
export async function setLocale(tag: string | undefined): Promise<void> {
  await locales.setLocale(tag);
}
