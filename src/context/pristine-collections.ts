/*
 * Collections that are safe from user code, which may patch built-ins (polyfills do): each has its own copies of the methods,
 * from the time when this module is evaluated. They have constructors, since older engines iterate the arguments of one that is left
 * out. Iterate with `forEach`: iterators can't be protected this way.
 */

export const PristineMap = /* @__PURE__ */ withOwnMethods(
  class<K, V> extends Map<K, V> {
    // oxlint-disable-next-line no-useless-constructor
    constructor(entries?: Iterable<readonly [K, V]> | null) {
      super(entries);
    }
  },
  Map.prototype,
);
export const PristineSet = /* @__PURE__ */ withOwnMethods(
  class<T> extends Set<T> {
    // oxlint-disable-next-line no-useless-constructor
    constructor(values?: Iterable<T> | null) {
      super(values);
    }
  },
  Set.prototype,
);
export const PristineWeakMap = /* @__PURE__ */ withOwnMethods(
  class<K extends WeakKey, V> extends WeakMap<K, V> {
    // oxlint-disable-next-line no-useless-constructor
    constructor(entries?: Iterable<readonly [K, V]> | null) {
      super(entries);
    }
  },
  WeakMap.prototype,
);

function withOwnMethods<Class extends { readonly prototype: object }>(pristine: Class, methods: object): Class {
  for (const key of Reflect.ownKeys(methods)) {
    const descriptor = Object.getOwnPropertyDescriptor(methods, key);
    if (key !== 'constructor' && descriptor !== undefined) Object.defineProperty(pristine.prototype, key, descriptor);
  }
  return pristine;
}
