import { randomHex } from '../../context/random-hex.js';

/**
 * What a span measures.
 *
 * - `execution`: one execution, from `execute()` to its result; the parent of all others
 * - `queue`: until its code begins: other code that runs first, and the start of a worker
 * - `compile`: its code is compiled
 * - `run`: its code runs, or waits
 * - `wait`: an `await` of its top level that took a millisecond or longer; the first 100 of them
 * - `tool`: a tool call, on the host; its parent is `run`, or the call of the tool that made it
 * - `approval`: a tool call waits for approval
 * - `checkpoint`: from the end of its code until the host has the names that it changed
 */
export type SpanKind = 'execution' | 'queue' | 'compile' | 'run' | 'wait' | 'tool' | 'approval' | 'checkpoint';

/** A value of an attribute. */
export type SpanAttribute = string | number | boolean;

/** Something that happened at one time within a span. */
export interface SpanEvent {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly attributes: Readonly<Record<string, SpanAttribute>>;
}

/** How a span ended, as in OpenTelemetry. */
export interface SpanStatus {
  /** `unset`: it was cancelled. */
  readonly code: 'ok' | 'error' | 'unset';
  /** Of `error`: the name and the message of the error. */
  readonly message?: string;
}

/**
 * One measured step of an execution. Ids are those of W3C Trace Context: where the context of the execution has a `traceparent`,
 * its spans continue that trace.
 */
export interface Span {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  /** The span around it. Of an execution: the span of the context's `traceparent`. */
  readonly parentSpanId?: string;
  /** Of an execution the name of its code, of a tool call `tools.` and the name of the tool, else the kind. */
  readonly name: string;
  readonly kind: SpanKind;
  /** Milliseconds since the epoch, with fractions. */
  readonly start: number;
  /** Milliseconds since the epoch, with fractions. */
  readonly end: number;
  /** Of an execution: its session, ids, mode, and the variables of its context as `codemode.context.` and the name, each of 200 characters at most. */
  readonly attributes: Readonly<Record<string, SpanAttribute>>;
  readonly status: SpanStatus;
  readonly events: readonly SpanEvent[];
  /** It goes on: `end` is when it was asked for. Only with the option `running` of `codemode.trace()`. */
  readonly isRunning?: true;
}

/** Spans that a `Codemode` keeps, and tool calls that one execution does. */
export const maxKeptSpans = 10_000;

/** Milliseconds since the epoch, from a time on the clock of `performance.now()`. @default now */
export const epoch = (time = performance.now()): number => performance.timeOrigin + time;

type GivenSpan = Pick<Span, 'traceId' | 'kind' | 'start' | 'end'> & Partial<Span>;

/** A span with a new id and the name of its kind, which went well; what is given comes before that. */
export function makeSpan(given: GivenSpan): Span {
  return { spanId: randomHex(8), name: given.kind, attributes: {}, status: { code: 'ok' }, events: [], ...given };
}
