import { makeSpan, type Span, type SpanKind } from '../../../sdk/traces/span.js';

const begin = 1_790_000_000_000;
const traceId = '0'.repeat(32);

/** An execution. Times are milliseconds after a begin that all have. */
export function execution(
  name: string,
  start: number,
  end: number,
  { session = 'tab', ...context }: Readonly<Record<string, string>> = {},
): Span {
  const variables = Object.entries(context).map(([key, value]) => [`codemode.context.${key}`, value]);
  const attributes = { 'codemode.session': session, ...Object.fromEntries(variables) };
  return makeSpan({ traceId, kind: 'execution', name, start: begin + start, end: begin + end, attributes });
}

/** A span below another one. */
export function part(parent: Span, kind: SpanKind, start: number, end: number, given: Partial<Span> = {}): Span {
  return makeSpan({ traceId, parentSpanId: parent.spanId, kind, start: begin + start, end: begin + end, ...given });
}
