import type { AmbientMapping } from '../current.js';
import { PristineWeakMap } from '../pristine-collections.js';

const thrown = new PristineWeakMap<object, AmbientMapping>();

/**
 * Notes in which context something was thrown or rejected, so that an `error` or `unhandledrejection` event, which arrives
 * in no context, can be attributed. The innermost place holds. Nothing is kept of primitives, nor kept alive.
 */
export function rememberThrown(reason: unknown, mapping: AmbientMapping | undefined): void {
  if (mapping === undefined || !isObject(reason) || thrown.has(reason)) return;
  thrown.set(reason, mapping);
}

/** The context in which that was thrown, where it is known. */
export function contextOfThrown(reason: unknown): AmbientMapping | undefined {
  return isObject(reason) ? thrown.get(reason) : undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
