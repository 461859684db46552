/*
 * Built-ins are replaced by proxies, so that `name`, `length`, `new`, statics and all other visible parts of the original
 * stay the same; so do its property attributes.
 */

import { PristineWeakMap } from '../pristine-collections.js';
import { construct, defineOwn, descriptorOf } from '../pristine-built-ins.js';

// User code may patch built-ins, so this module takes its copies before user code runs.
export const PristineProxy = Proxy;

const originals = new PristineWeakMap<object, AnyFunction>();

/** The built-in behind a replacement, for `Function.prototype.toString`. */
export function originalOf(fn: object): AnyFunction | undefined {
  return originals.get(fn);
}

export type AnyFunction = (...args: unknown[]) => unknown;

/** Replaces a call. Call `original` with `apply`. */
export type CallPatch = (original: AnyFunction, thisArgument: unknown, args: unknown[]) => unknown;

/** Replaced properties, which are restored together. */
export class Patches {
  readonly #undo: (() => void)[] = [];

  /** Does nothing if `target` has no own function of that name. */
  method(target: object | undefined, key: PropertyKey, patch: CallPatch): void {
    const original = ownDescriptor(target, key)?.value as unknown;
    if (typeof original !== 'function') return;
    this.replace(target, key, proxyCalls(original as AnyFunction, patch));
  }

  /** Replaces a function that several keys share by one function. */
  methods(target: object | undefined, keys: readonly PropertyKey[], patch: CallPatch): void {
    const [first = '', ...aliases] = keys;
    const original = ownDescriptor(target, first)?.value as unknown;
    this.method(target, first, patch);
    for (const key of aliases) {
      if (ownDescriptor(target, key)?.value === original)
        this.replace(target, key, ownDescriptor(target, first)?.value);
    }
  }

  /** Changes the arguments of a constructor, and receives its instances. */
  construct(
    target: object | undefined,
    key: PropertyKey,
    change: (args: unknown[]) => unknown[],
    made?: (instance: object, args: unknown[]) => void,
  ): void {
    const original = ownDescriptor(target, key)?.value as unknown;
    if (typeof original !== 'function') return;
    const replacement = new PristineProxy(
      original as AnyFunction,
      {
        // Code may put a trap on `Object.prototype`, which would be given the original.
        __proto__: null,
        construct(constructor, args: unknown[], newTarget) {
          const changed = change(args);
          const instance = construct(constructor, changed, newTarget) as object;
          made?.(instance, changed);
          return instance;
        },
      } as ProxyHandler<AnyFunction>,
    );
    this.replace(target, key, replacement);
    this.replace((original as { prototype?: object }).prototype, 'constructor', replacement);
  }

  accessor(
    target: object | undefined,
    key: PropertyKey,
    patch: { readonly get: CallPatch; readonly set: CallPatch },
  ): void {
    const descriptor = ownDescriptor(target, key);
    if (
      target === undefined ||
      descriptor?.get === undefined ||
      descriptor.set === undefined ||
      !descriptor.configurable
    )
      return;
    defineOwn(target, key, {
      get: proxyCalls(descriptor.get as AnyFunction, patch.get) as () => unknown,
      set: proxyCalls(descriptor.set as AnyFunction, patch.set) as (value: unknown) => void,
      enumerable: descriptor.enumerable ?? false,
      configurable: true,
    });
    this.#undo.push(() => defineOwn(target, key, descriptor));
  }

  /** Another value under the attributes of the present one. */
  replace(target: object | undefined, key: PropertyKey, value: unknown): void {
    const descriptor = ownDescriptor(target, key);
    if (target === undefined || descriptor === undefined || !(descriptor.writable || descriptor.configurable)) return;
    defineOwn(target, key, { ...descriptor, value });
    if (typeof value === 'function' && typeof descriptor.value === 'function')
      originals.set(value, descriptor.value as AnyFunction);
    this.#undo.push(() => defineOwn(target, key, descriptor));
  }

  dispose(): void {
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) undo();
  }
}

function proxyCalls(original: AnyFunction, patch: CallPatch): AnyFunction {
  return new PristineProxy(original, {
    __proto__: null,
    apply: (target, thisArgument: unknown, args: unknown[]) => patch(target, thisArgument, args),
  } as ProxyHandler<AnyFunction>);
}

function ownDescriptor(target: object | undefined, key: PropertyKey): PropertyDescriptor | undefined {
  return target === undefined ? undefined : descriptorOf(target, key);
}

/** Reads a property of a platform object, even if user code changed its prototype; `undefined` if there is none. */
export function getterOf(prototype: object | undefined, key: PropertyKey): (() => unknown) | undefined {
  return ownDescriptor(prototype, key)?.get;
}

/** The owner of a global: the global object itself, or one of its prototypes. */
export function ownerOf(realm: object, key: PropertyKey): object | undefined {
  for (let object: object | null = realm; object !== null; object = Reflect.getPrototypeOf(object)) {
    if (descriptorOf(object, key) !== undefined) return object;
  }
  return undefined;
}

/** The prototype of a class that the realm may or may not have. */
export function prototypeOf(realm: object, className: string): object | undefined {
  const constructor = (realm as Record<string, unknown>)[className];
  return typeof constructor === 'function' ? (constructor as { prototype?: object }).prototype : undefined;
}
