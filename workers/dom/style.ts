/** What styles ask of their element. */
interface Styled {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
}

const dashed = (name: string): string =>
  name.startsWith('--')
    ? name
    : name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^(?=(?:webkit|moz|ms)-)/, '-');

/** Declarations of a style, in their order. A semicolon in quotes or parentheses ends none. */
function declarations(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const letter = text[at];
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '(') depth++;
    else if (letter === ')') depth--;
    if (at < text.length && (letter !== ';' || depth > 0 || quote !== '')) continue;
    const declaration = text.slice(start, at);
    const colon = declaration.indexOf(':');
    if (colon > 0) found.set(declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim());
    start = at + 1;
  }
  return found;
}

/** The `style` of an element, written to its attribute. */
export function styleOf(element: Styled): object {
  const read = (): Map<string, string> => declarations(element.getAttribute('style') ?? '');
  const get = (name: string): string => (read().get(name) ?? '').replace(' !important', '');
  const set = (name: string, value: unknown, priority?: unknown): void => {
    const all = read();
    if (value == null || value === '') all.delete(name);
    else all.set(name, `${String(value)}${priority === 'important' ? ' !important' : ''}`);
    if (all.size === 0) element.removeAttribute('style');
    else element.setAttribute('style', [...all].map(([key, text]) => `${key}: ${text};`).join(' '));
  };
  const members: Record<PropertyKey, unknown> = {
    setProperty: (name: string, value: unknown, priority?: unknown) => set(dashed(String(name)), value, priority),
    removeProperty: (name: string) => {
      const old = get(dashed(String(name)));
      set(dashed(String(name)), null);
      return old;
    },
    getPropertyValue: (name: string) => get(dashed(String(name))),
    getPropertyPriority: (name: string) =>
      read().get(String(name))?.endsWith('!important') === true ? 'important' : '',
    item: (index: number) => [...read().keys()][index] ?? '',
  };
  return new Proxy(members, {
    get: (target, key) => {
      if (typeof key !== 'string' || Object.hasOwn(target, key)) return target[key];
      if (key === 'cssText') return element.getAttribute('style') ?? '';
      if (key === 'length') return read().size;
      return get(key === 'cssFloat' ? 'float' : dashed(key));
    },
    set: (_target, key, value) => {
      if (key === 'cssText') element.setAttribute('style', String(value));
      else if (typeof key === 'string') set(key === 'cssFloat' ? 'float' : dashed(key), value);
      return true;
    },
    has: () => true,
  });
}
