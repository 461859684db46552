import { randomHex } from '../../context/random-hex.js';
import { keepCallValues, valueText } from './call-values.js';
import { epoch, makeSpan, type Span, type SpanStatus } from './span.js';

/** Facts about a tool call that its span tells. */
export interface ToolCallFacts {
  readonly name: string;
  readonly callId: string;
  readonly traceId: string;
  readonly parentSpanId: string;
  /** What the tool is given. */
  readonly args: unknown;
  readonly onEnd: (spans: readonly Span[]) => void;
}

/** Measures the tool calls of one execution. */
export interface ToolCallTracer {
  /** A call begins. @param parent the call of the tool that makes it */
  toolCall(name: string, callId: string, args: unknown, parent?: ToolCallSpan): ToolCallSpan;
}

/** Measures one tool call, and its wait for approval. */
export class ToolCallSpan {
  /** 16 hex digits. */
  readonly spanId = randomHex(8);
  readonly #facts: ToolCallFacts;
  readonly #start = epoch();
  readonly #approval: number[] = [];
  readonly #arguments: string;
  #status: SpanStatus | undefined;
  #spans: readonly Span[] = [];

  constructor(facts: ToolCallFacts) {
    // The tool may change what it was given.
    this.#arguments = valueText(facts.args);
    this.#facts = { ...facts, args: undefined };
  }

  /** For the tool's context, so that what it requests continues the trace. */
  get traceparent(): string {
    return `00-${this.#facts.traceId}-${this.spanId}-01`;
  }

  get hasEnded(): boolean {
    return this.#status !== undefined;
  }

  /** Somebody is asked, or has answered. */
  approval(): void {
    this.#approval.push(epoch());
  }

  /** @param result what the tool gave, if it succeeded */
  end(status: SpanStatus, result?: unknown): void {
    this.#status = status;
    this.#spans = this.#made({ end: epoch(), status }, status.code === 'ok' ? { result: valueText(result) } : {});
    this.#facts.onEnd(this.#spans);
  }

  /** Empty until it has ended. */
  get spans(): readonly Span[] {
    return this.#spans;
  }

  /** As far as it got. */
  get spansSoFar(): readonly Span[] {
    return this.hasEnded ? this.#spans : this.#made({ end: epoch(), status: { code: 'unset' }, isRunning: true });
  }

  #made(
    ending: Pick<Span, 'end' | 'status' | 'isRunning'>,
    values: { readonly result?: string } = {},
  ): readonly Span[] {
    const { name, callId, traceId, parentSpanId } = this.#facts;
    const { spanId } = this;
    const [asked, answered = ending.end] = this.#approval;
    const call = makeSpan({
      traceId,
      spanId,
      parentSpanId,
      name: `tools.${name}`,
      kind: 'tool',
      start: this.#start,
      ...ending,
      attributes: { 'codemode.tool.name': name, 'codemode.tool.call_id': callId },
    });
    keepCallValues(call, { arguments: this.#arguments, ...values });
    return asked === undefined
      ? [call]
      : [call, makeSpan({ traceId, parentSpanId: spanId, kind: 'approval', start: asked, end: answered })];
  }
}
