import type { Trace } from './trace.js';

/** Options of `codemode.trace()`. */
export interface TraceOptions {
  /** Adds what has not ended: such spans have `isRunning`, and end now. @default false */
  readonly running?: boolean;
}

/** What has a trace, such as a `Codemode`. */
export interface TraceSource {
  trace(options?: TraceOptions): Trace;
  /** Calls `listener` whenever something that is measured begins or ends. @returns a function that ends it */
  watchTrace(listener: () => void): () => void;
}

/** Those of the page, in the order of their making. Whoever forgets to close one is not kept from forgetting it. */
const sources = new Set<WeakRef<TraceSource>>();
const listeners = new Set<() => void>();

const changed = (): void => {
  // A listener may leave and come back meanwhile.
  for (const listener of Array.from(listeners)) listener();
};

/** @returns a function that removes it */
export function addTraceSource(source: TraceSource): () => void {
  const reference = new WeakRef(source);
  sources.add(reference);
  changed();
  return () => {
    if (sources.delete(reference)) changed();
  };
}

/** The sources of all `Codemode`s of the page that are open. */
export function traceSources(): readonly TraceSource[] {
  return [...sources].flatMap((reference) => {
    const source = reference.deref();
    if (source === undefined) sources.delete(reference);
    return source ?? [];
  });
}

/** Calls `listener` when there are others. @returns a function that ends it */
export function watchTraceSources(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
