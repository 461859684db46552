import { randomHex } from '../../context/random-hex.js';
import type { RuntimeContext } from '../../context/runtime-context.js';
import { parseTraceparent } from '../../context/traceparent.js';
import { cut } from '../../protocol/bounds.js';
import type { ExecutionReport, SendableError } from '../../protocol/messages/wire.js';
import type { ExecutionState } from '../types.js';
import {
  epoch,
  makeSpan,
  maxKeptSpans,
  type Span,
  type SpanAttribute,
  type SpanEvent,
  type SpanKind,
  type SpanStatus,
} from './span.js';
import { ToolCallSpan, type ToolCallTracer } from './tool-call-span.js';

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

/** Of the value of a context variable: thousands of traces are kept. */
const maxAttributeCharacters = 200;

/** How the execution ended. */
interface Outcome {
  readonly time: number;
  readonly status: SpanStatus;
  readonly exception: SpanEvent | undefined;
  readonly duration: number;
  readonly timings: readonly number[] | undefined;
}

/**
 * Measures one execution. Times of the host are its own; those of the worker are lengths, which are laid between the time
 * when the host sent the code and the time when it had the report. It holds on to nothing of the execution that is large.
 */
export class ExecutionTrace implements ToolCallTracer {
  readonly session: string;
  /** Called when something in it begins or ends. */
  onChange: (() => void) | undefined;
  /** Gets the spans of tool calls that end after the execution. */
  onLateSpans: ((spans: readonly Span[]) => void) | undefined;
  readonly #name: string;
  readonly #started: number;
  readonly #ids: SpanIds;
  readonly #attributes: Readonly<Record<string, SpanAttribute>>;
  /** Id of its `run`, the parent of its tool calls. */
  readonly #runId = randomHex(8);
  readonly #toolCalls: ToolCallSpan[] = [];
  #sent: number | undefined;
  #begun: number | undefined;
  #checkpointed: number | undefined;
  #stopped: SpanEvent | undefined;
  #end: Outcome | undefined;
  /** Without tool calls, and with them once all have ended. */
  #ownSpans: readonly Span[] | undefined;
  #allSpans: readonly Span[] | undefined;

