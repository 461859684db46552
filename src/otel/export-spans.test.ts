import { createRequire } from 'node:module';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-web';
import { describe, expect, it } from 'vitest';
import type { Span } from '../sdk/traces/span.js';
import { Trace } from '../sdk/traces/trace.js';
import { exportSpans } from './export-spans.js';

const span: Span = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  parentSpanId: '00f067aa0ba902b7',
  name: 'tools.weather',
  kind: 'tool',
  start: 1_790_000_000_000.5,
  end: 1_790_000_001_001.75,
  attributes: { 'codemode.tool.name': 'weather' },
  status: { code: 'error', message: 'ToolError: no' },
  events: [{ name: 'stop', time: 1_790_000_000_600, attributes: { reason: 'Stop' } }],
};

describe('spans for OpenTelemetry', () => {
  it('G2: reach a processor and its exporter with their own ids and times', async () => {
    const exporter = new InMemorySpanExporter();
    exportSpans(new SimpleSpanProcessor(exporter))([span]);
    await expect.poll(() => exporter.getFinishedSpans().length).toBe(1);
    const [exported] = exporter.getFinishedSpans();
    expect(exported?.spanContext()).toMatchObject({ traceId: span.traceId, spanId: span.spanId, traceFlags: 1 });
    expect(exported).toMatchObject({
      name: 'tools.weather',
      kind: 2,
      parentSpanContext: { spanId: span.parentSpanId },
      startTime: [1_790_000_000, 500_000],
      endTime: [1_790_000_001, 1_750_000],
      duration: [1, 1_250_000],
      status: { code: 2, message: 'ToolError: no' },
      resource: { attributes: { 'service.name': 'codemode-playground' } },
    });
  });

  it('G2: are written by its serializer as `toOTLP` writes them', () => {
    const { JsonTraceSerializer } = createRequire(import.meta.url)('@opentelemetry/otlp-transformer') as {
      JsonTraceSerializer: { serializeRequest(spans: readonly unknown[]): Uint8Array };
    };
    const ended: unknown[] = [];
    exportSpans({ onEnd: (one) => ended.push(one) })([span]);
    const written = JSON.parse(new TextDecoder().decode(JsonTraceSerializer.serializeRequest(ended))) as object;
    expect(written).toMatchObject(JSON.parse(JSON.stringify(new Trace(() => [span]).toOTLP())) as object);
  });
});
