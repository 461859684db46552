import { reportListenerError } from '../errors/report-listener-error.js';
import type { ExecutionTrace } from './execution-trace.js';
import type { Span } from './span.js';
import { Trace } from './trace.js';

/** Spans that a `Codemode` keeps. */
const maxKeptSpans = 10_000;

/** The traces of executions that have ended, the oldest first. */
export class TraceLog {
  readonly #traces: ExecutionTrace[] = [];
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

  add(trace: ExecutionTrace): void {
    this.#traces.push(trace);
    if (this.#onSpans !== undefined) {
      this.#tell(trace.spans);
      trace.onLateSpans = (spans) => this.#tell(spans);
    }
    // Each has two spans or more. So nothing is counted here, where every execution comes by.
    if (this.#traces.length > this.#maxSpans) this.#traces.splice(0, this.#traces.length - this.#maxSpans / 2);
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
    for (const trace of this.#traces.toReversed()) {
      if (session !== undefined && trace.session !== session) continue;
      newest.push(...trace.spans);
      if (newest.length >= this.#maxSpans) break;
    }
    return newest.sort((a, b) => a.start - b.start).slice(-this.#maxSpans);
  }
}
