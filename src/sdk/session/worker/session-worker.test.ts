import { afterEach, describe, expect, it, vi } from 'vitest';
import { liveResources } from '../../../protocol/resources/live-resources.js';
import { playedCheckpoint, playedNames } from '../../checkpoints/testing/played-checkpoint.js';
import type { OpenSessionStorage } from '../../checkpoints/session-storage.js';
import { defaultLimits, type Limits } from '../../limits.js';
import type { KernelMethod } from '../../../protocol/methods.js';
import type { KernelHandlers } from '../../workers/kernel-connection.js';
import { WorkerPool } from '../../workers/worker-pool.js';
import { SessionHistory } from '../session-history.js';
import { SessionWorker } from './session-worker.js';
import { sessionRules } from '../state-machine-rules.js';

type Answers = Partial<Record<KernelMethod, (message: never, worker: PlayedWorker) => unknown>>;

interface PlayedWorker {
  readonly handlers: KernelHandlers;
  terminated: string | undefined;
  /** Ends it as a crash does. */
  crash(reason: string): void;
}

/** The worker of a session whose real workers are played by `answers`. */
function setUp({ answers = {}, limits = {}, connect = async () => undefined, storage }: Partial<SetUp> = {}) {
  const workers: PlayedWorker[] = [];
  const recovered: unknown[] = [];
  const edges: [string, string][] = [];
  const ends: [string, string | undefined][] = [];
  const host: { blocker: string | undefined } = { blocker: undefined };
  const pool = new WorkerPool({
    limits: { ...defaultLimits, ...limits },
    connect: async (handlers, signal) => {
      let end = (_error: Error): void => undefined;
      const ended = new Promise<never>((_, reject) => {
        end = reject;
      });
      ended.catch(() => undefined);
      const played: PlayedWorker = {
        handlers,
        terminated: undefined,
        crash: (reason) => {
          played.terminated ??= reason;
          end(new Error(reason));
          handlers.onLost(new Error(reason));
        },
      };
      workers.push(played);
      await connect(workers.length, played);
      if (signal.aborted) played.terminated ??= 'given up';
      signal.throwIfAborted();
      return {
        request: (method, message) =>
          Promise.race([Promise.resolve(answers[method]?.(message as never, played)), ended]),
        watch: () => ({ dispose: () => undefined }),
        terminate: (reason) => {
          played.terminated ??= reason;
          end(new Error(reason));
        },
      };
    },
  });
  const worker: SessionWorker = new SessionWorker({
    session: 's',
    pool,
    settings: { config: {}, importMap: {}, baseUrl: 'http://localhost/', lateWork: 5_000 },
    limits: { ...defaultLimits, ...limits },
    api: {
      callTool: async () => undefined,
      cancelToolCall: () => undefined,
      output: () => undefined,
      running: () => undefined,
      checkpoint: (message) => worker.applyCheckpoint(message),
      loadPart: () => '',
      mutate: () => undefined,
      loadModule: async () => ({ url: '', source: '' }),
    },
    live: () => [],
    storage,
    blocker: () => host.blocker,
    notify: () => undefined,
    onEnd: (reason, error) => ends.push([reason, error?.message]),
    onPending: () => undefined,
    history: new SessionHistory(),
    onRecovered: (detail) => recovered.push(detail),
  });
  worker.machine.subscribe(({ from, to }) => edges.push([from, to]));
  return { worker, pool, workers, recovered, edges, ends, host };
}

interface SetUp {
  readonly answers: Answers;
  readonly limits: Partial<Limits>;
  readonly connect: (attempt: number, worker: PlayedWorker) => Promise<void>;
  readonly storage: OpenSessionStorage;
}

const hanging = (): Promise<never> => new Promise(() => undefined);
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });
const list = (worker: SessionWorker): Promise<unknown> => worker.use((client) => client.request('list', {}));

