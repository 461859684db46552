import { current, enterMapping, type AmbientMapping } from '../current.js';
import { rememberThrown } from './errors.js';
import { apply } from '../pristine-built-ins.js';

/** A function that calls `fn` in the context of `mapping`, whatever the caller's context is. */
export function inMapping(
  mapping: AmbientMapping | undefined,
  fn: (...args: never[]) => unknown,
): (...args: unknown[]) => unknown {
  return function (this: unknown, ...args: unknown[]): unknown {
    return callInMapping(mapping, fn, this, args);
  };
}

/** Calls `fn` in the context of `mapping`, and records that context for errors that it throws. */
export function callInMapping(
  mapping: AmbientMapping | undefined,
  fn: (...args: never[]) => unknown,
  thisArgument: unknown,
  args: ArrayLike<unknown>,
): unknown {
  const outer = current.mapping;
  enterMapping(mapping);
  try {
    return apply(fn, thisArgument, args);
  } catch (error) {
    rememberThrown(error, mapping);
    throw error;
  } finally {
    enterMapping(outer);
  }
}

/**
 * Like `inMapping`, for a task or a job, which has no caller: nothing is ambient before and after it. After an interruption of
 * its execution the function is not called.
 */
export function whileRunning(
  mapping: AmbientMapping | undefined,
  fn: (...args: never[]) => unknown,
): (...args: unknown[]) => unknown {
  return function (this: unknown, ...args: unknown[]): unknown {
    if (mapping?.execution?.interruption !== undefined) return undefined;
    current.mapping = undefined;
    return callInMapping(mapping, fn, this, args);
  };
}
