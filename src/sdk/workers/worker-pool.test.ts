import { afterEach, describe, expect, it, vi } from 'vitest';
import { liveResources } from '../../protocol/resources/live-resources.js';
import type { StartMessage } from '../../protocol/messages/wire.js';
import { ExecutorClient } from './executor-client.js';
import type { HostApi, KernelMethod } from '../../protocol/methods.js';
import type { KernelHandlers } from './kernel-connection.js';
import { WorkerPool, type LeaseRequest, type WorkerHolder } from './worker-pool.js';

interface PlayedWorker {
  readonly handlers: KernelHandlers;
  readonly requests: KernelMethod[];
  terminated: string | undefined;
  /** It does not answer. */
  isDeaf: boolean;
}

const signal = new AbortController().signal;
const start: StartMessage = {
  context: { runId: 'r', correlationId: 'r', variables: {}, metadata: {} },
  settings: { config: {}, importMap: {}, baseUrl: 'http://localhost/', lateWork: 5_000 },
};
const api: HostApi = {
  callTool: async () => 'called',
  cancelToolCall: () => undefined,
  output: () => undefined,
  running: () => undefined,
  checkpoint: () => undefined,
  loadPart: () => '',
  mutate: () => undefined,
  loadModule: async () => ({ url: 'x', source: '' }),
};
const holder = (name = 's', more: Partial<WorkerHolder> = {}): WorkerHolder => ({
  name,
  idleSince: undefined,
  suspend: async () => ({ suspended: false, blockers: [], obstacles: [] }),
  ...more,
});
const session = (name?: string): LeaseRequest & { readonly lost: Error[] } => {
  const lost: Error[] = [];
  return { holder: holder(name), handlers: { api, onLost: (error) => lost.push(error) }, start, lost };
};

function playedPool({
  minIdle = 0,
  maxSessions = 32,
  requestTimeout = 60_000,
  failure = (_attempt: number): Error | undefined => undefined,
  isDeaf = false,
} = {}) {
  const workers: PlayedWorker[] = [];
  let attempts = 0;
  const pool = new WorkerPool({
    limits: { minIdle, maxSessions, requestTimeout },
    connect: async (handlers, opening) => {
      const error = failure(++attempts);
      if (error !== undefined) throw error;
      opening.throwIfAborted();
      const worker: PlayedWorker = { handlers, requests: [], terminated: undefined, isDeaf };
      workers.push(worker);
      return {
        request: async (method) => {
          worker.requests.push(method);
          return await (worker.isDeaf ? new Promise(() => undefined) : Promise.resolve(method));
        },
        watch: () => ({ dispose: () => undefined }),
        terminate: (reason) => {
          worker.terminated ??= reason;
        },
      };
    },
  });
  return { pool, workers };
}

