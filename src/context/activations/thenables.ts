import { current, enterMapping, type AmbientMapping } from '../current.js';

// User code may patch built-ins, so this module takes its copies before user code runs.
const { apply } = Reflect;
export const PristinePromise = Promise;
const pristineReject = Promise.reject;

/** For `instanceof`, since code may give Promise a `Symbol.hasInstance`. */
export function AnyPromise() {}
AnyPromise.prototype = Promise.prototype;

type Then = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => unknown;

/**
 * Runs the `then` of a thenable in a context, in the job in which the engine would have called it. A closure: a subclass of Promise
 * shows it to its own code, which must not reach the context.
 */
function inContext(mapping: AmbientMapping, thenable: unknown, method: Then): { readonly then: Then } {
  return {
    then(resolve, reject) {
      const outer = current.mapping;
      enterMapping(mapping);
      try {
        // The thenable may resolve with another thenable.
        return apply(method, thenable, [(value: unknown): void => resolve(returned(value)), reject]);
      } finally {
        enterMapping(outer);
      }
    },
  };
}

/**
 * Returns a replacement for `value` to await, or to resolve a promise with: its `then` runs in `mapping`. Plain promises and
 * non-thenables are returned unchanged; no tick is added. `then` is read here, once.
 */
export function contextualThenable(mapping: AmbientMapping | undefined, value: unknown): unknown {
  if (mapping === undefined) return value;
  if (typeof value === 'object' ? value === null : typeof value !== 'function') return value;
  try {
    // An engine awaits a promise of this constructor without reading `then`. Checking the prototype is slower.
    if (value instanceof AnyPromise && value.constructor === PristinePromise) return value;
    const method: unknown = (value as { readonly then?: unknown }).then;
    return typeof method === 'function' ? inContext(mapping, value, method as Then) : value;
  } catch (error) {
    return apply(pristineReject, PristinePromise, [error]);
  }
}

/** The value with which an async function resolves its promise. */
export function returned(value: unknown): unknown {
  const { mapping } = current;
  return mapping === undefined ? value : contextualThenable(mapping, value);
}
