import { defineOwn, descriptorOf, is, setPrototypeOf } from '../../../src/context/pristine-built-ins.js';
import { intrinsics } from '../realm/intrinsics.js';

export type ExportGetter = () => unknown;

const NativeProxy = Proxy;
const { create } = Object;
const { preventExtensions } = Reflect;

/** An exotic object of a module's namespace: ECMA-262, 10.4.6. No read of it runs code of a reader's, patched or not. */
export class ModuleNamespace {
  readonly object: object;
  /** Has the properties that a proxy may not invent. Their values stay undefined. */
  readonly #target = create(null) as Record<PropertyKey, unknown>;
  readonly #getters = create(null) as Record<PropertyKey, ExportGetter>;
  #keys: PropertyKey[] = [];

  constructor() {
    const target = this.#target;
    const getters = this.#getters;
    this.object = new NativeProxy(target, {
      // Code may put a trap on `Object.prototype`.
      __proto__: null,
      get: (_target: object, key: PropertyKey) => (key in getters ? getters[key]!() : target[key]),
      set: () => false,
      ownKeys: () => this.#keys,
      getOwnPropertyDescriptor: (_target: object, key: PropertyKey) => {
        const descriptor = descriptorOf(target, key);
        if (descriptor === undefined) return undefined;
        setPrototypeOf(descriptor, null);
        if (key in getters) descriptor.value = read(getters[key]!);
        return descriptor;
      },
      defineProperty: (_target: object, key: PropertyKey, descriptor: PropertyDescriptor) => {
        setPrototypeOf(descriptor, null);
        if (!(key in getters)) return defineOwn(target, key, descriptor);
        const { configurable, enumerable, writable } = descriptor;
        const keeps = configurable !== true && enumerable !== false && writable !== false;
        if (!keeps || 'get' in descriptor || 'set' in descriptor) return false;
        return !('value' in descriptor) || is(descriptor.value, getters[key]!());
      },
    } as ProxyHandler<object>);
  }

  /** Gives the object its properties. Before that, no code may have it. */
  seal(getters: ReadonlyMap<string, ExportGetter>): void {
    const names = [...getters.keys()].sort();
    for (const name of names) {
      this.#getters[name] = getters.get(name)!;
      defineOwn(this.#target, name, { value: undefined, writable: true, enumerable: true, configurable: false });
    }
    defineOwn(this.#target, Symbol.toStringTag, { value: 'Module' });
    this.#keys = [...names, Symbol.toStringTag];
    preventExtensions(this.#target);
  }
}

/** The kernel looks at values of any state. To it, a variable in its dead zone is undefined. */
function read(getter: ExportGetter): unknown {
  try {
    return getter();
  } catch (error) {
    if (intrinsics.isEntered) return undefined;
    throw error;
  }
}
