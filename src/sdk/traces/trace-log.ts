import { reportListenerError } from '../errors/report-listener-error.js';
import type { ExecutionTrace } from './execution-trace.js';
import { maxKeptSpans, type Span } from './span.js';
import { Trace } from './trace.js';

/** The traces of executions that have ended, the oldest first. */
export class TraceLog {
  /** With the least number of spans that each has. */
  readonly #traces = new Map<ExecutionTrace, number>();
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

  add(trace: ExecutionTrace): void {
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
  }

  /** The newest spans, by start. @param session only those of the session with that name @default all */
  trace(session?: string): Trace {
    return new Trace(() => this.#spans(session));
  }

  #tell(spans: readonly Span[]): void {
    try {
      this.#onSpans?.(spans);
    } catch (error) {
      reportListenerError(error);
    }
  }

  #spans(session: string | undefined): readonly Span[] {
    const newest: Span[] = [];
    for (const trace of [...this.#traces.keys()].toReversed()) {
      if (session !== undefined && trace.session !== session) continue;
      newest.push(...trace.spans);
      if (newest.length >= this.#maxSpans) break;
    }
    return newest.sort((a, b) => a.start - b.start).slice(-this.#maxSpans);
  }
}
