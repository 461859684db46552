import type { AmbientMapping } from '../current.js';
import { PristineWeakMap } from '../pristine-collections.js';

const { is } = Object;
const thrown = new PristineWeakMap<object, AmbientMapping>();
let lastPrimitive: { readonly reason: unknown; readonly mapping: AmbientMapping | undefined } | undefined;

/**
 * Notes in which context something was thrown, or a promise rejected with it, so that an `error` or `unhandledrejection`
 * event, which arrives in no context, can be attributed. The latest place holds: what went unhandled is the outermost
 * promise that it went through. Of primitives only the last that was thrown is kept, for the event that follows at once; a promise
 * that was rejected with one is noted itself. Nothing is kept alive but that.
 * @see https://github.com/tc39/proposal-async-context/blob/master/WEB-INTEGRATION.md#unhandled-rejection-details
 */
export function rememberThrown(reason: unknown, mapping: AmbientMapping | undefined): void {
  if (!isObject(reason)) lastPrimitive = { reason, mapping };
  else if (mapping === undefined) thrown.delete(reason);
  else thrown.set(reason, mapping);
}

/**
 * The context in which that was thrown, where it is known.
 *
 * @param promise the one that was rejected with it; none where it was thrown, and the event follows at once
 */
export function contextOfThrown(reason: unknown, promise?: unknown): AmbientMapping | undefined {
  if (isObject(reason)) return thrown.get(reason);
  if (isObject(promise)) return thrown.get(promise);
  return lastPrimitive !== undefined && is(lastPrimitive.reason, reason) ? lastPrimitive.mapping : undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
