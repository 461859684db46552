import { describe, expect, it } from 'vitest';
import { RuntimeContext } from '../../context/runtime-context.js';
import type { Span } from './span.js';
import { playedCodemode } from '../session/testing/played-codemode.js';
import { traceSources } from './page-traces.js';
import { TraceLog } from './trace-log.js';
import { ExecutionTrace } from './execution-trace.js';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const byKind = (spans: readonly Span[], kind: Span['kind']): Span => spans.find((span) => span.kind === kind)!;
const report = { ok: true, value: 1, preview: { type: 'number', text: '1' }, duration: 10, pending: 0 } as const;

describe('the trace of an execution', () => {
  it('G2: has spans of its steps, each within the execution, with what its worker measured', async () => {
    const { codemode } = playedCodemode(async () => ({ duration: 0, timings: [2, 9, 3, 5] }));
    const { trace, runId, correlationId } = await codemode.execute('1', {
      session: 'tab',
      context: { client_id: 'a', tags: ['x'] },
    });
    const { spans } = trace;
    expect(spans.map(({ kind }) => kind).toSorted()).toEqual(['compile', 'execution', 'queue', 'run', 'wait']);
    const execution = byKind(spans, 'execution');
    const run = byKind(spans, 'run');
    expect(execution).toMatchObject({ name: 'cell-1.ts', status: { code: 'ok' }, events: [] });
    expect(execution.attributes).toEqual({
      'codemode.session': 'tab',
      'codemode.run_id': runId,
      'codemode.correlation_id': correlationId,
      'codemode.file_name': 'cell-1.ts',
      'codemode.mode': 'async',
      'codemode.context.client_id': 'a',
      'codemode.context.tags': '["x"]',
    });
    expect(byKind(spans, 'wait').parentSpanId).toBe(run.spanId);
    for (const { kind, start, end, traceId, spanId, parentSpanId } of spans) {
      expect([traceId, spanId]).toEqual([execution.traceId, expect.stringMatching(/^[0-9a-f]{16}$/)]);
      expect(start).toBeLessThanOrEqual(end);
      expect(start).toBeGreaterThanOrEqual(execution.start);
      expect(end).toBeLessThanOrEqual(execution.end);
      if (kind !== 'execution' && kind !== 'wait') expect(parentSpanId).toBe(execution.spanId);
    }
    expect(Math.abs(execution.end - Date.now())).toBeLessThan(60_000);
    await codemode.close();
  });

  it('G2: continues the trace of the context, and tools continue it', async () => {
    let seen: string | undefined;
    const { codemode } = playedCodemode(async ({ context, capability }, { handlers }) => {
      const call = handlers.api.callTool({ context, capability, callId: '1', name: 'outer', args: undefined });
      await Promise.allSettled([call]);
      return {};
    });
    codemode.registry.registerTool('outer', { description: 'o', execute: (_input, { call }) => call('inner', {}) });
    codemode.registry.registerTool('inner', {
      description: 'i',
      needsApproval: true,
      execute: (_input, { context }) => {
        seen = context.traceparent;
      },
    });
    const result = await codemode.execute('1', { context: new RuntimeContext({ traceparent }) });
    const { spans } = result.trace;
    const [outer, inner] = spans.filter(({ kind }) => kind === 'tool');
    expect(byKind(spans, 'execution')).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
    });
    expect([outer?.name, inner?.name]).toEqual(['tools.outer', 'tools.inner']);
    expect([outer?.parentSpanId, inner?.parentSpanId]).toEqual([byKind(spans, 'run').spanId, outer?.spanId]);
    expect(byKind(spans, 'approval').parentSpanId).toBe(inner?.spanId);
    // Nobody approves, so the tool has not run.
    expect([seen, inner?.status]).toEqual([undefined, { code: 'error', message: expect.stringContaining('inner') }]);
    await codemode.close();
  });

  it('G2: gives tools a traceparent of the call, also where the context has none', async () => {
    const { codemode } = playedCodemode(async ({ context, capability }, { handlers }) => ({
      value: await handlers.api.callTool({ context, capability, callId: '1', name: 'own', args: undefined }),
    }));
    codemode.registry.registerTool('own', { description: 'o', execute: (_input, { context }) => context.traceparent });
    const { trace, value } = await codemode.execute('1');
    const { traceId, spanId } = byKind(trace.spans, 'tool');
    expect(value).toBe(`00-${traceId}-${spanId}-01`);
    await codemode.close();
  });

  it('G2: tells how code failed, was stopped, and was lost', async () => {
    const frame = { functionName: 'f', file: 'cell-1.ts', line: 3, column: 7 };
    const error = { name: 'TypeError', message: 'no', stack: '', frames: [frame] };
    const { codemode, workers } = playedCodemode(async ({ code }) => {
      if (code === 'crash') throw new Error('gone');
      return code === 'fail' ? { ok: false, error } : new Promise<never>(() => undefined);
    });
    const failed = await codemode.execute('fail');
    expect(byKind(failed.trace.spans, 'execution')).toMatchObject({
      status: { code: 'error', message: 'TypeError: no' },
      events: [
        {
          name: 'exception',
          attributes: {
            'exception.type': 'TypeError',
            'exception.message': 'no',
            'code.file.path': 'cell-1.ts',
            'code.line.number': 3,
            'code.column.number': 7,
          },
        },
      ],
    });
    const aborting = new AbortController();
    const stopping = codemode.execute('wait', { signal: aborting.signal });
    await expect.poll(() => workers[0]?.executed.length).toBe(2);
    aborting.abort(new Error('enough'));
    const stopped = await stopping;
    expect(byKind(stopped.trace.spans, 'execution')).toMatchObject({
      status: { code: 'unset' },
      events: [{ name: 'stop', attributes: { reason: 'enough' } }],
    });
    await expect(codemode.execute('crash')).rejects.toThrow('gone');
    expect(codemode.trace().spans.findLast(({ kind }) => kind === 'execution')?.status).toEqual({
      code: 'error',
      message: 'lost',
    });
    await codemode.close();
  });

  it('G2: is kept for the session and for all, and is empty where tracing is off', async () => {
    const { codemode } = playedCodemode(async () => ({}));
    await codemode.execute('1', { session: 'a' });
    await codemode.execute('1', { session: 'b' });
    const sessions = (spans: readonly Span[]): unknown[] =>
      spans.filter(({ kind }) => kind === 'execution').map(({ attributes }) => attributes['codemode.session']);
    expect(sessions(codemode.session('a').trace().spans)).toEqual(['a']);
    expect(sessions(codemode.trace().spans)).toEqual(['a', 'b']);
    await codemode.close();

    const off = playedCodemode(async ({ traced }) => ({ value: traced }), { tracing: false });
    const { trace, value } = await off.codemode.execute('1');
    expect([trace.spans, value, off.codemode.trace().spans]).toEqual([[], undefined, []]);
    await off.codemode.close();
  });

  it('G2: tells of spans when an execution has ended, and when a tool call ends later', async () => {
    const told: string[][] = [];
    let answer = (_value?: unknown): void => undefined;
    const { codemode } = playedCodemode(
      async ({ context, capability }, { handlers }) => {
        void handlers.api.callTool({ context, capability, callId: '1', name: 'slow', args: undefined });
        return {};
      },
      { onSpans: (spans) => told.push(spans.map(({ kind }) => kind)) },
    );
    codemode.registry.registerTool('slow', {
      description: 's',
      execute: () => new Promise((resolve) => void (answer = resolve)),
    });
    const { trace } = await codemode.execute('1');
    expect(told).toEqual([expect.arrayContaining(['execution', 'queue', 'run'])]);
    expect(told[0]).not.toContain('tool');
    answer();
    await expect.poll(() => told.slice(1)).toEqual([['tool']]);
    expect(trace.spans.map(({ kind }) => kind)).toContain('tool');
    await codemode.close();
  });

  it('G2: tells what has not ended, and when something begins or ends', async () => {
    let answer = (_value?: unknown): void => undefined;
    const { codemode } = playedCodemode(async ({ context, capability }, { handlers }) => {
      handlers.api.running({ context, runId: context.runId });
      await handlers.api.callTool({ context, capability, callId: '1', name: 'slow', args: { city: 'Oslo' } });
      return {};
    });
    codemode.registry.registerTool('slow', {
      description: 's',
      execute: () => new Promise((resolve) => void (answer = resolve)),
    });
    let changes = 0;
    const unwatch = codemode.watchTrace(() => (changes += 1));
    expect(traceSources()).toContain(codemode);
    const ended = codemode.execute('1', { session: 'a' });
    const kinds = (running: boolean): string[] => codemode.trace({ running }).spans.map(({ kind }) => kind);
    expect(kinds(true)).toEqual(['execution', 'queue']);
    await expect.poll(() => kinds(true)).toEqual(['execution', 'queue', 'run', 'tool']);
    expect(kinds(false)).toEqual([]);
    const { spans } = codemode.trace({ running: true });
    expect(spans.map(({ isRunning }) => isRunning)).toEqual([true, undefined, true, true]);
    expect(spans.every(({ start, end }) => start <= end)).toBe(true);
    const before = changes;
    answer({ temperature: 4 });
    await ended;
    expect(changes).toBeGreaterThan(before);
    const trace = codemode.trace({ running: true });
    expect(trace.spans.filter(({ isRunning }) => isRunning)).toEqual([]);
    // Execution, run and call are the same spans as before.
    const idsOf = (kind: Span['kind']): string[] => [spans, trace.spans].map((all) => byKind(all, kind).spanId);
    for (const kind of ['execution', 'run', 'tool'] as const) expect(new Set(idsOf(kind)).size).toBe(1);
    const call = byKind(trace.spans, 'tool');
    expect(trace.valuesOf(call)).toEqual({ arguments: '{"city":"Oslo"}', result: '{"temperature":4}' });
    expect(JSON.stringify([call, trace.toOTLP(), trace.toChromeTrace()])).not.toContain('Oslo');
    unwatch();
    const last = changes;
    await codemode.close();
    expect(traceSources()).not.toContain(codemode);
    expect(changes).toBe(last);
  });

  it('F2: takes what a worker says about times as lengths within the execution', () => {
    const context = new RuntimeContext();
    const started = performance.now();
    const trace = new ExecutionTrace({ session: 's', fileName: 'a', mode: 'async', parent: context, context, started });
    trace.sent();
    trace.ended('succeeded', { ...report, duration: 1e9, timings: [-5, 1e12, 7, -3, 1e300] });
    const execution = byKind(trace.spans, 'execution');
    for (const { start, end } of trace.spans) {
      expect(start).toBeGreaterThanOrEqual(execution.start);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(execution.end);
    }
  });
});

