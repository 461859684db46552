/**
 * The ambient context of a realm: one mutable slot, read and swapped by activations, variables and snapshots.
 * `undefined` is the empty context, which is what code that nobody instrumented sees.
 */

/** Who runs. Output, timers and interruption belong to it; one object for the whole life of an execution. */
export interface AmbientExecution {
  readonly id: string;
  /** Set once when the execution is stopped. Every instrumented resumption of the execution then throws it. */
  interruption: Error | undefined;
  /** Calls back once when it is stopped, at once if it has been; until the function it gives is called. */
  onInterrupt?(callback: (reason: Error) => void): () => void;
}

/** One immutable context. A new object for every change; identity is what gets captured and restored. */
export interface AmbientMapping {
  readonly execution: AmbientExecution | undefined;
  /** Keyed by `AsyncContext.Variable`. Never mutated. */
  readonly values: ReadonlyMap<object, unknown>;
}

export const current: { mapping: AmbientMapping | undefined } = { mapping: undefined };
