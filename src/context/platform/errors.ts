import type { AmbientMapping } from '../current.js';
import { PristineWeakMap } from '../pristine-collections.js';
import { isObject } from '../is-object.js';
import { is } from '../pristine-built-ins.js';

const thrown = new PristineWeakMap<object, AmbientMapping>();
/** Told of each primitive right before it is thrown or a promise is rejected with it, by a host that tells such promises apart. */
export const thrownPrimitives: { onThrown?: (mapping: AmbientMapping | undefined) => void } = {};
let lastPrimitive: { readonly reason?: unknown; readonly mapping?: AmbientMapping | undefined } = {};

/**
 * Records the context of a throw or a rejection, so that an `error` or `unhandledrejection` event, which arrives without a
 * context, can be attributed. The latest context counts, because the unhandled promise is the outermost one. For primitives
 * only the last throw is recorded, for the event right after it; a promise rejected with a primitive is itself recorded.
 * Nothing else is kept alive.
 * @see https://github.com/tc39/proposal-async-context/blob/master/WEB-INTEGRATION.md#unhandled-rejection-details
 */
export function rememberThrown(reason: unknown, mapping: AmbientMapping | undefined): void {
  if (!isObject(reason)) {
    lastPrimitive = { reason, mapping };
    thrownPrimitives.onThrown?.(mapping);
  } else if (mapping === undefined) thrown.delete(reason);
  else thrown.set(reason, mapping);
}

/**
 * The context in which the value was thrown, if known. A reason may be shared: a promise counts before it.
 * @param promise the promise that was rejected with it; none for a throw, which the event follows at once
 */
export function contextOfThrown(reason: unknown, promise?: unknown): AmbientMapping | undefined {
  // The map has no primitive.
  const known = thrown.get(promise as object) ?? thrown.get(reason as object);
  return promise === undefined && is(lastPrimitive.reason, reason) ? lastPrimitive.mapping : known;
}
