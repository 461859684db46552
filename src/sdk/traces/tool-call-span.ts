import { randomHex } from '../../context/random-hex.js';
import { makeTraceparent } from '../../context/traceparent.js';
import { epoch, makeSpan, type Span, type SpanStatus } from './span.js';

/** Facts about a tool call that its span tells. */
export interface ToolCallFacts {
  readonly name: string;
  readonly callId: string;
  readonly traceId: string;
  readonly parentSpanId: string;
  readonly onEnd: (spans: readonly Span[]) => void;
}

/** Measures the tool calls of one execution. */
export interface ToolCallTracer {
  /** A call begins. @param parent the call of the tool that makes it */
  toolCall(name: string, callId: string, parent?: ToolCallSpan): ToolCallSpan;
}

/** Measures one tool call, and its wait for approval. */
export class ToolCallSpan {
  /** 16 hex digits. */
  readonly spanId = randomHex(8);
  readonly #facts: ToolCallFacts;
  readonly #start = epoch();
  readonly #approval: number[] = [];
  #status: SpanStatus | undefined;
  #spans: readonly Span[] = [];

  constructor(facts: ToolCallFacts) {
    this.#facts = facts;
  }

  /** For the tool's context, so that what it requests continues the trace. */
  get traceparent(): string {
    return makeTraceparent({ traceId: this.#facts.traceId, parentId: this.spanId });
  }

  get hasEnded(): boolean {
    return this.#status !== undefined;
  }

  /** Somebody is asked, or has answered. */
  approval(): void {
    this.#approval.push(epoch());
  }

  end(status: SpanStatus): void {
    this.#status = status;
    const end = epoch();
    const { name, callId, traceId, parentSpanId, onEnd } = this.#facts;
    const { spanId } = this;
    const [asked, answered = end] = this.#approval;
    const call = makeSpan({
      traceId,
      spanId,
      parentSpanId,
      name: `tools.${name}`,
      kind: 'tool',
      start: this.#start,
      end,
      attributes: { 'codemode.tool.name': name, 'codemode.tool.call_id': callId },
      status,
    });
    this.#spans =
      asked === undefined
        ? [call]
        : [call, makeSpan({ traceId, parentSpanId: spanId, kind: 'approval', start: asked, end: answered })];
    onEnd(this.#spans);
  }

  /** Empty until it has ended. */
  get spans(): readonly Span[] {
    return this.#spans;
  }
}
