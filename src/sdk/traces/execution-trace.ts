import { randomHex } from '../../context/random-hex.js';
import type { RuntimeContext } from '../../context/runtime-context.js';
import { parseTraceparent } from '../../context/traceparent.js';
import type { ExecutionReport } from '../../protocol/messages/wire.js';
import type { ExecutionState } from '../types.js';
import type { Span, SpanAttribute, SpanEvent, SpanKind, SpanStatus } from './span.js';
import { ToolCallSpan } from './tool-call-span.js';

/** Facts about an execution that its trace tells. */
export interface TracedExecution {
  readonly session: string;
  readonly fileName: string;
  readonly mode: string;
  /** The caller's context. */
  readonly parent: RuntimeContext;
  /** Its own, with a `traceparent` of its own if the caller's has one. */
  readonly context: RuntimeContext;
  /** On the clock of `performance.now()`, as are all times here. */
  readonly started: number;
}

interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

interface Outcome {
  readonly time: number;
  readonly outcome: ExecutionState;
  readonly report: ExecutionReport;
}

/**
 * Measures one execution. Times of the host are its own; those of the worker are lengths, which are laid between the time
 * when the host sent the code and the time when it had the report.
 */
export class ExecutionTrace {
  readonly session: string;
  /** Gets the spans of tool calls that end after the execution. */
  onLateSpans: ((spans: readonly Span[]) => void) | undefined;
  readonly #execution: TracedExecution;
  readonly #toolCalls: ToolCallSpan[] = [];
  #ids: SpanIds | undefined;
  /** The parent of its tool calls. */
  #runId: string | undefined;
  #sent: number | undefined;
  #begun: number | undefined;
  #checkpointed: number | undefined;
  #stopped: SpanEvent | undefined;
  #end: Outcome | undefined;
  /** Without tool calls, and with them once all have ended. */
  #own: readonly Span[] | undefined;
  #spans: readonly Span[] | undefined;

  constructor(execution: TracedExecution) {
    this.session = execution.session;
    this.#execution = execution;
  }

  /** The code goes to a worker. The last call counts: a lost worker is replaced. */
  sent(): void {
    this.#sent = performance.now();
  }

  /** The worker told that the code has begun. */
  begun(): void {
    this.#begun ??= performance.now();
  }

  /** Changes of the namespace have arrived. */
  checkpointed(): void {
    this.#checkpointed = performance.now();
  }

  stopped(reason: string): void {
    this.#stopped = { name: 'stop', time: epoch(performance.now()), attributes: { reason } };
  }

  ended(outcome: ExecutionState, report: ExecutionReport): void {
    this.#end = { time: performance.now(), outcome, report };
  }

  /** A tool call begins. @param parent the call of the tool that makes it */
  toolCall(name: string, callId: string, parent?: ToolCallSpan): ToolCallSpan {
    this.#runId ??= randomHex(8);
    const call = new ToolCallSpan({
      name,
      callId,
      traceId: this.#id.traceId,
      parentSpanId: parent?.spanId ?? this.#runId,
      onEnd: (spans) => this.onLateSpans?.(spans),
    });
    this.#toolCalls.push(call);
    this.#spans = undefined;
    return call;
  }

