import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { liveResources } from '../../protocol/resources/live-resources.js';
import { never, playedCodemode } from './testing/played-codemode.js';

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, milliseconds));

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // A weak reference holds its object until the end of the turn that made or read it.
  await sleep(0);
  collect();
}

describe('what a session releases', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('leaves no listener at the signal of an execution, however it ended', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const { codemode } = playedCodemode(async ({ code }, worker) => {
      if (code !== 'crash') return { ok: code === 'good' };
      worker.handlers.onLost(new Error('out of memory'));
      return await never();
    });
    for (const code of ['good', 'bad']) await codemode.execute(code, { signal });
    await expect(codemode.execute('crash', { signal })).rejects.toThrow('out of memory');
    expect(added).toHaveBeenCalledTimes(3);
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      added.mock.calls.map(([type, listener]) => [type, listener]),
    );
    await codemode.close();
  });

  it('leaves no timer when an execution has ended', async () => {
    const { codemode } = playedCodemode(async () => ({}));
    await codemode.execute('1');
    const before = liveResources();
    await Promise.all([codemode.execute('1'), codemode.execute('2', { timeout: 60_000 })]);
    expect(liveResources()).toEqual(before);
    await codemode.close();
    expect(liveResources().timer).toBe(0);
  });

  it('watches the heartbeat of its worker only while code runs', async () => {
    let during = 0;
    const { codemode, workers } = playedCodemode(async (_message, worker) => {
      during = worker.watches;
      return {};
    });
    await codemode.session('s').execute('1');
    expect([during, workers[0]!.watches]).toEqual([1, 0]);
    await codemode.close();
  });

  it('ends a worker that answers neither the code’s end nor a stop', async () => {
    const { codemode, workers } = playedCodemode(never, {
      probe: never,
      answers: { cancel: never },
      limits: { requestTimeout: 30, stopGrace: 5 },
    });
    const { error } = await codemode.session('s').execute('wait', { timeout: 10 });
    expect(error?.name).toBe('ExecutionTimeoutError');
    expect(workers[0]!.terminated).toMatch('did not answer "execute"');
    await codemode.close();
  });

  it('lets an execution that has ended call tools for limits.lateToolCalls', async () => {
    const calls: unknown[] = [];
    const { codemode } = playedCodemode(
      async ({ context, capability }, worker) => {
        const call = (): unknown =>
          worker.handlers.api.callTool({ context, capability, callId: 'c', name: 'one', args: {} });
        calls.push(await call());
        void sleep(20).then(async () => calls.push(await Promise.resolve(call()).catch((error: Error) => error.name)));
        return {};
      },
      { limits: { lateToolCalls: 1 } },
    );
    codemode.registry.registerTool('one', () => 1);
    await codemode.session('s').execute('setTimeout(() => tools.one(), 20)');
    await expect.poll(() => calls).toEqual([1, 'LateToolCallError']);
    await codemode.close();
  });

  it('forgets an execution that has ended', async () => {
    let context: WeakRef<object> | undefined;
    const { codemode, workers } = playedCodemode(async (message) => {
      // The host's own object: the played worker gets it without a copy.
      context ??= new WeakRef(message.context.variables);
      return {};
    });
    const session = codemode.session('s');
    await session.execute('1', { context: { client_id: 'a' } });
    expect(context!.deref() === undefined).toBe(false);
    // What it left running may call tools until its worker is gone.
    await session.reset();
    workers.length = 0;
    await collectGarbage();
    expect(context!.deref() === undefined).toBe(true);
    await codemode.close();
  });

  it('aborts the tool calls of ended executions when their worker ends', async () => {
    let hasAborted = false;
    const { codemode } = playedCodemode(async ({ context, capability }, worker) => {
      const message = { context, capability, callId: 'c', name: 'slow', args: {} };
      void Promise.resolve(worker.handlers.api.callTool(message)).catch(() => undefined);
      return {};
    });
    codemode.registry.registerTool('slow', {
      execute: (_input: unknown, { signal }: { readonly signal: AbortSignal }) => {
        signal.addEventListener('abort', () => {
          hasAborted = true;
        });
        return never();
      },
    });
    const session = codemode.session('s');
    await session.execute('void tools.slow()');
    expect(hasAborted).toBe(false);
    await session.reset();
    expect(hasAborted).toBe(true);
    await codemode.close();
  });

  it('closes when its tool calls have ended, which it aborts', async () => {
    const ended: string[] = [];
    const { codemode } = playedCodemode(async ({ context, capability }, worker) => {
      const message = { context, capability, callId: 'c', name: 'slow', args: {} };
      void Promise.resolve(worker.handlers.api.callTool(message)).catch(() => undefined);
      return {};
    });
    codemode.registry.registerTool('slow', {
      execute: async (_input: unknown, { signal }: { readonly signal: AbortSignal }) => {
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
        ended.push('aborted');
      },
    });
    const session = codemode.session('s');
    const finished = new Promise((resolve) => {
      session.addEventListener('toolcall', ({ detail }) => detail.phase !== 'started' && resolve(detail.phase));
    });
    void finished.then((phase) => ended.push(String(phase)));
    await session.execute('void tools.slow()');
    session.addEventListener('statechange', ({ detail }) => detail.to === 'closed' && ended.push('closed'));
    await session.close();
    expect(ended).toEqual(['aborted', 'cancelled', 'closed']);
  });

  it('lets other sessions have the place of a worker that was lost and can’t be replaced', async () => {
    let isBroken = false;
    const { codemode, workers } = playedCodemode(never, {
      limits: { maxSessions: 1, requestTimeout: 200 },
      connectFails: () => (isBroken ? new Error('no runner') : undefined),
    });
    const running = codemode.session('first').execute('wait');
    running.catch(() => undefined);
    await expect.poll(() => workers[0]?.executed.length).toBe(1);
    isBroken = true;
    workers[0]!.handlers.onLost(new Error('out of memory'));
    await expect(running).rejects.toThrow('out of memory');
    await expect.poll(() => codemode.session('first').state).toBe('crashed');
    isBroken = false;
    const other = codemode.session('second').execute('wait');
    await expect.poll(() => workers[1]?.executed.length).toBe(1);
    await codemode.close();
    expect((await other).error?.name).toBe('CancelledError');
  });

  it('is not suspended while a request is under way, though no code runs', async () => {
    let answer = (_value: unknown): void => undefined;
    const { codemode, workers } = playedCodemode(async () => ({}), {
      answers: {
        read: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
        list: () => [],
        blockers: () => ({ blockers: [] }),
      },
    });
    const session = codemode.session('s');
    await session.execute('1');
    const reading = session.namespace.get('a');
    await sleep(0);
    expect(await session.suspend()).toMatchObject({ suspended: false, blockers: ['the session was used meanwhile'] });
    expect(workers[0]!.terminated).toBeUndefined();
    answer(42);
    expect(await reading).toBe(42);
    expect(await session.suspend()).toMatchObject({ suspended: true });
  });
});

