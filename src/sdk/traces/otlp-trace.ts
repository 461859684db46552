import type { Span, SpanAttribute } from './span.js';

/** A value of OTLP. */
export type OtlpValue =
  { readonly stringValue: string } | { readonly boolValue: boolean } | { readonly doubleValue: number };

/** An attribute of OTLP. */
export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

/** A span of OTLP; times are nanoseconds since the epoch as decimal text. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1: internal. 3: client, for tool calls. */
  readonly kind: 1 | 3;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly events?: readonly {
    readonly name: string;
    readonly timeUnixNano: string;
    readonly attributes: readonly OtlpAttribute[];
  }[];
  readonly status: { readonly code: 0 | 1 | 2; readonly message?: string };
}

/**
 * An `ExportTraceServiceRequest` as JSON.
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export interface OtlpTrace {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string };
      readonly spans: readonly OtlpSpan[];
    }[];
  }[];
}

const statusCodes = { unset: 0, ok: 1, error: 2 } as const;

/** @param service the `service.name` of the resource */
export function otlpTrace(spans: readonly Span[], service: string): OtlpTrace {
  return {
    resourceSpans: [
      {
        resource: { attributes: otlpAttributes({ 'service.name': service }) },
        scopeSpans: [{ scope: { name: 'codemode-playground' }, spans: spans.map(otlpSpan) }],
      },
    ],
  };
}

function otlpSpan(span: Span): OtlpSpan {
  const { traceId, spanId, parentSpanId, name, kind, start, end, attributes, status, events } = span;
  return {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name,
    kind: kind === 'tool' ? 3 : 1,
    startTimeUnixNano: nanoseconds(start),
    endTimeUnixNano: nanoseconds(end),
    attributes: otlpAttributes({ 'codemode.kind': kind, ...attributes }),
    ...(events.length > 0 && {
      events: events.map((event) => ({
        name: event.name,
        timeUnixNano: nanoseconds(event.time),
        attributes: otlpAttributes(event.attributes),
      })),
    }),
    status: { ...status, code: statusCodes[status.code] },
  };
}

function otlpAttributes(attributes: Readonly<Record<string, SpanAttribute>>): OtlpAttribute[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : typeof value === 'boolean'
          ? { boolValue: value }
          : { doubleValue: value },
  }));
}

/** A number has no room for nanoseconds since the epoch: milliseconds and their fraction are written one after the other. */
function nanoseconds(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  return `${whole}${String(Math.floor((milliseconds - whole) * 1e6)).padStart(6, '0')}`;
}
