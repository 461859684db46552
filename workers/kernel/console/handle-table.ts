const { random } = Math;

/** A getter that was shown and not run; expanding it runs it. */
export class ShownGetter {
  constructor(
    readonly receiver: object,
    readonly getter: () => unknown,
  ) {}
}

/**
 * Objects that a preview showed and that may be expanded later, by name. Kept strongly, since a console shows what was
 * logged; the oldest are forgotten once there are too many.
 */
export class HandleTable {
  readonly #handles = new WeakMap<object, string>();
  readonly #objects = new Map<string, object>();
  readonly #capacity: number;
  /** A handle of a worker that is gone must not lead to another object in the worker that follows it. */
  readonly #prefix = `h${random().toString(36).slice(2)}-`;
  #serial = 0;

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  /** The same handle for the same object, as long as it is kept. */
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

  /** `undefined` for what was forgotten or never there. */
  get(handle: string): object | undefined {
    return this.#objects.get(handle);
  }
}
