import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Checkpoint } from '../../protocol/messages/checkpoint.js';
import type { ExecuteMessage, NamespaceEntry } from '../../protocol/messages/wire.js';
import { Codemode, type CodemodeOptions } from '../codemode.js';
import type { KernelMethod } from '../../protocol/methods.js';
import type { KernelHandlers } from '../workers/kernel-connection.js';
import { playedCheckpoint, playedNames } from '../checkpoints/testing/played-checkpoint.js';
import type { SessionState } from '../types.js';

interface PlayedWorker {
  readonly handlers: KernelHandlers;
  names: string[];
  obstacles: string[];
  lost: Checkpoint['lost'];
  isOver: boolean;
}

/** Workers whose namespace is a list of names: each execution adds its code to it, and returns all of them. */
function played(options: CodemodeOptions = {}): { codemode: Codemode; workers: PlayedWorker[] } {
  const workers: PlayedWorker[] = [];
  const codemode = new Codemode({
    ...options,
    connectKernel: async (handlers) => {
      const worker: PlayedWorker = { handlers, names: [], obstacles: [], lost: [], isOver: false };
      workers.push(worker);
      const answer: Partial<Record<KernelMethod, (message: never) => unknown>> = {
        execute: async ({ code }: ExecuteMessage) => {
          if (code === 'wait') await new Promise(() => undefined);
          worker.names.push(code);
          return {
            ok: true,
            value: [...worker.names],
            preview: { type: 'undefined', text: '' },
            duration: 1,
            pending: 0,
          };
        },
        blockers: () => ({ blockers: worker.obstacles }),
        pending: () => ({ mayRun: false, count: 0 }),
        checkpoint: () => handlers.api.checkpoint(playedCheckpoint(worker.names, worker.lost)),
        restore: ({ data }: { data: ArrayBuffer }) => {
          const names = playedNames(data);
          worker.names = names.filter((name) => name !== 'fragile');
          return {
            restored: [...worker.names],
            lost: names.filter((name) => name === 'fragile').map((name) => ({ name, reason: 'offline' })),
          };
        },
        list: () => worker.names.map((name) => ({ name }) as NamespaceEntry),
        read: ({ name }: { name: string }) => worker.names.indexOf(name),
      };
      return {
        request: async (method, message) => answer[method]?.(message as never),
        watch: () => ({ dispose: () => undefined }),
        terminate: () => {
          worker.isOver = true;
        },
      };
    },
  });
  return { codemode, workers };
}

const live = (workers: readonly PlayedWorker[]): number => workers.filter(({ isOver }) => !isOver).length;