  constructor({ session, fileName, mode, parent, context, started }: TracedExecution) {
    this.session = session;
    this.#name = fileName;
    this.#started = started;
    this.#ids = idsOf(parent, context);
    this.#attributes = {
      'codemode.session': session,
      'codemode.run_id': context.runId,
      'codemode.correlation_id': context.correlationId,
      'codemode.file_name': fileName,
      'codemode.mode': mode,
      ...variablesOf(context),
    };
  }

  /** The code goes to a worker. The last call counts: a lost worker is replaced. */
  sent(): void {
    this.#sent = performance.now();
  }

  /** The worker told that the code has begun. */
  begun(): void {
    this.#begun ??= performance.now();
    this.onChange?.();
  }

  /** The changes of the namespace with which its code ended have arrived. */
  checkpointed(): void {
    this.#checkpointed = performance.now();
  }

  stopped(reason: string): void {
    this.#stopped = { name: 'stop', time: epoch(), attributes: { reason } };
  }

  ended(outcome: ExecutionState, { error, duration, timings }: ExecutionReport): void {
    const time = performance.now();
    const status = statusOf(outcome, error);
    const exception: SpanEvent | undefined =
      error === undefined || status.code !== 'error'
        ? undefined
        : {
            name: 'exception',
            time: epoch(time),
            attributes: {
              'exception.type': error.name,
              'exception.message': error.message,
              ...placeOf(error, this.#name),
            },
          };
    this.#end = { time, status, exception, duration, timings };
    this.onChange?.();
  }

  /** A tool call begins. @param parent the call of the tool that makes it */
  toolCall(name: string, callId: string, args: unknown, parent?: ToolCallSpan): ToolCallSpan {
    const call = new ToolCallSpan({
      name,
      callId,
      traceId: this.#ids.traceId,
      parentSpanId: parent?.spanId ?? this.#runId,
      args,
      onEnd: (spans) => {
        this.onLateSpans?.(spans);
        this.onChange?.();
      },
    });
    this.#toolCalls.push(call);
    // An interval may call for as long as the page is there.
    if (this.#toolCalls.length > maxKeptSpans) this.#toolCalls.shift();
    this.#allSpans = undefined;
    this.onChange?.();
    return call;
  }

  /** It has so many spans or more: they need not be made for that. */
  get leastSpans(): number {
    return 2 + this.#toolCalls.filter((call) => call.hasEnded).length;
  }

  /** By start; without the tool calls that have not ended. Empty until the execution has ended. */
  get spans(): readonly Span[] {
    if (this.#end === undefined) return [];
    if (this.#allSpans !== undefined) return this.#allSpans;
    this.#ownSpans ??= this.#measured(this.#end);
    const spans = [...this.#ownSpans, ...this.#toolCalls.flatMap((call) => call.spans)].sort(
      (a, b) => a.start - b.start,
    );
    if (this.#toolCalls.every((call) => call.hasEnded)) this.#allSpans = spans;
    return spans;
  }

  /** As far as it got, by start: what has not ended has `isRunning`. */
  get spansSoFar(): readonly Span[] {
    const own = this.#end === undefined ? this.#begunSpans() : (this.#ownSpans ??= this.#measured(this.#end));
    return [...own, ...this.#toolCalls.flatMap((call) => call.spansSoFar)].sort((a, b) => a.start - b.start);
  }

  #begunSpans(): readonly Span[] {
    const now = performance.now();
    const started = this.#started;
    const begun = this.#begun;
    const goesOn = { status: { code: 'unset' }, isRunning: true } as const;
    const events = this.#stopped === undefined ? [] : [this.#stopped];
    const root = this.#span('execution', started, now, { ...goesOn, ...this.#named, events });
    if (begun === undefined) return [root, this.#span('queue', started, now, goesOn)];
    return [
      root,
      this.#span('queue', started, begun),
      this.#span('run', begun, now, { ...goesOn, spanId: this.#runId }),
    ];
  }

  get #named(): Pick<Span, 'spanId' | 'name'> {
    return { spanId: this.#ids.spanId, name: this.#name };
  }

  #measured({ time, status, exception, duration, timings }: Outcome): readonly Span[] {
    const started = this.#started;
    const events = [this.#stopped, exception].filter((event) => event !== undefined);
    const root = this.#span('execution', started, time, { ...this.#named, status, events });
    const sent = this.#sent;
    if (sent === undefined) return [root, this.#span('queue', started, time)];
    // What is left over was spent on the way there and back.
    const slack = Math.max(0, time - sent - duration);
    const begun = Math.min(this.#begun ?? sent + slack / 2, time - Math.min(duration, time - sent));
    const at = (milliseconds: number): number => Math.min(begun + Math.max(0, milliseconds), time);
    const [compiled = 0, ran = duration, ...waits] = timings ?? [];
    const spans = [root, this.#span('queue', started, begun)];
    if (timings !== undefined) spans.push(this.#span('compile', begun, at(compiled)));
    spans.push(this.#span('run', at(compiled), at(ran), { spanId: this.#runId, status }));
    for (let index = 0; index + 1 < waits.length; index += 2)
      spans.push(this.#span('wait', at(waits[index]!), at(waits[index + 1]!), { parentSpanId: this.#runId }));
    const checkpointed = this.#checkpointed;
    if (checkpointed !== undefined) spans.push(this.#span('checkpoint', Math.min(at(ran), checkpointed), checkpointed));
    return spans;
  }

  #span(
    kind: SpanKind,
    start: number,
    end: number,
    given: Partial<Pick<Span, 'spanId' | 'parentSpanId' | 'name' | 'status' | 'events' | 'isRunning'>> = {},
  ): Span {
    const { traceId, spanId, parentSpanId } = this.#ids;
    const isRoot = kind === 'execution';
    const parent = isRoot ? parentSpanId : (given.parentSpanId ?? spanId);
    return makeSpan({
      traceId,
      ...(parent === undefined ? {} : { parentSpanId: parent }),
      kind,
      start: epoch(start),
      end: epoch(Math.max(start, end)),
      attributes: isRoot ? this.#attributes : {},
      ...given,
    });
  }
}

function idsOf(parent: RuntimeContext, context: RuntimeContext): SpanIds {
  const around = parent.traceparent === undefined ? undefined : parseTraceparent(parent.traceparent);
  const own = context.traceparent === undefined ? undefined : parseTraceparent(context.traceparent);
  return around === undefined || own === undefined
    ? { traceId: randomHex(16), spanId: randomHex(8) }
    : { traceId: own.traceId, spanId: own.parentId, parentSpanId: around.parentId };
}

function variablesOf(context: RuntimeContext): Record<string, SpanAttribute> {
  const attributes: Record<string, SpanAttribute> = {};
  for (const key of context.keys()) attributes[`codemode.context.${key}`] = attributeOf(context.get(key));
  return attributes;
}

function attributeOf(value: unknown): SpanAttribute {
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  return cut(typeof value === 'string' ? value : JSON.stringify(value), maxAttributeCharacters);
}

/** Where in the code an error was thrown, in OpenTelemetry's names. */
function placeOf({ frames, position }: SendableError, fileName: string): Record<string, SpanAttribute> {
  const place = frames[0] ?? (position && { ...position, file: position.fileName ?? fileName });
  if (place === undefined) return {};
  const { file, line, column } = place;
  return { 'code.file.path': file, 'code.line.number': line, 'code.column.number': column };
}

function statusOf(outcome: ExecutionState, error: ExecutionReport['error']): SpanStatus {
  if (outcome === 'succeeded') return { code: 'ok' };
  if (outcome === 'cancelled') return { code: 'unset' };
  return { code: 'error', message: error === undefined ? outcome : `${error.name}: ${error.message}` };
}