  /** By start; without the tool calls that have not ended. Empty until the execution has ended. */
  get spans(): readonly Span[] {
    if (this.#end === undefined) return [];
    if (this.#spans !== undefined) return this.#spans;
    this.#own ??= this.#ownSpans(this.#end);
    const spans = [...this.#own, ...this.#toolCalls.flatMap((call) => call.spans)].sort((a, b) => a.start - b.start);
    if (this.#toolCalls.every((call) => call.hasEnded)) this.#spans = spans;
    return spans;
  }

  get #id(): SpanIds {
    if (this.#ids !== undefined) return this.#ids;
    const { parent, context } = this.#execution;
    const from = parseTraceparent(parent.traceparent ?? '');
    const own = parseTraceparent(context.traceparent ?? '');
    this.#ids =
      from === undefined || own === undefined
        ? { traceId: randomHex(16), spanId: randomHex(8) }
        : { traceId: own.traceId, spanId: own.parentId, parentSpanId: from.parentId };
    return this.#ids;
  }

  #ownSpans({ time, outcome, report }: Outcome): readonly Span[] {
    const { started, fileName } = this.#execution;
    const { spanId } = this.#id;
    const status = statusOf(outcome, report);
    const failure = report.error;
    const events = this.#stopped === undefined ? [] : [this.#stopped];
    if (failure !== undefined && status.code === 'error')
      events.push({
        name: 'exception',
        time: epoch(time),
        attributes: { 'exception.type': failure.name, 'exception.message': failure.message },
      });
    const root = this.#span('execution', started, time, { spanId, name: fileName, status, events });
    const { timings } = report;
    const sent = this.#sent;
    if (sent === undefined) return [root, this.#span('queue', started, time)];
    // What is left over was spent on the way there and back.
    const slack = Math.max(0, time - sent - report.duration);
    const begun = Math.min(this.#begun ?? sent + slack / 2, time - Math.min(report.duration, time - sent));
    const spans = [root, this.#span('queue', started, begun)];
    const at = (milliseconds: number): number => Math.min(begun + Math.max(0, milliseconds), time);
    const [compiled = 0, ran = report.duration, ...waits] = timings ?? [];
    if (timings !== undefined) spans.push(this.#span('compile', begun, at(compiled)));
    const runId = (this.#runId ??= randomHex(8));
    spans.push(this.#span('run', at(compiled), at(ran), { spanId: runId, status }));
    for (let index = 0; index + 1 < waits.length; index += 2)
      spans.push(this.#span('wait', at(waits[index]!), at(waits[index + 1]!), { parentSpanId: runId }));
    const checkpointed = this.#checkpointed;
    if (checkpointed !== undefined && checkpointed > at(ran))
      spans.push(this.#span('checkpoint', at(ran), Math.min(checkpointed, time)));
    return spans;
  }

  #span(
    kind: SpanKind,
    start: number,
    end: number,
    given: Partial<Pick<Span, 'spanId' | 'parentSpanId' | 'name' | 'status' | 'events'>> = {},
  ): Span {
    const { traceId, spanId, parentSpanId } = this.#id;
    const isRoot = kind === 'execution';
    const parent = isRoot ? parentSpanId : (given.parentSpanId ?? spanId);
    return {
      traceId,
      spanId: given.spanId ?? randomHex(8),
      ...(parent === undefined ? {} : { parentSpanId: parent }),
      name: given.name ?? kind,
      kind,
      start: epoch(start),
      end: epoch(Math.max(start, end)),
      attributes: isRoot ? this.#attributes() : {},
      status: given.status ?? { code: 'ok' },
      events: given.events ?? [],
    };
  }

  #attributes(): Record<string, SpanAttribute> {
    const { session, mode, fileName, context } = this.#execution;
    const attributes: Record<string, SpanAttribute> = {
      'codemode.session': session,
      'codemode.run_id': context.runId,
      'codemode.correlation_id': context.correlationId,
      'codemode.file_name': fileName,
      'codemode.mode': mode,
    };
    for (const key of context.keys()) attributes[`codemode.context.${key}`] = attributeOf(context.get(key));
    return attributes;
  }
}

/** From the clock of `performance.now()` to milliseconds since the epoch. */
export const epoch = (time: number): number => performance.timeOrigin + time;

function attributeOf(value: unknown): SpanAttribute {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  return JSON.stringify(value) ?? String(value);
}

function statusOf(outcome: ExecutionState, { error }: ExecutionReport): SpanStatus {
  if (outcome === 'succeeded') return { code: 'ok' };
  if (outcome === 'cancelled') return { code: 'unset' };
  return { code: 'error', message: error === undefined ? outcome : `${error.name}: ${error.message}` };
}
