/**
 * The ambient context of a realm: one mutable slot, read and swapped by activations, variables and snapshots.
 * `undefined` is the empty context, which code without instrumentation sees.
 */

/** A running execution, the owner of output, timers and interruption: one object for its whole life. */
export interface AmbientExecution {
  readonly id: string;
  /** Set once, when the execution is stopped. From then on each instrumented resumption throws it. */
  interruption: Error | undefined;
  /** Calls back once when the execution is stopped, at once if it is. The returned function unsubscribes. */
  onInterrupt?(callback: (reason: Error) => void): () => void;
}

/** One immutable context. A new object for every change; identity is what gets captured and restored. */
export interface AmbientMapping {
  readonly execution: AmbientExecution | undefined;
  /** Keyed by `AsyncContext.Variable`. Never mutated. */
  readonly values: ReadonlyMap<object, unknown>;
}

export const current: { mapping: AmbientMapping | undefined } = { mapping: undefined };
