/**
 * The paths of the realm's original objects: `Math`, `Math.floor`, `Array.prototype.push`. The table is created on first
 * use.
 */
export class GlobalPaths {
  readonly #realm: object;
  readonly #names: ReadonlySet<string>;
  #paths: ReadonlyMap<object, string> | undefined;

  constructor(realm: object) {
    this.#realm = realm;
    const names = new Set<string>();
    for (
      let at: object | null = realm;
      at !== null && at !== Object.prototype;
      at = Object.getPrototypeOf(at) as object | null
    ) {
      for (const name of Object.getOwnPropertyNames(at)) names.add(name);
    }
    this.#names = names;
  }

  pathOf(object: object): string | undefined {
    this.#paths ??= this.#makeTable();
    return this.#paths.get(object);
  }

  /** `undefined` where the realm has no object at that path. */
  resolve(path: string): object | undefined {
    let at: object = this.#realm;
    for (const [index, name] of path.split('.').entries()) {
      if (index === 0 && !this.#names.has(name)) return undefined;
      const value = index === 0 ? valueOnChain(at, name) : ownValue(at, name);
      if (value === undefined) return undefined;
      at = value;
    }
    return at;
  }

  #makeTable(): ReadonlyMap<object, string> {
    const paths = new Map<object, string>([[this.#realm, 'globalThis']]);
    const found: (readonly [object, string])[] = [];
    const add = (object: object | undefined, path: string): void => {
      if (object === undefined || paths.has(object)) return;
      paths.set(object, path);
      found.push([object, path]);
    };
    for (const name of this.#names) add(valueOnChain(this.#realm, name), name);
    // The loop also visits objects that it finds: `Array`, then `Array.prototype`, then `Array.prototype.push`.
    for (const [object, path] of found) {
      if (path.split('.').length > 2) continue;
      for (const name of Object.getOwnPropertyNames(object))
        if (name !== 'constructor') add(ownValue(object, name), `${path}.${name}`);
    }
    return paths;
  }
}

function valueOnChain(object: object, name: string): object | undefined {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (Object.hasOwn(at, name)) return ownValue(at, name);
  }
  return undefined;
}

/** The object in a data property, without running accessors. */
function ownValue(object: object, name: string): object | undefined {
  const value = Object.getOwnPropertyDescriptor(object, name)?.value as unknown;
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? value : undefined;
}
