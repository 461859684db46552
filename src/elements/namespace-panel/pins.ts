type TextStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Names that the reader keeps on top. With a key they are kept in the browser, where that is allowed. */
export class Pins {
  #names: ReadonlySet<string>;
  readonly #key: string | undefined;
  readonly #storage: () => TextStorage;

  /**
   * @param key of the storage; without one, pins last as long as this object
   * @param storage called at each access, as the browser may deny it
   */
  constructor(key?: string, storage: () => TextStorage = () => localStorage) {
    this.#key = key;
    this.#storage = storage;
    this.#names = this.#read();
  }

  get names(): ReadonlySet<string> {
    return this.#names;
  }

  toggle(name: string): void {
    const names = new Set(this.#names);
    if (!names.delete(name)) names.add(name);
    this.#names = names;
    if (this.#key === undefined) return;
    try {
      this.#storage().setItem(this.#key, JSON.stringify([...names]));
    } catch {
      // Storage is full or denied: the pins last until the page closes.
    }
  }

  #read(): ReadonlySet<string> {
    if (this.#key === undefined) return new Set();
    try {
      const names: unknown = JSON.parse(this.#storage().getItem(this.#key) ?? '[]');
      return new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
    } catch {
      return new Set();
    }
  }
}
