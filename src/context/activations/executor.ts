import { current } from '../current.js';
import { rememberThrown } from '../platform/errors.js';
import { contextualThenable, PristinePromise } from './thenables.js';

/** What settles a promise. */
export interface Settlers {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

type Executor = (resolve: Settlers['resolve'], reject: Settlers['reject']) => unknown;

/**
 * Stand-ins for what settles a promise: to resolve it, and to reject it. In a list, so that they have no names, as the engine's. An
 * interruption of the execution rejects it, so that code which awaits it ends. The `then` of a thenable that it is resolved with runs
 * in the context of that call.
 * @param adopts whether the promise is of no subclass
 */
export function contextualSettlers(
  { resolve, reject }: Settlers,
  adopts: boolean,
): readonly [resolve: Settlers['resolve'], reject: Settlers['reject']] {
  const release = current.mapping?.execution?.onInterrupt?.(reject);
  return [
    (value) => {
      release?.();
      resolve(contextualThenable(current.mapping, value, adopts));
    },
    (reason) => {
      release?.();
      rememberThrown(reason, current.mapping);
      reject(reason);
    },
  ];
}

/** Wraps the argument of `new Promise`. */
export function executor(promise: unknown, fn: unknown): unknown {
  if (promise !== PristinePromise || typeof fn !== 'function') return fn;
  return (resolve: Settlers['resolve'], reject: Settlers['reject']): void => {
    const settlers = contextualSettlers({ resolve, reject }, true);
    try {
      (fn as Executor)(settlers[0], settlers[1]);
    } catch (error) {
      settlers[1](error);
    }
  };
}
