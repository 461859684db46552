import { current, type AmbientMapping } from '../current.js';
import { contextualThenable } from '../activations/thenables.js';
import { PristineWeakMap } from '../pristine-collections.js';
import { callInMapping } from './callbacks.js';
import { type AnyFunction, type CallPatch, type Patches, prototypeOf } from './patches.js';
import { isObject } from '../is-object.js';
import { apply } from '../pristine-built-ins.js';

/** The context of a stack's `disposeAsync()` call; undefined before the call. */
interface Disposal {
  mapping: AmbientMapping | undefined;
}

/** An AsyncDisposableStack awaits each resource, and disposes of all of them in the context of `disposeAsync()`. */
export function patchDisposal(patches: Patches, realm: typeof globalThis): void {
  const stack = prototypeOf(realm, 'AsyncDisposableStack');
  if (stack === undefined) return;
  const disposals = new PristineWeakMap<object, Disposal>();
  const disposalOf = (of: object): Disposal => {
    const disposal = disposals.get(of) ?? { mapping: undefined };
    disposals.set(of, disposal);
    return disposal;
  };
  const contextual = (of: unknown, dispose: AnyFunction, thisArgument?: unknown): AnyFunction => {
    const disposal = disposalOf(of as object);
    return (...args) => {
      const { mapping } = disposal;
      return callInMapping(
        mapping,
        () => contextualThenable(mapping, apply(dispose, thisArgument, args)),
        undefined,
        [],
      );
    };
  };
  const callback =
    (index: number): CallPatch =>
    (original, thisArgument, args) => {
      const dispose = args[index];
      if (typeof dispose === 'function' && isObject(thisArgument))
        args[index] = contextual(thisArgument, dispose as AnyFunction);
      return apply(original, thisArgument, args);
    };
  patches.method(stack, 'defer', callback(0));
  patches.method(stack, 'adopt', callback(1));
  patches.method(stack, 'use', (original, thisArgument, args) => {
    const resource = args[0];
    if (!isObject(resource) || !isObject(thisArgument)) return apply(original, thisArgument, args);
    const asyncMethod = (resource as Partial<AsyncDisposable>)[Symbol.asyncDispose] as unknown;
    const isSync = asyncMethod === undefined || asyncMethod === null;
    const method: unknown = isSync ? (resource as Partial<Disposable>)[Symbol.dispose] : asyncMethod;
    // The engine throws, and reads nothing a second time.
    if (typeof method !== 'function') return apply(original, thisArgument, [{ [Symbol.asyncDispose]: method }]);
    const dispose = contextual(thisArgument, method as AnyFunction, resource);
    // The engine does not await the result of a sync disposal.
    apply(original, thisArgument, [
      isSync ? { [Symbol.dispose]: () => void dispose() } : { [Symbol.asyncDispose]: () => dispose() },
    ]);
    return resource;
  });
  patches.method(stack, 'move', (original, thisArgument, args) => {
    const moved = apply(original, thisArgument, args) as object;
    disposals.set(moved, disposalOf(thisArgument as object));
    disposals.delete(thisArgument as object);
    return moved;
  });
  patches.methods(stack, ['disposeAsync', Symbol.asyncDispose], (original, thisArgument, args) => {
    const disposal = disposals.get(thisArgument as object);
    disposals.delete(thisArgument as object);
    if (disposal !== undefined) disposal.mapping = current.mapping;
    return apply(original, thisArgument, args);
  });
}