it('a session is not suspended while a tool is being called', async () => {
  const { codemode } = playedCodemode(
    async ({ context, capability }, worker) => {
      const message = { context, capability, callId: 'c', name: 'slow', args: {} };
      void Promise.resolve(worker.handlers.api.callTool(message)).catch(() => undefined);
      return {};
    },
    { answers: { list: () => [], blockers: () => ({ blockers: [] }) } },
  );
  codemode.registry.registerTool('slow', never);
  const session = codemode.session('s');
  await session.execute('void tools.slow()');
  expect(await session.suspend()).toEqual({ suspended: false, blockers: ['a tool is being called'] });
  await codemode.close();
});

describe('times of a session', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('the time of code begins when its worker has started, also for its tools', async () => {
    const { codemode } = playedCodemode(
      async ({ context, capability, timeLimit }, worker) => ({
        value: [
          await worker.handlers.api.callTool({ context, capability, callId: 'c', name: 'one', args: {} }),
          timeLimit,
        ],
      }),
      { startDelay: 120 },
    );
    codemode.registry.registerTool('one', () => 1);
    const { value, error } = await codemode.execute('await tools.one()', { timeout: 60 });
    expect(error).toBeUndefined();
    expect(value).toEqual([1, expect.objectContaining({ milliseconds: 60 })]);
  });

  it('the deadline of a context counts from the call, also while the worker starts', async () => {
    const { codemode } = playedCodemode(async ({ timeLimit }) => ({ value: timeLimit?.milliseconds }), {
      startDelay: 50,
    });
    const { RuntimeContext } = await import('../../context/runtime-context.js');
    const context = new RuntimeContext({ deadline: Date.now() + 1_000 });
    const { value } = await codemode.execute('1', { context });
    expect(value).toBeGreaterThan(1);
    expect(value).toBeLessThanOrEqual(951);
  });

  it('F8: no deadline depends on the wall clock', async () => {
    const { codemode } = playedCodemode(async ({ context, capability }, worker) => {
      const call = (callId: string): unknown =>
        worker.handlers.api.callTool({ context, capability, callId, name: 'one', args: {} });
      const hour = 60 * 60 * 1_000;
      const now = Date.now();
      vi.spyOn(Date, 'now').mockReturnValue(now + hour);
      const later = await call('c-1');
      vi.spyOn(Date, 'now').mockReturnValue(now - hour);
      await sleep(30);
      return { value: [later, await call('c-2')] };
    });
    codemode.registry.registerTool('one', () => 1);
    expect((await codemode.execute('await tools.one()', { timeout: 5_000 })).value).toEqual([1, 1]);
    vi.restoreAllMocks();
    const waiting = playedCodemode(never).codemode.execute('wait', { timeout: 30 });
    vi.spyOn(Date, 'now').mockReturnValue(0);
    expect((await waiting).error).toMatchObject({ name: 'ExecutionTimeoutError' });
  });
});
