import type { AmbientExecution, AmbientMapping } from './current.js';
import { describe } from './context-data.js';
import { NoContextError } from './errors.js';
import { PristineMap } from './pristine-collections.js';
import { contextVariable, RuntimeContext } from './runtime-context.js';
import { runInMapping } from './async-context/snapshot.js';
import { PristineTypeError } from './pristine-built-ins.js';

// Readers have the class, and may replace its members.
const { isRuntimeContext } = RuntimeContext;

/** The current context; `undefined` outside of any, and after an `await` in code without instrumentation. */
export function getCurrentContext(): RuntimeContext | undefined {
  return contextVariable.get();
}

/**
 * The current context.
 * @param neededBy name of the caller, for the message of the error: `'tool "weather"'`
 * @throws NoContextError where there is none
 */
export function requireCurrentContext(neededBy: string): RuntimeContext {
  const context = getCurrentContext();
  if (context === undefined) throw new NoContextError(neededBy);
  return context;
}

/**
 * Calls `fn` with `context` as the current one, and returns its result. The outer context is current again when `fn` returns
 * or throws.
 * @throws TypeError where `context` is not a RuntimeContext
 * @example
 * await runWithContext(RuntimeContext.from({ client_id: 'a' }), async () => {
 *   getCurrentContext()?.get('client_id');  // 'a'
 * });
 */
export function runWithContext<Result>(context: RuntimeContext, fn: () => Result): Result {
  assertRuntimeContext(context);
  return contextVariable.run(context, fn);
}

/** Calls `fn` as part of an execution with this context alone: ambient variables around the call are absent. */
export function runExecution<Result>(execution: AmbientExecution, context: RuntimeContext, fn: () => Result): Result {
  assertRuntimeContext(context);
  const bare: AmbientMapping = { execution, values: new PristineMap() };
  return runInMapping(bare, contextVariable.run<[], Result>, contextVariable, [context, fn]);
}

function assertRuntimeContext(value: unknown): void {
  if (isRuntimeContext(value)) return;
  throw new PristineTypeError(
    `Expected a RuntimeContext, but got ${describe(value)}. Make one with RuntimeContext.from({ … }).`,
  );
}
