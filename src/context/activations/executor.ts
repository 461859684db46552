import { current } from '../current.js';
import { rememberThrown } from '../platform/errors.js';
import { returned } from './thenables.js';

const PristinePromise = Promise;

type Executor = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => unknown;

/**
 * The argument of `new Promise`: the promise is rejected when the execution that made it is interrupted, so that what
 * waits for it ends, and a thenable that it is resolved with runs in the context of that moment.
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
