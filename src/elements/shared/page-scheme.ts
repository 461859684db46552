import type { ReactiveController } from 'lit';

export type Scheme = 'light' | 'dark';

/**
 * Style sheet of all outer elements. Empty if the page declares a `color-scheme`, which elements inherit. For a page that is dark without
 * that declaration, it sets the scheme of all elements at once. The attribute `theme` overrides both.
 */
export const pageSchemeSheet = typeof CSSStyleSheet === 'undefined' ? [] : [new CSSStyleSheet()];

/** Attributes of the root or the body by which sites name the scheme. */
const switches = ['class', 'data-theme', 'data-color-scheme', 'data-color-mode', 'data-bs-theme', 'data-mode'];

const followers = new Set<PageSchemeController>();
let watching: AbortController | undefined;

/** Follows the page's colour scheme while its host is connected. */
export class PageSchemeController implements ReactiveController {
  /** @param onChange Called when the scheme may have changed. For what is copied from the page's own colours. */
  constructor(readonly onChange?: () => void) {}

  hostConnected(): void {
    if (followers.size === 0) watchPage();
    followers.add(this);
  }

  hostDisconnected(): void {
    followers.delete(this);
    if (followers.size === 0) watching?.abort();
  }
}

/** The elements that sites switch and paint. */
const painted = (): [root: HTMLElement, body: HTMLElement] => [document.documentElement, document.body];

function watchPage(): void {
  watching = new AbortController();
  const { signal } = watching;
  const observer = new MutationObserver(apply);
  signal.onabort = () => observer.disconnect();
  for (const element of painted()) observer.observe(element, { attributeFilter: [...switches, 'style'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply, { signal });
  // A background with a transition has its final colour only now.
  document.addEventListener(
    'transitionend',
    ({ target }) => {
      if (painted().includes(target as HTMLElement)) apply();
    },
    { signal },
  );
  addEventListener('load', apply, { signal });
  apply();
}

function apply(): void {
  const scheme = isDeclared() ? undefined : paintedScheme();
  const rule = scheme === undefined ? '' : `:host(:not([theme='light'], [theme='dark'])) { color-scheme: ${scheme} }`;
  for (const sheet of pageSchemeSheet) sheet.replaceSync(rule);
  for (const { onChange } of followers) onChange?.();
}

function isDeclared(): boolean {
  return (
    painted().some((element) => getComputedStyle(element).colorScheme !== 'normal') ||
    document.querySelector('meta[name="color-scheme"]') !== null
  );
}

function paintedScheme(): Scheme | undefined {
  const [root, body] = painted();
  return namedScheme(root) ?? namedScheme(body) ?? backgroundScheme(body) ?? backgroundScheme(root);
}

const backgroundScheme = (element: HTMLElement): Scheme | undefined =>
  schemeOfColor(getComputedStyle(element).backgroundColor);

/** Returns the scheme from a class or an attribute such as `dark` or `theme-dark`. */
const namedScheme = (element: Element): Scheme | undefined =>
  schemeOfName(switches.map((name) => element.getAttribute(name)).join(' '));

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
