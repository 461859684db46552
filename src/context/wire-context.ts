import { RuntimeContext, type WireContext } from './runtime-context.js';

export type { WireContext };

/** Options of `fromWireContext`. */
export interface FromWireOptions {
  /** Aborts together with the work of the context. @default undefined */
  readonly signal?: AbortSignal;
  /** Whether code may replace the variables of the message. It may always add others. @default true */
  readonly replaceable?: boolean;
}

/** The JSON form of a context, for a message. */
export function toWireContext(context: RuntimeContext): WireContext {
  return context.toJSON();
}

/**
 * Makes a context from its JSON form in a message.
 * @throws ContextValueError for data that is not plain or too large, and for a field with a wrong value
 * @example
 * const context = fromWireContext(message.context, { replaceable: false });
 */
export function fromWireContext(wire: WireContext, options: FromWireOptions = {}): RuntimeContext {
  const { signal, replaceable = true } = options;
  return new RuntimeContext({
    ...wire,
    ...(signal === undefined ? {} : { signal }),
    ...(replaceable ? {} : { protectedKeys: Object.keys(wire.variables) }),
  });
}

/**
 * The host's context with the additions of code: variables in `allowed` that the host does not have itself.
 * @throws ContextValueError where the result is too large
 */
export function mergeAdditions(
  authoritative: RuntimeContext,
  received: Pick<WireContext, 'variables'>,
  allowed: ReadonlySet<string>,
): RuntimeContext {
  const additions = Object.entries(received.variables).filter(([key]) => allowed.has(key) && !authoritative.has(key));
  return additions.length === 0 ? authoritative : authoritative.with(Object.fromEntries(additions));
}
