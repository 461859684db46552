import { current, type AmbientMapping } from '../current.js';
import { isObject } from '../is-object.js';
import { callInMapping } from '../platform/callbacks.js';
import { apply } from '../pristine-built-ins.js';

// User code may patch built-ins, so this module takes its copies before user code runs.
export const PristinePromise = Promise;
const pristineReject = Promise.reject;

/** For `instanceof`, since code may give Promise a `Symbol.hasInstance`. */
export function AnyPromise() {}
AnyPromise.prototype = Promise.prototype;

export type Then = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => unknown;

/** How the `then` of a thenable is called, in the job in which the engine would have called it: a host may set another way. */
export const asking: {
  ask: (mapping: AmbientMapping, method: Then, thenable: unknown, args: Parameters<Then>) => unknown;
} = { ask: callInMapping };

/**
 * Runs the `then` of a thenable in a context. A closure: a subclass of Promise shows it to its own code, which must not reach the
 * context.
 */
function inContext(mapping: AmbientMapping, thenable: unknown, method: Then): { readonly then: Then } {
  return {
    // The thenable may resolve with another thenable.
    then: (resolve, reject) =>
      asking.ask(mapping, method, thenable, [(value: unknown): void => resolve(returned(value)), reject]),
  };
}

/** Whether a value is a promise of this class. Checking the prototype is slower. */
export function isPromiseOf(constructor: unknown, value: unknown): boolean {
  return value instanceof AnyPromise && value.constructor === constructor;
}

/**
 * Returns a replacement for `value` to await, or to resolve a promise with: its `then` runs in `mapping`. Non-thenables are returned
 * unchanged, and plain promises too; no tick is added. `then` is read here, once.
 * @param adopts whether a promise of no subclass resolves with it: then the host may ask a plain promise
 */
export function contextualThenable(mapping: AmbientMapping | undefined, value: unknown, adopts?: boolean): unknown {
  if (mapping === undefined || !isObject(value)) return value;
  try {
    // An engine awaits a promise of this constructor without reading `then`.
    if (isPromiseOf(PristinePromise, value) && !(adopts && asking.ask !== callInMapping)) return value;
    const method: unknown = (value as { readonly then?: unknown }).then;
    return typeof method === 'function' ? inContext(mapping, value, method as Then) : value;
  } catch (error) {
    return apply(pristineReject, PristinePromise, [error]);
  }
}

/** The value with which an async function resolves its promise. */
export function returned(value: unknown): unknown {
  return contextualThenable(current.mapping, value, true);
}
