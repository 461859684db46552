import { LocaleRegistry, type LoadTexts } from './locale-registry.js';
import type { Translation } from './locales/translation.js';

/** Shared by all elements of all bundles that share this module. */
export const locales = new LocaleRegistry();
locales.register('de', async () => (await import('./locales/de.js')).german);
locales.register('ja', async () => (await import('./locales/ja.js')).japanese);

/**
 * Adds or replaces texts of a language: `registerStrings('en', { run: 'Execute' })`.
 *
 * @param tag a BCP 47 language tag; `fr` also applies to `fr-CA` unless that has its own texts
 * @param strings the texts, or a function that loads them when an element first needs them; English replaces missing ones
 */
export function registerStrings(tag: string, strings: Translation | (() => Promise<Translation>)): void {
  locales.register(tag, strings as Translation | LoadTexts);
}

/**
 * Sets the language of all elements in the page. `undefined`, the default, follows the nearest `lang` attribute.
 *
 * @returns a promise that resolves once the texts are loaded
 * @throws errors of the loader
 */
export async function setLocale(tag: string | undefined): Promise<void> {
  await locales.setLocale(tag);
}
