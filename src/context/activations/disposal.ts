import { isObject } from '../is-object.js';
import { paced } from '../pacing.js';
import { exit, leave, reenter, type Activation } from './activation.js';
import { contextualThenable } from './thenables.js';
import { apply } from '../pristine-built-ins.js';

/** Declared with `using` before the first `await using` of a block, or after a `using`. */
export interface Resumption extends Disposable {
  /** Number of the latest declared resources in a row that are null or undefined. */
  empties: number;
}

/** Disposed of after the resources declared later, when the function resumes. */
export function afterDisposal(activation: Activation, earlier?: Resumption): Resumption {
  if (earlier !== undefined) earlier.empties = 0;
  return { empties: 0, [Symbol.dispose]: () => reenter(activation) };
}

/**
 * Declared with `await using` in place of the resource: disposes of it in the activation's context, then the function suspends.
 * An engine suspends once for consecutive null resources: the activation is left at the second one.
 */
export function disposal(activation: Activation, resumption: Resumption, resource: unknown): unknown {
  if (resource === undefined || resource === null) {
    resumption.empties += 1;
    return resumption.empties === 2 ? { [Symbol.asyncDispose]: () => exit(activation) } : null;
  }
  resumption.empties = 0;
  // The engine throws, and reads nothing a second time.
  if (!isObject(resource)) return resource;
  const asyncMethod = (resource as AsyncDisposable)[Symbol.asyncDispose] as unknown;
  const isSync = asyncMethod === undefined || asyncMethod === null;
  const method = isSync ? ((resource as Disposable)[Symbol.dispose] as unknown) : asyncMethod;
  if (typeof method !== 'function') return { [isSync ? Symbol.dispose : Symbol.asyncDispose]: method };
  return {
    [Symbol.asyncDispose](): unknown {
      reenter(activation);
      try {
        const result: unknown = apply(method, resource, []);
        return isSync ? undefined : paced(contextualThenable(activation.own, result));
      } finally {
        leave(activation);
      }
    },
  };
}

/** Declared with `using` after an `await using`, whose disposal suspends even without a resource. */
export function emptyDisposal(activation: Activation, { empties }: Resumption, resource: unknown): Disposable | null {
  if ((resource !== undefined && resource !== null) || empties > 1) return null;
  return { [Symbol.dispose]: () => exit(activation) };
}
