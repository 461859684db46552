/*
 * Collections for code that runs among user code, which may patch built-ins (polyfills do): each carries its own copies of
 * the methods, taken when this module is evaluated. Walk them with `forEach`: iterators can't be protected that way.
 */

export class PristineMap<K, V> extends Map<K, V> {}
export class PristineSet<T> extends Set<T> {}
export class PristineWeakMap<K extends WeakKey, V> extends WeakMap<K, V> {}

copyMethods(Map.prototype, PristineMap.prototype);
copyMethods(Set.prototype, PristineSet.prototype);
copyMethods(WeakMap.prototype, PristineWeakMap.prototype);

function copyMethods(from: object, to: object): void {
  for (const key of Reflect.ownKeys(from)) {
    const descriptor = Object.getOwnPropertyDescriptor(from, key);
    if (key !== 'constructor' && descriptor !== undefined) Object.defineProperty(to, key, descriptor);
  }
}
