import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { current, type AmbientExecution } from '../current.js';
import { runInMapping } from '../async-context/snapshot.js';
import { Variable } from '../async-context/variable.js';
import { installPlatform, type InstalledPlatform } from './install.js';
import { Patches } from './patches.js';
import { patchTimers, type ExecutionTimers } from './timers.js';

const variable = new Variable<string>();
let platform: InstalledPlatform;
beforeEach(() => {
  platform = installPlatform();
});
afterEach(() => platform.dispose());

const newExecution = (): AmbientExecution & { interruption: Error | undefined } => ({
  id: 'e',
  interruption: undefined,
});
const countOf = (timers: ExecutionTimers, execution: AmbientExecution): number => {
  let count = 0;
  timers.forEach((timer) => (count += timer.execution === execution ? 1 : 0));
  return count;
};
const within = <T>(execution: AmbientExecution, fn: () => T): T =>
  runInMapping({ execution, values: new Map() }, fn, undefined, []);

describe('timers', () => {
  it.each<[string, (callback: () => void) => void]>([
    ['setTimeout', (callback) => setTimeout(callback, 1)],
    [
      'setInterval',
      (callback) => {
        const id = setInterval(() => {
          clearInterval(id);
          callback();
        }, 1);
      },
    ],
    ['setImmediate', (callback) => setImmediate(callback)],
    ['queueMicrotask', (callback) => queueMicrotask(callback)],
  ])('%s calls back in the context of the call', async (_name, start) => {
    const seen = await new Promise((resolve) => variable.run('here', () => start(() => resolve(variable.get()))));
    expect(seen).toBe('here');
    const none = await new Promise((resolve) => start(() => resolve(variable.get())));
    expect(none).toBeUndefined();
  });

  it.each<[string, (callback: () => void) => void]>([
    ['setTimeout', (callback) => setTimeout(callback, 1)],
    ['setImmediate', (callback) => setImmediate(callback)],
    ['queueMicrotask', (callback) => queueMicrotask(callback)],
  ])('F4 %s without a context sees nothing that was left behind, and leaves nothing', async (_name, start) => {
    let ended = (): void => undefined;
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const seen: unknown[] = [];
    start(() => {
      seen.push(current.mapping);
      ended();
    });
    current.mapping = { execution: newExecution(), values: new Map() };
    // Native code: what has been left stays until the callback.
    await end;
    expect(seen).toEqual([undefined]);
    expect(current.mapping).toBeUndefined();
  });

  it('postTask calls back in the context of the call', () => {
    const tasks: (() => unknown)[] = [];
    class Scheduler {
      postTask(callback: () => unknown): void {
        tasks.push(callback);
      }
    }
    patchTimers(new Patches(), { Scheduler } as unknown as typeof globalThis);
    variable.run('here', () => new Scheduler().postTask(() => variable.get()));
    expect(tasks[0]!()).toBe('here');
  });

  it('pass on arguments', async () => {
    const seen = await new Promise((resolve) =>
      variable.run('x', () => setTimeout((...args: number[]) => resolve(args), 1, 2, 3)),
    );
    expect(seen).toEqual([2, 3]);
  });

  it('belong to their execution until they fire or are cleared', async () => {
    const execution = newExecution();
    const { timers } = platform;
    await new Promise<void>((resolve) =>
      within(execution, () => {
        setTimeout(resolve, 1);
        const cleared = setTimeout(() => undefined, 10_000);
        const interval = setInterval(() => undefined, 10_000);
        expect(countOf(timers, execution)).toBe(3);
        clearTimeout(cleared);
        clearTimeout(cleared);
        clearTimeout(interval);
        expect(countOf(timers, execution)).toBe(1);
      }),
    );
    expect(countOf(timers, execution)).toBe(0);
    expect(countOf(timers, newExecution())).toBe(0);
  });

  it('end together with their execution, and no others do', async () => {
    const [stopped, other] = [newExecution(), newExecution()];
    const fired: string[] = [];
    within(stopped, () => {
      setTimeout(() => fired.push('stopped'), 1);
      setInterval(() => fired.push('stopped'), 1);
    });
    platform.timers.clear(stopped);
    expect(countOf(platform.timers, stopped)).toBe(0);
    await new Promise<void>((resolve) =>
      within(other, () =>
        setTimeout(() => {
          fired.push('other');
          setTimeout(resolve, 5);
        }, 1),
      ),
    );
    expect(fired).toEqual(['other']);
  });

  it('of an interrupted execution call nothing any more', async () => {
    const execution = newExecution();
    const fired: string[] = [];
    within(execution, () => {
      setTimeout(() => fired.push('timeout'), 1);
      queueMicrotask(() => fired.push('microtask'));
    });
    execution.interruption = new Error('stopped');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(fired).toEqual([]);
  });

  it('know the ids and the families of browsers', () => {
    const due = new Map<number, () => void>();
    let last = 0;
    const start = (callback: () => void): number => {
      last += 1;
      due.set(last, callback);
      return last;
    };
    const end = (id: unknown): void => void due.delete(Number(id));
    class Scheduler {
      postTask(callback: () => unknown): unknown {
        return callback();
      }
    }
    const realm = {
      setTimeout: start,
      setInterval: start,
      clearTimeout: end,
      clearInterval: end,
      requestAnimationFrame: start,
      cancelAnimationFrame: end,
      requestIdleCallback: start,
      cancelIdleCallback: end,
      Scheduler,
    };
    const timers = patchTimers(new Patches(), realm as unknown as typeof globalThis);
    const execution = newExecution();
    within(execution, () => {
      realm.clearTimeout(String(realm.setTimeout(() => undefined)));
      realm.requestAnimationFrame(() => undefined);
      realm.requestIdleCallback(() => undefined);
      realm.setInterval(() => undefined);
      expect(new Scheduler().postTask(() => variable.get())).toBeUndefined();
    });
    expect(countOf(timers, execution)).toBe(3);
    due.get(2)?.();
    expect(countOf(timers, execution)).toBe(2);
    due.get(4)?.();
    expect(countOf(timers, execution)).toBe(2);
    timers.clear(execution);
    expect([...due.keys()]).toEqual([2]);
  });
});
