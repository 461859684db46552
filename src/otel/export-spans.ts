import {
  TraceFlags,
  type Attributes,
  type HrTime,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
} from '@opentelemetry/api';
import type { Span } from '../sdk/traces/span.js';

/** Where a span comes from, as OpenTelemetry's `Resource`. */
export interface SpanResource {
  readonly attributes: Attributes;
}

/** What a `SpanProcessor` reads of a span that has ended: part of OpenTelemetry's `ReadableSpan`. */
export interface EndedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly spanContext: () => SpanContext;
  readonly parentSpanContext?: SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly links: readonly unknown[];
  readonly events: readonly { readonly time: HrTime; readonly name: string; readonly attributes?: Attributes }[];
  readonly resource: SpanResource;
  readonly ended: boolean;
  readonly instrumentationScope: { name: string };
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
}

/** The part of OpenTelemetry's `SpanProcessor` that is used. */
export interface EndedSpanProcessor {
  onEnd(span: EndedSpan): void;
}

/** Options of `exportSpans`. */
export interface ExportSpansOptions {
  /** OpenTelemetry's `Resource` of the page. @default one with the `service.name` `codemode-playground` */
  readonly resource?: SpanResource;
}

/**
 * A function for `onSpans` of a `Codemode`: gives the spans of executions to a span processor of OpenTelemetry, with their own ids, so
 * that what tools did stands below the code that called them.
 *
 * @example
 * import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-web';
 * import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
 *
 * const codemode = new Codemode({ onSpans: exportSpans(new BatchSpanProcessor(new OTLPTraceExporter())) });
 */
export function exportSpans(
  processor: EndedSpanProcessor,
  options: ExportSpansOptions = {},
): (spans: readonly Span[]) => void {
  const resource = options.resource ?? defaultResource;
  return (spans) => {
    for (const span of spans) processor.onEnd(endedSpan(span, resource));
  };
}

const attributes = { 'service.name': 'codemode-playground' };
/** With all that exporters ask of a `Resource`. */
const defaultResource = {
  attributes,
  asyncAttributesPending: false,
  getRawAttributes: () => Object.entries(attributes),
  merge: (other: SpanResource | null) => other ?? defaultResource,
};

// Numbers of OpenTelemetry's enums, whose objects a bundle need not carry.
const statusCodes = { unset: 0, ok: 1, error: 2 } as const;
const internalKind = 0 as SpanKind;
const clientKind = 2 as SpanKind;

function endedSpan(span: Span, resource: SpanResource): EndedSpan {
  const { traceId, spanId, parentSpanId, name, kind, start, end, status } = span;
  const contextOf = (id: string): SpanContext => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED });
  const spanContext = contextOf(spanId);
  return {
    name,
    kind: kind === 'tool' ? clientKind : internalKind,
    spanContext: () => spanContext,
    ...(parentSpanId === undefined ? {} : { parentSpanContext: contextOf(parentSpanId) }),
    startTime: highResolution(start),
    endTime: highResolution(end),
    duration: highResolution(end - start),
    status: { ...status, code: statusCodes[status.code] as SpanStatus['code'] },
    attributes: { 'codemode.kind': kind, ...span.attributes },
    links: [],
    events: span.events.map((event) => ({
      name: event.name,
      time: highResolution(event.time),
      attributes: { ...event.attributes },
    })),
    ended: true,
    resource,
    instrumentationScope: { name: 'codemode-playground' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Seconds and nanoseconds. */
function highResolution(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1_000);
  return [seconds, Math.round((milliseconds - seconds * 1_000) * 1e6)];
}
