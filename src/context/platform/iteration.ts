import type { AmbientMapping } from '../current.js';
import { paced } from '../pacing.js';
import { contextualThenable } from '../activations/thenables.js';
import { callInMapping } from './callbacks.js';
import { PristineProxy, type AnyFunction } from './patches.js';
import { isObject } from '../is-object.js';
import { apply } from '../pristine-built-ins.js';

const { get } = Reflect;

/**
 * Wraps the operand of a built-in that iterates between its own suspensions (`Array.fromAsync`). Iterator methods, getters of
 * an array-like, and `then` of the thenables that they return run in `mapping`.
 */
export function contextualIterable(mapping: AmbientMapping, items: unknown): unknown {
  if (items === undefined || items === null) return items;
  const inContext: CallInContext = (fn) => callInMapping(mapping, fn, undefined, []);
  const open = (items as AsyncIterable<unknown>)[Symbol.asyncIterator] as unknown;
  if (open !== undefined && open !== null) {
    const settle = (result: unknown): unknown => paced(contextualThenable(mapping, result));
    return {
      [Symbol.asyncIterator]: () => inContext(() => standIn(apply(open as AnyFunction, items, []), inContext, settle)),
    };
  }
  const openSync = (items as Iterable<unknown>)[Symbol.iterator] as unknown;
  if (openSync !== undefined && openSync !== null) {
    const settle = (result: unknown): unknown =>
      isObject(result) ? settledResult(mapping, result as IteratorResult<unknown>) : result;
    return {
      [Symbol.iterator]: () => inContext(() => standIn(apply(openSync as AnyFunction, items, []), inContext, settle)),
    };
  }
  if (!isObject(items)) return items;
  return new PristineProxy(
    {},
    {
      // The symbols have been read.
      get: (_target, key) =>
        typeof key === 'symbol' ? undefined : inContext(() => contextualThenable(mapping, get(items, key))),
    },
  );
}

type CallInContext = (fn: () => unknown) => unknown;

/** Wraps an iterator: the same methods, each read when the built-in reads it. */
function standIn(iterator: unknown, inContext: CallInContext, settle: (result: unknown) => unknown): unknown {
  if (!isObject(iterator)) return iterator;
  const method = (name: string): AnyFunction | undefined => {
    const original = inContext(() => (iterator as Record<string, unknown>)[name]);
    if (original === undefined || original === null) return undefined;
    return (...args) => inContext(() => settle(apply(original as AnyFunction, iterator, args)));
  };
  return {
    get next() {
      return method('next');
    },
    get return() {
      return method('return');
    },
    get throw() {
      return method('throw');
    },
  };
}

/** A sync iterator's result, whose value the engine awaits. */
function settledResult(mapping: AmbientMapping, { done, value }: IteratorResult<unknown>): object {
  return { done, value: contextualThenable(mapping, value) };
}