describe('the worker of a session', () => {
  afterEach(() => void vi.useRealTimers());

  it('is started once for all who need it, and not before', async () => {
    const { worker, workers, edges } = setUp();
    expect([worker.hasClient, workers.length]).toEqual([false, 0]);
    const [first, second] = await Promise.all([worker.ready(), worker.ready()]);
    expect(first).toBe(second);
    expect(workers).toHaveLength(1);
    expect(edges).toEqual([
      ['created', 'starting'],
      ['starting', 'ready'],
    ]);
  });

  it('is running while there are executions, and ready when the last one has ended', async () => {
    const { worker, edges } = setUp();
    const ready = await worker.ready();
    expect(worker.idleSince).toBeDefined();
    const ends = [worker.beginExecution(ready), worker.beginExecution(ready)];
    expect(worker.idleSince).toBeUndefined();
    for (const end of ends) {
      expect(worker.machine.state).toBe('running');
      end();
    }
    expect(worker.machine.state).toBe('ready');
    expect(edges.slice(2)).toEqual([
      ['ready', 'running'],
      ['running', 'ready'],
    ]);
  });

  it('stays when an earlier one is reported as lost', async () => {
    const { worker, workers, edges } = setUp();
    const { client } = await worker.ready();
    workers[0]!.crash('out of memory');
    await worker.ready();
    const before = [...edges];
    worker.lost(client, new Error('late'));
    expect([worker.machine.state, workers.length]).toEqual(['ready', 2]);
    expect(edges).toEqual(before);
  });

  it('stores its last changes before it ends', async () => {
    const asked: (string | undefined)[] = [];
    const { worker } = setUp({
      answers: { checkpoint: (_message, { terminated }) => asked.push(terminated) },
      storage: async () => ({
        isKept: true,
        load: async () => undefined,
        changed: () => undefined,
        clear: async () => undefined,
        flush: async () => undefined,
      }),
    });
    await worker.ready();
    await worker.close(async () => undefined);
    expect(asked).toEqual([undefined]);
  });

  it('is replaced when it is lost, with the checkpoint of the lost one', async () => {
    const { worker, workers, recovered, ends } = setUp({
      answers: { restore: ({ data }: { data: ArrayBuffer }) => ({ restored: playedNames(data), lost: [] }) },
    });
    const end = worker.beginExecution(await worker.ready());
    worker.applyCheckpoint(playedCheckpoint(['a'], [{ name: 'b', reason: 'it is a WeakMap' }]));
    workers[0]!.crash('out of memory');
    expect(worker.machine.state).toBe('starting');
    await worker.ready();
    end();
    expect(worker.machine.state).toBe('ready');
    expect(ends).toEqual([['out of memory', 'out of memory']]);
    expect(recovered).toEqual([
      { reason: 'out of memory', behind: [], restored: ['a'], lost: [{ name: 'b', reason: 'it is a WeakMap' }] },
    ]);
  });

  it('F6: tells which results were delivered before the checkpoint had all of what they changed', async () => {
    const { worker, workers, recovered } = setUp({ answers: { restore: () => ({ restored: ['a'], lost: [] }) } });
    await worker.ready();
    const told = (isBehind: boolean): void => void worker.applyCheckpoint({ ...playedCheckpoint(['a']), isBehind });
    worker.delivered('cell-1.ts');
    told(true);
    worker.delivered('cell-2.ts');
    told(false);
    worker.delivered('cell-3.ts');
    told(true);
    worker.delivered('cell-4.ts');
    worker.delivered('cell-5.ts');
    workers[0]!.crash('out of memory');
    await worker.ready();
    workers[1]!.crash('again');
    await worker.ready();
    expect(recovered).toMatchObject([{ behind: ['cell-4.ts', 'cell-5.ts'] }, { behind: [] }]);
  });

  it('keeps running when an execution ends that ran in the worker before', async () => {
    const { worker, workers } = setUp();
    const endOld = worker.beginExecution(await worker.ready());
    workers[0]!.crash('killed');
    const end = worker.beginExecution(await worker.ready());
    endOld();
    expect(worker.machine.state).toBe('running');
    end();
    expect(worker.machine.state).toBe('ready');
  });

  it('answers a request that it was lost under, and rejects one that costs two workers', async () => {
    let losses = 1;
    const { worker, workers } = setUp({
      answers: {
        list: (_message, played) => {
          if (losses-- <= 0) return ['a'];
          queueMicrotask(() => played.crash('killed'));
          return hanging();
        },
      },
    });
    expect(await list(worker)).toEqual(['a']);
    expect(workers).toHaveLength(2);
    losses = 2;
    await expect(list(worker)).rejects.toMatchObject({
      name: 'SessionCrashedError',
      message: expect.stringContaining('killed') as unknown,
    });
  });

  it('hands on what a worker answers with, also an error', async () => {
    const { worker, workers } = setUp({
      answers: {
        list: () => {
          throw new Error('no list');
        },
      },
    });
    await expect(list(worker)).rejects.toThrow('no list');
    expect(workers).toHaveLength(1);
  });

  it('is not started again and again when it is lost while it opens', async () => {
    const { worker, workers, edges } = setUp({
      connect: async (_attempt, played) => {
        played.crash('the worker could not start');
        await turn();
      },
    });
    await expect(worker.ready('c-1')).rejects.toMatchObject({
      name: 'SessionCrashedError',
      phase: 'not-started',
      correlationId: 'c-1',
      message: expect.stringContaining('could not start') as unknown,
    });
    await turn();
    expect(workers).toHaveLength(1);
    expect(edges.at(-1)).toEqual(['starting', 'crashed']);
  });

  it('gives up a checkpoint that costs the worker that restores it, and tells its names', async () => {
    const { worker, workers, recovered } = setUp({
      answers: {
        restore: (_message, played) => {
          queueMicrotask(() => played.crash('out of memory'));
          return hanging();
        },
      },
    });
    await worker.ready();
    worker.applyCheckpoint(playedCheckpoint(['huge']));
    workers[0]!.crash('killed');
    await worker.ready();
    expect(workers).toHaveLength(3);
    expect(recovered).toEqual([
      {
        reason: 'out of memory',
        behind: [],
        restored: [],
        lost: [{ name: 'huge', reason: 'the worker was lost while it was restored: out of memory' }],
      },
    ]);
  });

  describe('suspended', () => {
    it('keeps names and checkpoint, and tells what it kept from coming back', async () => {
      const { worker, workers, recovered } = setUp({
        answers: {
          list: () => [{ name: 'a' }],
          blockers: () => ({ blockers: [] }),
          restore: () => ({ restored: [], lost: [{ name: 'a', reason: 'offline' }] }),
        },
      });
      await worker.ready();
      worker.applyCheckpoint(playedCheckpoint(['a']));
      expect(await worker.suspend('because')).toMatchObject({ suspended: true, blockers: [] });
      expect(workers[0]!.terminated).toBe('because');
      expect([worker.machine.state, worker.hasClient, worker.hasNamespace]).toEqual(['created', false, true]);
      expect(worker.suspendedNames).toEqual([{ name: 'a' }]);
      await worker.ready();
      expect(worker.suspendedNames).toBeUndefined();
      expect(recovered).toEqual([
        { reason: 'it had been suspended', behind: [], restored: [], lost: [{ name: 'a', reason: 'offline' }] },
      ]);
    });

    it('gives way to an execution that has begun and ended meanwhile', async () => {
      const { worker } = setUp({ answers: { list: () => [], blockers: () => ({ blockers: [] }) } });
      const ready = await worker.ready();
      const suspending = worker.suspend('because');
      worker.beginExecution(ready)();
      expect(await suspending).toMatchObject({ suspended: false, blockers: ['the session was used meanwhile'] });
    });

    it('stays suspended when it can’t be woken', async () => {
      let isBroken = false;
      const { worker } = setUp({
        answers: {
          list: () => [{ name: 'a' }],
          blockers: () => ({ blockers: [] }),
        },
        connect: async () => {
          if (isBroken) throw new Error('no runner');
        },
      });
      await worker.ready();
      await worker.suspend('because');
      isBroken = true;
      await expect(worker.ready()).rejects.toThrow('no runner');
      expect([worker.machine.state, worker.suspendedNames]).toEqual(['crashed', [{ name: 'a' }]]);
      isBroken = false;
      await worker.ready();
      expect(worker.machine.state).toBe('ready');
    });

    it('is not, while a request is under way, while the host speaks against it, or where the worker does not answer', async () => {
      let answer = (_value: unknown): void => undefined;
      let isDeaf = false;
      const { worker, workers, host } = setUp({
        answers: {
          read: () =>
            new Promise((resolve) => {
              answer = resolve;
            }),
          list: () => [],
          blockers: () => {
            if (isDeaf) throw new Error('deaf');
            return { blockers: [] };
          },
        },
      });
      const reading = worker.use((client) => client.request('read', { name: 'a' }));
      await turn();
      expect(await worker.suspend('because')).toMatchObject({
        suspended: false,
        blockers: ['the session was used meanwhile'],
      });
      expect(workers[0]!.terminated).toBeUndefined();
      answer(1);
      expect(await reading).toBe(1);
      host.blocker = 'a tool is being called';
      expect(await worker.suspend('because')).toMatchObject({ blockers: ['a tool is being called'] });
      host.blocker = undefined;
      isDeaf = true;
      expect(await worker.suspend('because')).toMatchObject({ blockers: ['the worker does not answer: deaf'] });
      isDeaf = false;
      expect(await worker.suspend('because')).toMatchObject({ suspended: true });
    });
  });

  describe('reset', () => {
    it('twice within one start gives both callers a fresh worker', async () => {
      const { worker, workers, edges } = setUp({
        connect: () => new Promise((resolve) => void setTimeout(resolve, 5)),
      });
      await worker.ready();
      await Promise.all([worker.reset(), turn().then(() => worker.reset()), list(worker)]);
      expect(worker.machine.state).toBe('ready');
      expect(workers.slice(0, -1).every(({ terminated }) => terminated !== undefined)).toBe(true);
      expect(workers.at(-1)!.terminated).toBeUndefined();
      for (const [from, to] of edges) expect(sessionRules[from as 'ready']).toContain(to);
    });

    it('drops the checkpoint', async () => {
      const restored: unknown[] = [];
      const { worker } = setUp({ answers: { restore: () => restored.push('restored') } });
      await worker.ready();
      worker.applyCheckpoint(playedCheckpoint(['a']));
      await worker.reset();
      expect(restored).toEqual([]);
    });
  });

  it('is closed for good, also while it starts, and leaves no timer, listener or worker', async () => {
    vi.useFakeTimers();
    const before = liveResources();
    const { worker, workers, edges } = setUp({ limits: { idleTimeout: 1_000 }, connect: hanging });
    const starting = worker.ready();
    starting.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    await worker.close(async () => undefined);
    await expect(starting).rejects.toMatchObject({ name: 'SessionClosedError', phase: 'not-started' });
    await expect(list(worker)).rejects.toMatchObject({ name: 'SessionClosedError' });
    expect(await worker.suspend('because')).toMatchObject({ blockers: ['the session is closed'] });
    expect(workers).toHaveLength(1);
    expect(edges.at(-1)).toEqual(['closing', 'closed']);
    expect(vi.getTimerCount()).toBe(0);
    expect(liveResources()).toEqual(before);
  });

  it('B1: keeps to its rules through 500 random losses, resets, suspensions, requests and executions', async () => {
    const { worker, pool, workers, edges } = setUp({
      answers: { list: () => [], blockers: () => ({ blockers: [] }) },
      connect: turn,
    });
    let random = 1;
    const below = (limit: number): number => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((random / 2_147_483_648) * limit);
    };
    const operations = [
      () => worker.suspend('because'),
      () => list(worker),
      () => worker.reset(),
      async () => workers.at(-1)?.crash('killed'),
      async () => {
        const end = worker.beginExecution(await worker.ready());
        await turn();
        end();
      },
    ];
    const failures: Error[] = [];
    const outcomes: Promise<unknown>[] = [];
    for (let step = 0; step < 500; step++) {
      outcomes.push(operations[below(operations.length)]!().catch((error: Error) => failures.push(error)));
      if (below(3) === 0) await turn();
    }
    await Promise.all(outcomes);
    // A start that is lost, and a request that two losses meet, say so.
    expect(new Set(failures.map(({ name }) => name))).toEqual(new Set(['SessionCrashedError']));
    let at = 'created';
    for (const [from, to] of edges) {
      expect(from).toBe(at);
      expect(sessionRules[from as 'ready']).toContain(to);
      at = to;
    }
    await worker.ready();
    expect(worker.machine.state).toBe('ready');
    expect(workers.filter(({ terminated }) => terminated === undefined)).toHaveLength(1);
    expect(pool.freeCount).toBe(defaultLimits.maxSessions - 1);
    await worker.close(async () => undefined);
    expect(pool.freeCount).toBe(defaultLimits.maxSessions);
  });
});
