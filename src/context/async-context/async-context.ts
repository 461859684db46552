import { Snapshot } from './snapshot.js';
import { Variable } from './variable.js';

/**
 * `AsyncContext` of TC39's proposal: the realm's own where it has one.
 *
 * @see https://github.com/tc39/proposal-async-context
 * @example
 * const user = new AsyncContext.Variable<string>({ name: 'user' });
 * const snapshot = user.run('ada', () => new AsyncContext.Snapshot());
 * user.get(); // undefined
 * snapshot.run(() => user.get()); // 'ada'
 */
export interface AsyncContext {
  readonly Variable: typeof Variable;
  readonly Snapshot: typeof Snapshot;
}

const native = (globalThis as { AsyncContext?: Partial<AsyncContext> }).AsyncContext;

export const AsyncContext: AsyncContext =
  typeof native?.Variable === 'function' && typeof native.Snapshot === 'function'
    ? (native as AsyncContext)
    : makeNamespace();

function makeNamespace(): AsyncContext {
  const method = { writable: true, enumerable: false, configurable: true };
  return Object.defineProperties({} as AsyncContext, {
    Variable: { ...method, value: Variable },
    Snapshot: { ...method, value: Snapshot },
    [Symbol.toStringTag]: { value: 'AsyncContext', configurable: true },
  });
}