describe('the log of traces', () => {
  it('keeps the newest spans', () => {
    const log = new TraceLog(undefined, 6);
    for (let index = 0; index < 20; index += 1) {
      const context = new RuntimeContext();
      const trace = new ExecutionTrace({
        session: 's',
        fileName: `${index}`,
        mode: 'async',
        parent: context,
        context,
        started: performance.now(),
      });
      trace.ended('succeeded', report);
      log.add(trace);
    }
    const { spans } = log.trace();
    expect(spans).toHaveLength(6);
    expect(spans.findLast(({ kind }) => kind === 'execution')?.name).toBe('19');
  });

  it('F5: holds on to no more of an execution, or of many, than it tells', () => {
    const context = new RuntimeContext();
    const make = (fileName: string, calls: number): ExecutionTrace => {
      const trace = new ExecutionTrace({ session: 's', fileName, mode: 'async', parent: context, context, started: 0 });
      for (let call = 0; call < calls; call += 1) trace.toolCall('t', String(call), undefined).end({ code: 'ok' });
      trace.ended('succeeded', report);
      return trace;
    };
    expect(make('one', 10_500).spans.filter(({ kind }) => kind === 'tool')).toHaveLength(10_000);
    const log = new TraceLog(undefined, 20);
    const [first, second] = [make('first', 30), make('second', 15)];
    log.add(first);
    log.add(second);
    // The second alone does not have twenty.
    expect(log.size).toBe(2);
    log.add(make('third', 5));
    expect(log.size).toBe(2);
    expect(log.trace().spans).toHaveLength(20);
  });
});
