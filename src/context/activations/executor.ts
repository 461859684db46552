import { current } from '../current.js';
import { rememberThrown } from '../platform/errors.js';
import { PristinePromise, returned } from './thenables.js';

type Executor = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => unknown;

/**
 * Wraps the argument of `new Promise`. An interruption of the execution rejects the promise, so that code which awaits it ends.
 * The `then` of a thenable passed to `resolve` runs in the context of that call.
 */
export function executor(promise: unknown, fn: unknown): unknown {
  if (promise !== PristinePromise || typeof fn !== 'function') return fn;
  return (resolve: (value: unknown) => void, reject: (reason: unknown) => void): void => {
    const release = current.mapping?.execution?.onInterrupt?.(reject);
    const fail = (reason: unknown): void => {
      release?.();
      rememberThrown(reason, current.mapping);
      reject(reason);
    };
    try {
      (fn as Executor)((value) => {
        release?.();
        resolve(returned(value));
      }, fail);
    } catch (error) {
      fail(error);
    }
  };
}