describe('a pool of workers', () => {
  afterEach(() => void vi.useRealTimers());

  it('opens nothing before somebody asks, and leases each session a started worker of its own', async () => {
    const { pool, workers } = playedPool({ minIdle: 1 });
    expect(workers).toHaveLength(0);
    await pool.fill();
    expect(workers).toHaveLength(1);
    const leases = await Promise.all([pool.lease(session(), signal), pool.lease(session(), signal)]);
    expect(workers).toHaveLength(2);
    expect(pool.idleCount).toBe(0);
    expect(workers.map(({ requests }) => requests)).toEqual([['start'], ['start']]);
    for (const { release } of leases) release('the session was closed');
    expect(workers.map(({ terminated }) => terminated)).toEqual(['the session was closed', 'the session was closed']);
  });

  it('starts eight at a time; one that fails, or is not wanted any more, lets the next one in', async () => {
    const { pool, workers } = playedPool({ isDeaf: true });
    const given = Array.from({ length: 11 }, () => new AbortController());
    const leases = given.map((controller) => pool.lease(session(), controller.signal).catch(() => undefined));
    await vi.waitFor(() => expect(workers).toHaveLength(8));
    for (const worker of workers) expect(worker.requests).toEqual(['start']);
    given[8]!.abort(new Error('not wanted'));
    given[0]!.abort(new Error('not wanted'));
    await Promise.all([leases[8], leases[0]]);
    await vi.waitFor(() => expect(workers).toHaveLength(9));
    for (const controller of given) controller.abort(new Error('over'));
    await Promise.all(leases);
    expect(workers).toHaveLength(9);
    expect(pool.freeCount).toBe(32);
  });

  it('keeps as many idle as it should, and as there are free places', async () => {
    const { pool, workers } = playedPool({ minIdle: 2, maxSessions: 2 });
    await pool.lease(session(), signal);
    expect(pool.idleCount).toBe(0);
    await pool.fill();
    expect(pool.idleCount).toBe(1);
    await pool.fill();
    expect(workers).toHaveLength(2);
  });

  it('lets an idle worker call nothing, and from its lease on the host of its session', async () => {
    const { pool, workers } = playedPool();
    await pool.fill(1);
    const [worker] = workers;
    expect(() => worker!.handlers.api).toThrow('no session');
    const taker = session();
    await pool.lease(taker, signal);
    expect(await worker!.handlers.api.callTool({} as never)).toBe('called');
    worker!.handlers.onLost(new Error('gone'));
    expect(taker.lost).toHaveLength(1);
  });

  it('leases nobody a worker that was lost while it was idle, or never opened', async () => {
    const { pool, workers } = playedPool();
    await pool.fill(1);
    workers[0]!.handlers.onLost(new Error('gone'));
    expect(pool.idleCount).toBe(0);
    await pool.lease(session(), signal);
    expect(workers).toHaveLength(2);

    const failing = playedPool({ failure: (attempt) => (attempt === 1 ? new Error('no runner') : undefined) });
    const filling = failing.pool.fill(1);
    await failing.pool.lease(session(), signal);
    await filling;
    expect(failing.workers).toHaveLength(1);
  });

  it('says that another try may help when an idle worker does not answer, and gives up those beside it', async () => {
    const before = liveResources();
    const { pool, workers } = playedPool();
    await pool.fill(2);
    workers[0]!.isDeaf = true;
    vi.useFakeTimers();
    const leasing = pool.lease(session(), signal);
    leasing.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(leasing).rejects.toMatchObject({ transient: true, phase: 'not-started' });
    expect(pool.idleCount).toBe(0);
    expect(workers.map(({ terminated }) => terminated)).toEqual([
      'it did not start',
      'a worker of its process does not answer',
    ]);
    expect(liveResources()).toEqual(before);
  });

  it('C9: gives up the idle ones when a worker is ended under running code, for they may share its process', async () => {
    const { pool, workers } = playedPool();
    await pool.fill(2);
    const lease = await pool.lease(session(), signal);
    lease.release('the session was closed');
    expect(pool.idleCount).toBe(1);
    const other = await pool.lease(session(), signal);
    await pool.fill(1);
    other.release('the code did not end', true);
    await vi.waitUntil(() => workers[2]?.terminated !== undefined);
    expect(pool.idleCount).toBe(0);
  });

  it('suspends the holder that has been idle longest when a session waits, and lets it wait in vain otherwise', async () => {
    vi.useFakeTimers();
    const { pool } = playedPool({ maxSessions: 3, requestTimeout: 100 });
    const suspended: string[] = [];
    const holders = (['busy', 'recent', 'old'] as const).map((name, index) =>
      holder(name, {
        idleSince: index === 0 ? undefined : 10 - index,
        suspend: async () => {
          suspended.push(name);
          if (name === 'old' && suspended.length === 2) (await leases[2]!).release('suspended');
          return { suspended: name === 'old' && suspended.length === 2, blockers: [], obstacles: [] };
        },
      }),
    );
    const leases = holders.map((one) => pool.lease({ ...session(), holder: one }, signal));
    await Promise.all(leases);
    suspended.push('nobody');
    await pool.lease(session('new'), signal);
    expect(suspended).toEqual(['nobody', 'old']);
    const vain = pool.lease(session('late'), signal);
    vain.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(100);
    await expect(vain).rejects.toMatchObject({ name: 'SessionLimitError', sessions: ['busy', 'recent', 'new'] });
    expect(suspended).toEqual(['nobody', 'old', 'recent']);
  });

  describe('gives a place back once', () => {
    const onlyPlace = async (pool: WorkerPool): Promise<void> => {
      expect(pool.freeCount).toBe(1);
      const lease = await pool.lease(session(), signal);
      expect(pool.freeCount).toBe(0);
      lease.release('done');
      expect(pool.freeCount).toBe(1);
    };

    it('when a lease is released, also twice', async () => {
      const { pool } = playedPool({ maxSessions: 2 });
      const [lease] = [await pool.lease(session(), signal), await pool.lease(session(), signal)];
      lease!.release('done');
      lease!.release('done');
      await onlyPlace(pool);
    });

    it('when a worker can’t be opened', async () => {
      const { pool } = playedPool({
        maxSessions: 1,
        failure: (attempt) => (attempt === 1 ? new Error('no runner') : undefined),
      });
      await expect(pool.lease(session(), signal)).rejects.toThrow('no runner');
      await onlyPlace(pool);
    });

    it('when a worker does not answer', async () => {
      const { pool, workers } = playedPool({ maxSessions: 1, requestTimeout: 5, isDeaf: true });
      await expect(pool.lease(session(), signal)).rejects.toMatchObject({
        name: 'RequestTimeoutError',
        phase: 'not-started',
      });
      expect(pool.freeCount).toBe(1);
      expect(workers[0]!.terminated).toBe('it did not start');
    });

    it('when nobody waits for the worker any more', async () => {
      const { pool, workers } = playedPool({ maxSessions: 1, isDeaf: true });
      const controller = new AbortController();
      const leasing = pool.lease(session(), controller.signal);
      leasing.catch(() => undefined);
      await vi.waitUntil(() => workers[0]?.requests.length === 1);
      controller.abort(new Error('closed'));
      await expect(leasing).rejects.toThrow('closed');
      expect(pool.freeCount).toBe(1);
    });

    it('when a worker is lost, at once', async () => {
      const { pool, workers } = playedPool({ maxSessions: 1 });
      const lost: Error[] = [];
      const client = new ExecutorClient({
        pool,
        holder: holder(),
        api,
        settings: start.settings,
        limits: { requestTimeout: 60_000 },
        housekeepingContext: () => start.context,
        onLost: (error) => lost.push(error),
      });
      await client.open();
      expect(pool.freeCount).toBe(0);
      workers[0]!.handlers.onLost(new Error('gone'));
      expect(pool.freeCount).toBe(1);
      client.close();
      workers[0]!.handlers.onLost(new Error('gone again'));
      expect(lost.map(({ message }) => message)).toEqual(['gone']);
      await expect(workers[0]!.handlers.api.callTool({} as never)).rejects.toThrow('Client has been closed');
      await expect(client.request('list', {})).rejects.toThrow('gone');
      await onlyPlace(pool);
    });
  });

  it('B4: ends the idle ones when it is closed, also those that are still opening', async () => {
    const before = liveResources();
    const { pool, workers } = playedPool();
    await pool.fill(1);
    const filling = pool.fill(2);
    pool.close();
    await filling;
    await pool.fill(3);
    expect(workers.every(({ terminated }) => terminated !== undefined)).toBe(true);
    expect(pool.idleCount).toBe(0);
    expect(liveResources()).toEqual(before);
  });
});
