import type { AmbientMapping } from './current.js';
import { runInMapping } from './snapshot.js';

// User code may patch built-ins; what is used here is taken before it runs.
const PristinePromise = Promise;
const promisePrototype = Promise.prototype;
const reject = Promise.reject.bind(Promise);
const { getPrototypeOf } = Reflect;

type Then = (resolve: unknown, reject: unknown) => unknown;

/** Has a thenable's `then` called in the context that resolved a promise with it, in as many ticks as it would take itself. */
class ContextualThenable {
  constructor(
    readonly mapping: AmbientMapping | undefined,
    readonly thenable: object,
    readonly original: Then,
  ) {}

  then(resolve: unknown, rejectWith: unknown): unknown {
    return runInMapping(this.mapping, this.original, this.thenable, [resolve, rejectWith]);
  }
}

/**
 * What a promise may be resolved with in place of `value`, so that the job that calls its `then` runs in the context of
 * `mapping`. Values that are no thenables, and plain promises, are given back. `then` is read once.
 * @throws what reading `then` throws
 */
export function wrapThenable(mapping: AmbientMapping | undefined, value: unknown): unknown {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return value;
  if (getPrototypeOf(value) === promisePrototype) return value;
  // The engine takes such a promise as it is, without looking at `then`.
  if (value instanceof PristinePromise && value.constructor === PristinePromise) return value;
  const { then } = value as { then?: unknown };
  return typeof then === 'function' ? new ContextualThenable(mapping, value, then as Then) : value;
}

/** As `wrapThenable`, for `await` and `Promise.resolve`: where reading `then` throws, a rejected promise. */
export function contextualThenable(mapping: AmbientMapping | undefined, value: unknown): unknown {
  try {
    return wrapThenable(mapping, value);
  } catch (error) {
    return reject(error);
  }
}