describe('the suspension of a session', () => {
  afterEach(() => void vi.useRealTimers());

  it('gives the worker back, and the next execution finds its namespace', async () => {
    const { codemode, workers } = played();
    const session = codemode.session('s');
    const changes: (readonly [SessionState, SessionState, string | undefined])[] = [];
    await session.execute('a');
    session.addEventListener('statechange', ({ detail: { from, to, reason } }) => changes.push([from, to, reason]));
    expect(session.idleSince).toBeLessThanOrEqual(performance.now());
    expect(await Promise.all([session.suspend('because'), session.suspend()])).toEqual(
      [1, 2].map(() => ({ suspended: true, blockers: [] })),
    );
    expect(changes).toEqual([['ready', 'created', 'because']]);
    expect(session.idleSince).toBeUndefined();
    expect(live(workers)).toBe(0);
    expect((await session.execute('b')).value).toEqual(['a', 'b']);
    expect(await session.suspend()).toEqual({ suspended: true, blockers: [] });
    expect(await session.namespace.get('b')).toBe(1);
    expect(session.state).toBe('ready');
  });

  it('shows its names while it is suspended, and wakes nothing for that', async () => {
    const { codemode, workers } = played();
    const session = codemode.session('s');
    await session.execute('a');
    await session.suspend();
    expect(await session.namespace.list()).toMatchObject([{ name: 'a' }]);
    expect(await session.awaitPending()).toEqual({});
    expect(workers).toHaveLength(1);
    await session.reset();
    expect(await session.namespace.list()).toEqual([]);
    expect((await session.execute('b')).value).toEqual(['b']);
  });

  it('does not happen while anything would be lost, and says what', async () => {
    const { codemode, workers } = played();
    const session = codemode.session('s');
    await session.execute('a');
    workers[0]!.obstacles = ['timers are due: 1'];
    workers[0]!.lost = [{ name: 'socket', reason: 'it is a WebSocket' }];
    expect(await session.suspend()).toEqual({
      suspended: false,
      blockers: ['timers are due: 1', "“socket” can't be kept: it is a WebSocket"],
    });
    expect(session.state).toBe('ready');
    expect(live(workers)).toBe(1);
    const running = session.execute('wait');
    expect(await session.suspend()).toMatchObject({ suspended: false });
    await session.close();
    expect((await running).ok).toBe(false);
    expect(await session.suspend()).toEqual({ suspended: false, blockers: ['the session is closed'] });
  });

  it('gives way to an execution that comes while the worker is asked', async () => {
    const { codemode, workers } = played();
    const session = codemode.session('s');
    await session.execute('a');
    const suspending = session.suspend();
    const result = await session.execute('b');
    expect(await suspending).toEqual({ suspended: false, blockers: ['the session was used meanwhile'] });
    expect(result.value).toEqual(['a', 'b']);
    expect(live(workers)).toBe(1);
  });

  it('tells what did not come back', async () => {
    const { codemode } = played();
    const session = codemode.session('s');
    await session.execute('fragile');
    await session.suspend();
    const recovered = new Promise((resolve) => {
      session.addEventListener('recovered', ({ detail }) => resolve(detail));
    });
    await session.execute('b');
    expect(await recovered).toEqual({
      reason: 'it had been suspended',
      behind: [],
      restored: [],
      lost: [{ name: 'fragile', reason: 'offline' }],
    });
  });

  it('happens by itself after limits.idleTimeout, counted from the last use, and is tried again', async () => {
    vi.useFakeTimers();
    const { codemode, workers } = played({ limits: { idleTimeout: 1_000 } });
    const session = codemode.session('s');
    await session.execute('a');
    await vi.advanceTimersByTimeAsync(900);
    await session.namespace.list();
    workers[0]!.obstacles = ['timers are due: 1'];
    await vi.advanceTimersByTimeAsync(900);
    expect(session.state).toBe('ready');
    await vi.advanceTimersByTimeAsync(200);
    expect(session.state).toBe('ready');
    workers[0]!.obstacles = [];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.state).toBe('created');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('makes room for another session where limits.maxSessions have a worker: the one that has been idle longest goes', async () => {
    const { codemode, workers } = played({ limits: { maxSessions: 2 } });
    for (const name of ['a', 'b', 'a']) {
      await codemode.session(name).execute(`${name}1`);
      await new Promise((resolve) => {
        setTimeout(resolve, 2);
      });
    }
    await codemode.session('c').execute('c1');
    expect(['a', 'b', 'c'].map((name) => codemode.session(name).state)).toEqual(['ready', 'created', 'ready']);
    expect(live(workers)).toBe(2);
    expect((await codemode.session('b').execute('b2')).value).toEqual(['b1', 'b2']);
    expect(codemode.session('a').state).toBe('created');
    await codemode.close();
    expect(live(workers)).toBe(0);
  });

  it('lets a session wait for a worker that is spared, or one that is closed, and fail when none is', async () => {
    const { codemode, workers } = played({ limits: { maxSessions: 1, requestTimeout: 30 } });
    const first = codemode.session('first');
    await first.execute('a');
    workers[0]!.obstacles = ['timers are due: 1'];
    await expect(codemode.session('second').execute('b')).rejects.toMatchObject({
      name: 'SessionLimitError',
      phase: 'not-started',
      sessions: ['first'],
    });
    const waiting = codemode.session('second').execute('b');
    workers[0]!.obstacles = [];
    await first.execute('c');
    expect((await waiting).value).toEqual(['b']);
    const third = codemode.session('third').execute('d');
    await codemode.session('second').close();
    expect((await third).value).toEqual(['d']);
  });

  it('C7: a worker that is started ahead serves the next session, and one that is suspended comes back in it', async () => {
    const { codemode, workers } = played();
    await codemode.warm();
    expect(workers).toHaveLength(1);
    const session = codemode.session('s');
    await session.execute('a');
    expect(workers).toHaveLength(1);
    await session.suspend();
    await codemode.warm();
    expect((await session.execute('b')).value).toEqual(['a', 'b']);
    expect(workers).toHaveLength(2);
    await codemode.warm();
    await codemode.close();
    expect(live(workers)).toBe(0);
    await expect(codemode.warm()).rejects.toMatchObject({ name: 'ClientClosedError' });
  });
});
