import { createRequire } from 'node:module';
import { buildModel } from '@tracerbench/trace-model';
import { describe, expect, it } from 'vitest';
import type { Span } from './span.js';
import { Trace } from './trace.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const id = (number: number): string => String(number).padStart(16, '0');

function span(number: number, start: number, end: number, more: Partial<Span> = {}): Span {
  return {
    traceId,
    spanId: id(number),
    name: 'run',
    kind: 'run',
    start: 1_790_000_000_000 + start,
    end: 1_790_000_000_000 + end,
    attributes: {},
    status: { code: 'ok' },
    events: [],
    ...more,
  };
}

const session = {
  'codemode.session': 'tab-1',
  'codemode.context.client_id': 'a',
  'codemode.context.n': 2.5,
  cold: true,
};
const stop = { name: 'stop', time: 1_790_000_000_008, attributes: { reason: 'Stop' } };
const trace = new Trace(() => [
  span(1, 0, 10.75, { kind: 'execution', name: 'cell-1.ts', attributes: session, parentSpanId: id(9), events: [stop] }),
  span(2, 0, 2, { kind: 'queue', name: 'queue', parentSpanId: id(1) }),
  span(3, 2, 10, { parentSpanId: id(1) }),
  span(4, 3, 7, { kind: 'tool', name: 'tools.weather', parentSpanId: id(3) }),
  span(5, 4, 9.5, {
    kind: 'tool',
    name: 'tools.search',
    parentSpanId: id(3),
    status: { code: 'error', message: 'ToolError: no' },
  }),
  span(6, 5, 6, { kind: 'execution', name: 'cell-1.ts', attributes: { 'codemode.session': 'tab-2' } }),
]);

describe('a trace as JSON of Chrome', () => {
  const model = buildModel(JSON.parse(JSON.stringify(trace.toChromeTrace())) as never);
  const events = model.processes.flatMap((process) =>
    process.threads.flatMap((thread) => thread.events.map((event) => ({ process, thread, event }))),
  );

  it('G2: has a process for each session, with its name', () => {
    expect(model.processes.map(({ name }) => name)).toEqual(['session tab-1', 'session tab-2']);
    expect(new Set(events.map(({ thread }) => thread.name))).toEqual(new Set(['cell-1.ts']));
  });

  it('G2: gives spans their times in microseconds, and their parent by nesting', () => {
    const run = events.find(({ event }) => event.name === 'run')!.event;
    expect([run.start, run.duration, run.parent?.name]).toEqual([1_790_000_000_002_000, 8_000, 'cell-1.ts']);
    expect(events.find(({ event }) => event.name === 'tools.weather')!.event.parent?.name).toBe('run');
  });

  it('G2: puts spans that overlap on threads of their own, where each nests', () => {
    const [weather, search] = ['tools.weather', 'tools.search'].map((name) =>
      events.find(({ event }) => event.name === name)!,
    );
    expect(weather!.thread.id).not.toBe(search!.thread.id);
    for (const { event } of events) {
      if (event.parent === undefined) continue;
      expect(event.start).toBeGreaterThanOrEqual(event.parent.start);
      expect(event.end).toBeLessThanOrEqual(event.parent.end);
    }
  });

  it('G2: has events of spans as instants', () => {
    expect(events.filter(({ event }) => event.isInstant()).map(({ event }) => [event.name, event.args])).toEqual([
      ['stop', { reason: 'Stop' }],
    ]);
  });
});

/** The messages of OpenTelemetry's protocol, as its own package has them. */
interface ProtoMessage {
  verify(message: object): string | null;
  fromObject(message: object): object;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  toObject(message: object, options: object): unknown;
}

describe('a trace as JSON of OTLP', () => {
  const proto = createRequire(import.meta.url)('@opentelemetry/otlp-transformer/build/src/generated/root.js') as {
    opentelemetry: { proto: { collector: { trace: { v1: { ExportTraceServiceRequest: ProtoMessage } } } } };
  };
  const Request = proto.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
  const json = JSON.parse(JSON.stringify(trace.toOTLP('docs'))) as object;
  /** In the JSON of OTLP ids are hex, in that of protocol buffers base64. */
  const ids = (value: unknown, change: (text: string) => string): unknown =>
    JSON.parse(JSON.stringify(value), (key, text: unknown) =>
      /^(trace|span|parentSpan)Id$/.test(key) ? change(text as string) : text,
    );
  const base64 = (text: string): string => Buffer.from(text, 'hex').toString('base64');
  const hex = (text: string): string => Buffer.from(text, 'base64').toString('hex');

  it('G2: is a request of the protocol: nothing is lost in its binary form', () => {
    const request = Request.fromObject(ids(json, base64) as object);
    expect(Request.verify(request)).toBeNull();
    const back = Request.toObject(Request.decode(Request.encode(request).finish()), {
      longs: String,
      bytes: String,
    });
    expect(ids(back, hex)).toEqual(json);
  });

  it('G2: tells nanoseconds exactly, kinds and statuses by their numbers', () => {
    const { spans } = trace.toOTLP().resourceSpans[0]!.scopeSpans[0]!;
    expect(spans.map((one) => [one.startTimeUnixNano, one.endTimeUnixNano, one.kind, one.status])).toContainEqual([
      '1790000000004000000',
      '1790000000009500000',
      3,
      { code: 2, message: 'ToolError: no' },
    ]);
    expect(spans[0]).toMatchObject({ traceId, spanId: id(1), parentSpanId: id(9), kind: 1, status: { code: 1 } });
    expect(trace.toOTLP('docs').resourceSpans[0]!.resource.attributes).toEqual([
      { key: 'service.name', value: { stringValue: 'docs' } },
    ]);
  });
});
