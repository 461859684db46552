interface Attributed {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
}

/** The `classList` of an element. */
export function classListOf(element: Attributed): object {
  const read = (): Set<string> => new Set((element.getAttribute('class') ?? '').split(/\s+/).filter(Boolean));
  const write = (names: Set<string>): void => element.setAttribute('class', [...names].join(' '));
  const change = (names: unknown[], apply: (all: Set<string>, name: string) => void): void => {
    const all = read();
    for (const name of names) apply(all, String(name));
    write(all);
  };
  return {
    get length() {
      return read().size;
    },
    get value() {
      return element.getAttribute('class') ?? '';
    },
    item: (index: number) => [...read()][index] ?? null,
    contains: (name: unknown) => read().has(String(name)),
    add: (...names: unknown[]) => change(names, (all, name) => all.add(name)),
    remove: (...names: unknown[]) => change(names, (all, name) => all.delete(name)),
    replace: (old: unknown, name: unknown) => {
      if (!read().has(String(old))) return false;
      write(new Set([...read()].map((one) => (one === String(old) ? String(name) : one))));
      return true;
    },
    toggle: (name: unknown, force = !read().has(String(name))) => {
      change([name], (all, one) => (force ? all.add(one) : all.delete(one)));
      return force;
    },
    forEach: (visit: (name: string) => void) => [...read()].forEach((name) => visit(name)),
    [Symbol.iterator]: () => read().values(),
    toString: () => element.getAttribute('class') ?? '',
  };
}

/** The `dataset` of an element. */
export function datasetOf(element: Attributed & { getAttributeNames(): string[] }): object {
  const attribute = (key: PropertyKey): string =>
    `data-${String(key).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const property = (name: string): string =>
    name.slice(5).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const names = (): string[] => element.getAttributeNames().filter((name) => name.startsWith('data-'));
  return new Proxy({} as Record<PropertyKey, unknown>, {
    get: (_, key) => (typeof key === 'string' ? (element.getAttribute(attribute(key)) ?? undefined) : undefined),
    set: (_, key, value) => {
      element.setAttribute(attribute(key), String(value));
      return true;
    },
    has: (_, key) => element.getAttribute(attribute(key)) !== null,
    deleteProperty: (_, key) => {
      element.removeAttribute(attribute(key));
      return true;
    },
    ownKeys: () => names().map(property),
    getOwnPropertyDescriptor: (_, key) => {
      const value = element.getAttribute(attribute(key));
      return value === null ? undefined : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}
