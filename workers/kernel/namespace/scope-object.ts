import type { Namespace } from './namespace.js';

const { create, getOwnPropertyDescriptor } = Object;
const PristineProxy = Proxy;

/**
 * The names of a namespace as properties, for a `with` around sloppy code. Only in sloppy code can `eval` and `with` add names
 * that are unknown at compile time.
 */
export class ScopeObject {
  readonly object: object;
  #isHidden = false;

  constructor(namespace: Namespace) {
    this.object = new PristineProxy(create(null) as object, {
      has: (_target, key) => typeof key === 'string' && !this.#isHidden && namespace.get(key) !== undefined,
      get: (_target, key) => (typeof key === 'string' ? namespace.late(key) : undefined),
      set: (_target, key, value: unknown) => {
        if (namespace.has(key as string)) namespace.assign(key as string, value);
        else namespace.get(key as string)!.init = value;
        return true;
      },
      deleteProperty: () => false,
      getOwnPropertyDescriptor: (target, key) => getOwnPropertyDescriptor(target, key),
    });
  }

  /** Runs code with the object hidden, so that names resolve in the surrounding scopes. */
  hide(run: () => void): void {
    this.#isHidden = true;
    try {
      run();
    } finally {
      this.#isHidden = false;
    }
  }
}
