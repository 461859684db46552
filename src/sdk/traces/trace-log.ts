import { reportListenerError } from '../errors/report-listener-error.js';
import type { ExecutionTrace } from './execution-trace.js';
import { maxKeptSpans, type Span } from './span.js';
import { Trace } from './trace.js';

/** The traces of executions that have ended, the oldest first. */
export class TraceLog {
  /** With the least number of spans that each has. */
  readonly #traces = new Map<ExecutionTrace, number>();
  readonly #running = new Set<ExecutionTrace>();
  readonly #watchers = new Set<() => void>();
  #count = 0;
  readonly #maxSpans: number;
  readonly #onSpans: ((spans: readonly Span[]) => void) | undefined;

  /**
   * @param onSpans gets the spans of each execution when it has ended, and of each of its tool calls that ends later
   * @param maxSpans the oldest spans are dropped beyond it
   */
  constructor(onSpans?: (spans: readonly Span[]) => void, maxSpans = maxKeptSpans) {
    this.#onSpans = onSpans;
    this.#maxSpans = maxSpans;
  }

  /** Executions that are kept. */
  get size(): number {
    return this.#traces.size;
  }

  /** An execution begins. */
  begin(trace: ExecutionTrace): void {
    this.#running.add(trace);
    trace.onChange = this.#changed;
    this.#changed();
  }

  /** It did not come to anything. Does nothing after `add`. */
  drop(trace: ExecutionTrace): void {
    if (this.#running.delete(trace)) this.#changed();
  }

  /** Calls `listener` whenever an execution or a tool call begins or ends. @returns a function that ends it */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => void this.#watchers.delete(listener);
  }

  add(trace: ExecutionTrace): void {
    this.#running.delete(trace);
    const { leastSpans } = trace;
    this.#traces.set(trace, leastSpans);
    this.#count += leastSpans;
    for (const [oldest, spans] of this.#traces) {
      if (this.#count - spans < this.#maxSpans) break;
      this.#traces.delete(oldest);
      this.#count -= spans;
    }
    if (this.#onSpans !== undefined) {
      this.#tell(trace.spans);
      trace.onLateSpans = (spans) => this.#tell(spans);
    }
    this.#changed();
  }

  /**
   * The newest spans, by start.
   *
   * @param session only those of the session with that name. @default all
   * @param running whether with those that have not ended. @default false
   */
  trace(session?: string, running = false): Trace {
    return new Trace(() => this.#spans(session, running));
  }

  readonly #changed = (): void => {
    for (const watcher of Array.from(this.#watchers)) {
      try {
        watcher();
      } catch (error) {
        reportListenerError(error);
      }
    }
  };

  #tell(spans: readonly Span[]): void {
    try {
      this.#onSpans?.(spans);
    } catch (error) {
      reportListenerError(error);
    }
  }

  #spans(session: string | undefined, running: boolean): readonly Span[] {
    const newest: Span[] = [];
    const traces = running ? [...this.#traces.keys(), ...this.#running] : [...this.#traces.keys()];
    for (const trace of traces.toReversed()) {
      if (session !== undefined && trace.session !== session) continue;
      newest.push(...(running ? trace.spansSoFar : trace.spans));
      if (newest.length >= this.#maxSpans) break;
    }
    return newest.sort((a, b) => a.start - b.start).slice(-this.#maxSpans);
  }
}
