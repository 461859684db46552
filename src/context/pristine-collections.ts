/*
 * Collections that are safe from user code, which may patch built-ins (polyfills do): each has its own copies of the methods,
 * from the time when this module is evaluated. Iterate with `forEach`: iterators can't be protected this way.
 */

export const PristineMap = /* @__PURE__ */ withOwnMethods(class<K, V> extends Map<K, V> {}, Map.prototype);
export const PristineSet = /* @__PURE__ */ withOwnMethods(class<T> extends Set<T> {}, Set.prototype);
export const PristineWeakMap = /* @__PURE__ */ withOwnMethods(
  class<K extends WeakKey, V> extends WeakMap<K, V> {},
  WeakMap.prototype,
);

function withOwnMethods<Class extends { readonly prototype: object }>(pristine: Class, methods: object): Class {
  for (const key of Reflect.ownKeys(methods)) {
    const descriptor = Object.getOwnPropertyDescriptor(methods, key);
    if (key !== 'constructor' && descriptor !== undefined) Object.defineProperty(pristine.prototype, key, descriptor);
  }
  return pristine;
}
