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

interface Current {
  mapping: AmbientMapping | undefined;
  /** The context that came into force last. */
  latest: AmbientMapping | undefined;
  /** How many times a context came into force after that of another execution, or after another one without an execution. */
  entries: number;
}

export const current: Current = { mapping: undefined, latest: undefined, entries: 0 };

/** Puts a context in force for code that runs in it, from the beginning or once again. */
export function enterMapping(mapping: AmbientMapping | undefined): void {
  current.mapping = mapping;
  const { latest } = current;
  if (mapping === undefined || mapping === latest) return;
  current.latest = mapping;
  const { execution } = mapping;
  if (execution === undefined || execution !== latest?.execution) current.entries += 1;
}
