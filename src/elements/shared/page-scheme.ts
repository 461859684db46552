import type { ReactiveController } from 'lit';

export type Scheme = 'light' | 'dark';

/**
 * Style sheet of all outer elements. Empty if the page declares a `color-scheme`, which elements inherit. For a page that is dark without
 * that declaration, it sets the scheme of all elements at once. The attribute `theme` overrides both.
 */
export const pageSchemeSheet = typeof CSSStyleSheet === 'undefined' ? [] : [new CSSStyleSheet()];

/** Attributes of the root or the body by which sites switch the scheme. */
const switches = ['class', 'data-theme', 'data-color-scheme', 'data-color-mode', 'data-bs-theme', 'data-mode', 'style'];

let followers = 0;
let stopWatching: (() => void) | undefined;

/** Follows the page's colour scheme while its host is connected. */
export class PageSchemeController implements ReactiveController {
  hostConnected(): void {
    followers += 1;
    stopWatching ??= watchPage();
  }

  hostDisconnected(): void {
    followers -= 1;
    if (followers > 0) return;
    stopWatching?.();
    stopWatching = undefined;
  }
}

function watchPage(): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const observer = new MutationObserver(apply);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributeFilter: switches });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply, { signal });
  // A background with a transition has its final colour only now.
  document.addEventListener(
    'transitionend',
    ({ target }) => {
      if (target === document.body || target === document.documentElement) apply();
    },
    { signal },
  );
  addEventListener('load', apply, { signal });
  apply();
  return () => {
    observer.disconnect();
    listening.abort();
  };
}

function apply(): void {
  const scheme = isDeclared() ? undefined : paintedScheme();
  const rule = scheme === undefined ? '' : `:host(:not([theme='light'], [theme='dark'])) { color-scheme: ${scheme} }`;
  for (const sheet of pageSchemeSheet) sheet.replaceSync(rule);
}

function isDeclared(): boolean {
  const elements = [document.documentElement, document.body];
  return (
    elements.some((element) => getComputedStyle(element).colorScheme !== 'normal') ||
    document.querySelector('meta[name="color-scheme"]') !== null
  );
}

function paintedScheme(): Scheme | undefined {
  const { documentElement: root, body } = document;
  return (
    namedScheme(root) ??
    namedScheme(body) ??
    schemeOfColor(getComputedStyle(body).backgroundColor) ??
    schemeOfColor(getComputedStyle(root).backgroundColor)
  );
}

/** Returns the scheme from a class or an attribute such as `dark` or `theme-dark`. */
function namedScheme(element: Element): Scheme | undefined {
  for (const name of switches) {
    const scheme = name === 'style' ? undefined : schemeOfName(element.getAttribute(name) ?? '');
    if (scheme !== undefined) return scheme;
  }
  return undefined;
}

/** Returns the scheme that an attribute value names: `dark`, `theme-dark`, `light_mode`. */
export function schemeOfName(value: string): Scheme | undefined {
  return /(?:^|[\s_-])(light|dark)(?:$|[\s_-])/.exec(value.toLowerCase())?.[1] as Scheme | undefined;
}

/** Returns the scheme of a computed `background-color`; undefined for a mostly transparent colour. */
export function schemeOfColor(color: string): Scheme | undefined {
  const channels = /^rgba?\(([^)]+)\)$/
    .exec(color)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  const [red = 0, green = 0, blue = 0, alpha = 1] = channels ?? [];
  if (channels === undefined || alpha < 0.5) return undefined;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110 ? 'dark' : 'light';
}
