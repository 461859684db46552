import { describe, expect, it } from 'vitest';
import type { SessionState } from '../types.js';
import { never, playedCodemode } from './testing/played-codemode.js';

describe('a session', () => {
  it('A10: opens its worker lazily and once, and reports every state on its way', async () => {
    const { codemode, workers } = playedCodemode(async () => ({ value: 1 }));
    const session = codemode.session('s');
    const states: SessionState[] = [session.state];
    session.addEventListener('statechange', ({ detail }) => {
      expect(detail.from).toBe(states.at(-1));
      states.push(detail.to);
    });
    expect(workers).toHaveLength(0);
    await Promise.all([session.execute('1'), session.execute('1')]);
    expect(workers).toHaveLength(1);
    await session.close();
    expect(states).toEqual(['created', 'starting', 'ready', 'running', 'ready', 'closing', 'closed']);
    expect(workers[0]!.terminated).toBeDefined();
  });

  it('names each cell once, also for callers that run code at the same moment', async () => {
    const { codemode } = playedCodemode(async () => ({ value: 1 }));
    const session = codemode.session('s');
    expect(session.reserveFileName('cell-1.ts')).toBe(true);
    const results = await Promise.all(
      [undefined, 'cell-1.ts', undefined, 'cell-3.ts', 'own.ts', 'own.ts'].map((fileName) =>
        session.execute('1', fileName === undefined ? {} : { fileName }),
      ),
    );
    expect(results.map(({ fileName }) => fileName)).toEqual([
      'cell-2.ts',
      'cell-1.ts',
      'cell-3.ts',
      'cell-4.ts',
      'own.ts',
      'own.ts',
    ]);
    expect(session.reserveFileName('cell-2.ts')).toBe(false);
    await session.close();
  });

  it('A10: close is idempotent, cancels what runs, and use after it rejects', async () => {
    const { codemode } = playedCodemode(never);
    const running = codemode.session('s').execute('forever');
    await new Promise((resolve) => {
      codemode.session('s').addEventListener('statechange', ({ detail }) => detail.to === 'running' && resolve(0));
    });
    await Promise.all([codemode.close(), codemode.close()]);
    expect(await running).toMatchObject({ ok: false, error: { name: 'CancelledError' } });
    expect(() => codemode.session('s')).toThrow('Client has been closed');
    await expect(codemode.execute('1')).rejects.toMatchObject({ name: 'ClientClosedError', phase: 'not-started' });
  });

  it('A10: close with drain waits for what runs', async () => {
    let finish = (): void => undefined;
    const { codemode, workers } = playedCodemode(
      () =>
        new Promise((resolve) => {
          finish = () => resolve({ value: 'done' });
        }),
    );
    const running = codemode.session('s').execute('slow');
    await expect.poll(() => workers[0]?.executed.length).toBe(1);
    const closed = codemode.close({ drain: true });
    finish();
    await closed;
    expect(await running).toMatchObject({ ok: true, value: 'done' });
  });

  it('A8: tries a transient failure to open again, and a lasting one not', async () => {
    const transient = Object.assign(new Error('busy'), { transient: true });
    const good = playedCodemode(async () => ({ value: 1 }), {
      connectFails: (attempt) => (attempt < 3 ? transient : undefined),
    });
    expect((await good.codemode.execute('1')).value).toBe(1);
    expect(good.attempts()).toBe(3);
    const lasting = new Error('no runner');
    const bad = playedCodemode(async () => ({}), { connectFails: () => lasting });
    await expect(bad.codemode.execute('1')).rejects.toMatchObject({ phase: 'not-started' });
    expect(bad.attempts()).toBe(1);
    expect(bad.codemode.session('default').state).toBe('crashed');
  });

  it('A9: a worker that is lost rejects what it ran with phase and correlation id, and another takes its place', async () => {
    const { codemode, workers } = playedCodemode(async ({ code }, worker) => {
      if (code === 'crash') worker.handlers.onLost(new Error('out of memory'));
      return code === 'crash' ? never() : { value: code };
    });
    const session = codemode.session('s');
    await session.execute('before');
    const recovered = new Promise((resolve) => {
      session.addEventListener('recovered', ({ detail }) => resolve(detail));
    });
    const context = { client_id: 'a' };
    await expect(session.execute('crash', { context })).rejects.toMatchObject({
      name: 'SessionCrashedError',
      phase: 'running',
      correlationId: expect.any(String) as unknown,
      message: expect.stringContaining('out of memory') as unknown,
    });
    expect(await recovered).toEqual({
      reason: 'out of memory',
      behind: [],
      restored: ['kept'],
      lost: [{ name: 'gone', reason: 'it is a weak' }],
    });
    expect((await session.execute('again')).value).toBe('again');
    expect(workers).toHaveLength(2);
  });

  it('C9: what does not end within its grace costs the worker; the one that was stopped resolves, its neighbour rejects', async () => {
    const { codemode, workers } = playedCodemode(never, { limits: { stopGrace: 20 } });
    const session = codemode.session('s');
    const controller = new AbortController();
    const stopped = session.execute('deaf loop', { signal: controller.signal });
    const neighbour = session.execute('innocent');
    neighbour.catch(() => undefined);
    await expect.poll(() => workers[0]?.executed.length).toBe(2);
    controller.abort();
    expect(await stopped).toMatchObject({ ok: false, error: { name: 'CancelledError' } });
    await expect(neighbour).rejects.toMatchObject({ name: 'SessionCrashedError' });
    expect(workers[0]!.terminated).toMatch(/did not stop/);
  });

  it('C9: stop ends what heeds it and keeps the worker; stopping an idle session does nothing', async () => {
    const { codemode, workers } = playedCodemode(never);
    const session = codemode.session('s');
    await session.stop();
    const running = session.execute('wait');
    await expect.poll(() => workers[0]?.executed.length).toBe(1);
    await Promise.all([session.stop(), session.stop()]);
    expect(await running).toMatchObject({ ok: false, error: { name: 'CancelledError' } });
    expect(session.state).toBe('ready');
    expect(workers[0]!.terminated).toBeUndefined();
  });

  it('F8: the time of code begins when its worker says so, and what had not begun runs in the next worker', async () => {
    const announced: (() => void)[] = [];
    const { codemode, workers } = playedCodemode(never, {
      limits: { stopGrace: 20 },
      announces: (announce) => void announced.push(announce),
    });
    const session = codemode.session('s');
    const first = session.execute('waits', { timeout: 20 });
    await expect.poll(() => workers[0]?.executed.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(workers[0]!.terminated).toBeUndefined();
    workers[0]!.handlers.onLost(new Error('out of memory'));
    await expect.poll(() => announced.length).toBe(2);
    expect(workers[1]!.executed.map(({ code }) => code)).toEqual(['waits']);
    announced[1]!();
    expect(await first).toMatchObject({ ok: false, error: { name: 'ExecutionTimeoutError' } });
  });

  it('A9: code that exceeds its time is stopped with an ExecutionTimeoutError', async () => {
    const { codemode } = playedCodemode(never);
    expect(await codemode.execute('wait', { timeout: 20 })).toMatchObject({
      ok: false,
      error: { name: 'ExecutionTimeoutError' },
    });
  });

  it('a signal that is aborted already runs nothing', async () => {
    const { codemode, workers } = playedCodemode(async () => ({}));
    await expect(codemode.execute('1', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'CancelledError',
      phase: 'not-started',
    });
    expect(workers).toHaveLength(0);
  });

  it('reset ends the worker and starts another', async () => {
    const { codemode, workers } = playedCodemode(async ({ code }) => ({ value: code }));
    const session = codemode.session('s');
    await session.execute('1');
    await session.reset();
    expect(session.state).toBe('ready');
    expect(workers).toHaveLength(2);
    expect((await session.execute('2')).value).toBe('2');
  });

  it('C8: output is in the result it belongs to and dispatched before it; what an old worker still says is dropped', async () => {
    const entry = (text: string, sequence: number, runId?: string) => ({
      sequence,
      method: 'log' as const,
      level: 'log' as const,
      parts: [{ text }],
      text,
      depth: 0,
      time: 0,
      ...(runId === undefined ? {} : { runId }),
    });
    const { codemode, workers } = playedCodemode(async ({ context }, worker) => {
      worker.handlers.api.output({ context, entries: [entry('mine', 1, context.runId), entry('nobody’s', 2)] });
      return {};
    });
    const session = codemode.session('s');
    const heard: string[] = [];
    session.addEventListener('output', ({ detail }) => heard.push(String(detail)));
    const result = await session.execute('1');
    expect(result.output.map(String)).toEqual(['mine']);
    expect(heard).toHaveLength(2);
    await session.reset();
    workers[0]!.handlers.api.output({ context: workers[0]!.executed[0]!.context, entries: [entry('ghost', 9)] });
    expect(heard).toHaveLength(2);
    await expect(
      workers[0]!.handlers.api.callTool({
        context: workers[0]!.executed[0]!.context,
        callId: 'x',
        name: 'x',
        args: {},
      }),
    ).rejects.toThrow();
  });

  it('F4 a tool call counts for the execution whose capability it shows, and for no other', async () => {
    const { codemode, workers } = playedCodemode(async ({ context, capability }, worker) => {
      const call = (message: object): Promise<unknown> =>
        Promise.resolve(
          worker.handlers.api.callTool({ context, callId: 'c', name: 'who', args: {}, ...message }),
        ).catch((error: Error) => error.name);
      const earlier = workers[0]!.executed[0]!;
      return {
        value: [
          await call({ capability }),
          await call({}),
          await call({ capability: context.runId }),
          await call({ capability: '' }),
          await call({ capability, context: earlier.context }),
          await call({ capability: earlier.capability }),
        ],
      };
    });
    codemode.registry.registerTool('who', { execute: (_input, { context }) => context.get('client') });
    const session = codemode.session('s');
    await session.execute('1', { context: { client: 'a' } });
    const { value } = await session.execute('2', { context: { client: 'b' } });
    const refused = 'CancelledError';
    expect(value).toEqual(['b', refused, refused, refused, refused, refused]);
    const capabilities = workers[0]!.executed.map(({ capability }) => capability);
    expect(new Set(capabilities).size).toBe(2);
    for (const capability of capabilities) expect(capability).toMatch(/^[0-9a-f]{32}$/);
  });

  it('A6: scoped handles carry their variables and set nothing global', async () => {
    const { codemode } = playedCodemode(async ({ context }) => ({ value: context.variables }));
    const acme = codemode.withContext({ client_id: 'acme', region: 'eu' });
    expect((await acme.execute('1')).value).toEqual({ client_id: 'acme', region: 'eu' });
    expect((await acme.withContext({ region: 'us' }).execute('1', { context: { step: 2 } })).value).toEqual({
      client_id: 'acme',
      region: 'us',
      step: 2,
    });
    expect((await codemode.execute('1')).value).toEqual({});
  });

  it('refuses what makes no sense before anything starts', async () => {
    const { codemode, workers } = playedCodemode(async () => ({}));
    await expect(codemode.execute(1 as never)).rejects.toThrow('Expected the code as a string, but got number');
    await expect(codemode.execute('1', { mode: 'turbo' as never })).rejects.toThrow(
      /"async", "sync", "thread", but got "turbo"/,
    );
    await expect(codemode.execute('1', { timeout: -1 })).rejects.toThrow(RangeError);
    expect(workers).toHaveLength(0);
  });
});
