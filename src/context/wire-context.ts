import { RuntimeContext, type WireContext } from './runtime-context.js';

export type { WireContext };

/** Options of `fromWireContext`. */
export interface FromWireOptions {
  /** Aborts with the work that the context belongs to. */
  readonly signal?: AbortSignal;
  /** Whether code may replace the variables that came; it may always add others. @default true */
  readonly replaceable?: boolean;
}

/** The form of a context that messages carry. */
export function toWireContext(context: RuntimeContext): WireContext {
  return context.toJSON();
}

/** The context that a message carries. */
export function fromWireContext(wire: WireContext, options: FromWireOptions = {}): RuntimeContext {
  const { signal, replaceable = true } = options;
  return new RuntimeContext({
    ...wire,
    ...(signal === undefined ? {} : { signal }),
    ...(replaceable ? {} : { protectedKeys: Object.keys(wire.variables) }),
  });
}

/**
 * The host's context with what code added: only variables in `allowed`, and only where the host has none of that name.
 * @throws ContextValueError when the result is too large
 */
export function mergeAdditions(
  authoritative: RuntimeContext,
  received: Pick<WireContext, 'variables'>,
  allowed: ReadonlySet<string>,
): RuntimeContext {
  const additions = Object.entries(received.variables).filter(([key]) => allowed.has(key) && !authoritative.has(key));
  return additions.length === 0 ? authoritative : authoritative.with(Object.fromEntries(additions));
}
