import type { AmbientMapping } from '../current.js';
import { PristineWeakMap } from '../pristine-collections.js';

const thrown = new PristineWeakMap<object, AmbientMapping>();

/**
 * Notes in which context something was thrown, or a promise rejected with it, so that an `error` or `unhandledrejection`
 * event, which arrives in no context, can be attributed. The latest place holds: what went unhandled is the outermost
 * promise that it went through. Nothing is kept of primitives, nor kept alive.
 * @see https://github.com/tc39/proposal-async-context/blob/master/WEB-INTEGRATION.md#unhandled-rejection-details
 */
export function rememberThrown(reason: unknown, mapping: AmbientMapping | undefined): void {
  if (!isObject(reason)) return;
  if (mapping === undefined) thrown.delete(reason);
  else thrown.set(reason, mapping);
}

/** The context in which that was thrown, where it is known. */
export function contextOfThrown(reason: unknown): AmbientMapping | undefined {
  return isObject(reason) ? thrown.get(reason) : undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
