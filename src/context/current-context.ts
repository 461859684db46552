import type { AmbientExecution, AmbientMapping } from './current.js';
import { NoContextError } from './errors.js';
import { PristineMap } from './pristine-collections.js';
import { contextVariable, RuntimeContext } from './runtime-context.js';
import { runInMapping } from './snapshot.js';

/** `undefined` where none is set, which is also what code sees that nobody instrumented. */
export function getCurrentContext(): RuntimeContext | undefined {
  return contextVariable.get();
}

/**
 * The current context.
 *
 * @param neededBy what needs it, for the message of the error
 * @throws NoContextError
 */
export function requireCurrentContext(neededBy: string): RuntimeContext {
  const context = getCurrentContext();
  if (context === undefined) throw new NoContextError(neededBy);
  return context;
}

/**
 * Calls `fn` with `context` as the current one; the outer one is back when it returns or throws.
 * @throws TypeError when `context` is not a RuntimeContext
 */
export function runWithContext<Result>(context: RuntimeContext, fn: () => Result): Result {
  assertRuntimeContext(context);
  return contextVariable.run(context, fn);
}

/** Calls `fn` as that execution and with that context, whatever is ambient around it. */
export function runExecution<Result>(execution: AmbientExecution, context: RuntimeContext, fn: () => Result): Result {
  assertRuntimeContext(context);
  const bare: AmbientMapping = { execution, values: new PristineMap() };
  return runInMapping(bare, contextVariable.run<[], Result>, contextVariable, [context, fn]);
}

function assertRuntimeContext(value: unknown): void {
  if (RuntimeContext.isRuntimeContext(value)) return;
  throw new TypeError(
    `Expected a RuntimeContext, but got ${value === null ? 'null' : typeof value}. Make one with RuntimeContext.from({ … }).`,
  );
}
