import { afterEach, describe, expect, it, vi } from 'vitest';
import { liveResources } from '../../protocol/resources.js';
import type { HostApi, KernelHandlers, KernelMethod } from './kernel-connection.js';
import { WorkerPool } from './worker-pool.js';

interface PlayedWorker {
  readonly handlers: KernelHandlers;
  readonly requests: KernelMethod[];
  terminated: string | undefined;
  /** Whether it answers. */
  isDeaf: boolean;
}

const signal = new AbortController().signal;
const api: HostApi = {
  callTool: async () => 'called',
  cancelToolCall: () => undefined,
  output: () => undefined,
  checkpoint: () => undefined,
  loadModule: async () => ({ url: 'x', source: '' }),
};
const session = (): KernelHandlers & { readonly lost: Error[] } => {
  const lost: Error[] = [];
  return { api, lost, onLost: (error) => lost.push(error) };
};

function playedPool({
  minIdle = 0,
  room = Infinity,
  fails = () => false,
}: { minIdle?: number; room?: number; fails?: () => boolean } = {}) {
  const workers: PlayedWorker[] = [];
  const pool = new WorkerPool({
    minIdle,
    hasRoom: (waiting) => waiting < room,
    connect: async (handlers, opening) => {
      if (fails()) throw new Error('no runner');
      opening.throwIfAborted();
      const worker: PlayedWorker = { handlers, requests: [], terminated: undefined, isDeaf: false };
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

  it('opens nothing before somebody asks, and gives each session one of its own', async () => {
    const { pool, workers } = playedPool({ minIdle: 1 });
    expect(workers).toHaveLength(0);
    await pool.fill();
    expect(workers).toHaveLength(1);
    await Promise.all([pool.connect(session(), signal), pool.connect(session(), signal)]);
    expect(workers).toHaveLength(2);
    expect(pool.size).toBe(0);
    expect(workers.map(({ requests }) => requests)).toEqual([[], []]);
  });

  it('starts the next one ahead when a session has run code', async () => {
    const { pool, workers } = playedPool({ minIdle: 2, room: 1 });
    const connection = await pool.connect(session(), signal);
    await connection.request('start', {});
    expect(pool.size).toBe(0);
    await connection.request('execute', {});
    expect(pool.size).toBe(1);
    expect(workers).toHaveLength(2);
  });

  it('hears a worker that waits in the name of nobody, and from then on in the name of who takes it', async () => {
    const { pool, workers } = playedPool();
    await pool.fill(1);
    const [worker] = workers;
    expect(() => worker!.handlers.api).toThrow('no session');
    const taker = session();
    await pool.connect(taker, signal);
    expect(await worker!.handlers.api.callTool({} as never)).toBe('called');
    worker!.handlers.onLost(new Error('gone'));
    expect(taker.lost).toHaveLength(1);
  });

  it('gives nobody a worker that was lost while it waited, or never started', async () => {
    const { pool, workers } = playedPool();
    await pool.fill(1);
    workers[0]!.handlers.onLost(new Error('gone'));
    expect(pool.size).toBe(0);
    await pool.connect(session(), signal);
    expect(workers).toHaveLength(2);

    let isFirst = true;
    const failing = playedPool({ fails: () => isFirst && !(isFirst = false) });
    const filling = failing.pool.fill(1);
    await failing.pool.connect(session(), signal);
    await filling;
    expect(failing.workers).toHaveLength(1);
  });

  it('says that to try again may help when a worker that waited does not answer, and gives up those beside it', async () => {
    const before = liveResources();
    const { pool, workers } = playedPool();
    await pool.fill(2);
    workers[0]!.isDeaf = true;
    const connection = await pool.connect(session(), signal);
    vi.useFakeTimers();
    const starting = connection.request('start', {});
    starting.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(starting).rejects.toMatchObject({ transient: true, phase: 'not-started' });
    expect(pool.size).toBe(0);
    expect(workers[1]!.terminated).toBeDefined();
    expect(liveResources()).toEqual(before);
  });

  it('C9: gives up those that wait when a worker is ended under running code, for they may share its process', async () => {
    const { pool, workers } = playedPool();
    await pool.fill(2);
    const connection = await pool.connect(session(), signal);
    connection.terminate('the session was closed');
    expect(pool.size).toBe(1);
    const other = await pool.connect(session(), signal);
    await pool.fill(1);
    workers[1]!.isDeaf = true;
    void other.request('execute', {});
    other.terminate('the code did not end');
    await vi.waitUntil(() => workers[2]?.terminated !== undefined);
    expect(pool.size).toBe(0);
  });

  it('B4: ends what waits when it is closed, what still starts included', async () => {
    const before = liveResources();
    const { pool, workers } = playedPool();
    await pool.fill(1);
    const filling = pool.fill(2);
    pool.close();
    await filling;
    await pool.fill(3);
    expect(workers.every(({ terminated }) => terminated !== undefined)).toBe(true);
    expect(pool.size).toBe(0);
    expect(liveResources()).toEqual(before);
  });
});
