const { random } = Math;

/** A getter that a preview showed without running it. Expanding it runs it. */
export class ShownGetter {
  // oxlint-disable-next-line no-unused-private-class-members -- `in` asks for it
  readonly #brand = true;

  /** `instanceof` would run a trap of a Proxy. */
  static is(value: object): value is ShownGetter {
    return #brand in value;
  }

  constructor(
    readonly receiver: object,
    readonly getter: () => unknown,
  ) {}
}

/**
 * Objects that a preview showed and that may be expanded later, by handle. The references are strong, since a console must be
 * able to show logged objects. Beyond the capacity, the oldest are removed.
 */
export class HandleTable {
  readonly #handles = new WeakMap<object, string>();
  readonly #objects = new Map<string, object>();
  readonly #capacity: number;
  /** Differs in each worker, so that a handle of an earlier worker finds no object in a later one. */
  readonly #prefix = `h${random().toString(36).slice(2)}-`;
  #serial = 0;

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  /** Returns the same handle for the same object, as long as the table keeps the object. */
  handleFor(object: object): string {
    const known = this.#handles.get(object);
    if (known !== undefined && this.#objects.has(known)) return known;
    const handle = `${this.#prefix}${++this.#serial}`;
    this.#handles.set(object, handle);
    this.#objects.set(handle, object);
    if (this.#objects.size > this.#capacity) {
      const oldest = this.#objects.keys().next();
      if (oldest.done !== true) this.#objects.delete(oldest.value);
    }
    return handle;
  }

  /** `undefined` for a removed or unknown object. */
  get(handle: string): object | undefined {
    return this.#objects.get(handle);
  }
}
