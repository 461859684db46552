import { describe, expect, it } from 'vitest';
import { PendingPromises } from './pending-promises.js';

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

function tracked(bindings: Map<string, unknown>): {
  pending: PendingPromises;
  rejected: unknown[];
  count: Promise<number>;
} {
  const rejected: unknown[] = [];
  const pending = new PendingPromises({
    read: (name) => bindings.get(name),
    write: (name, value) => bindings.set(name, value),
    onRejected: (name, reason) => rejected.push([name, reason]),
    isProxy: () => false,
  });
  const promises = [...bindings.values()].filter((value) => value instanceof Promise);
  const count = new Promise<number>((resolve) => {
    pending.observe(promises, () => {
      pending.track({}, bindings);
      resolve(pending.entries().length);
    });
  });
  return { pending, rejected, count };
}

const settleAll = (pending: PendingPromises): Promise<Record<string, unknown>> =>
  new Promise((resolve) => pending.settleAll([], resolve));

describe('pending promises', () => {
  it('C3: tracks an unsettled promise under its name and binds its value when it is waited for', async () => {
    const slow = deferred<string>();
    const bindings = new Map<string, unknown>([
      ['task', slow.promise],
      ['done', Promise.resolve(1)],
      ['x', 2],
    ]);
    const { pending, count } = tracked(bindings);
    expect(await count).toBe(1);
    expect(pending.entries().map(({ name }) => name)).toEqual(['task']);
    expect(pending.isPending('task')).toBe(true);
    expect(pending.stateOf(slow.promise)).toEqual({ state: 'pending' });
    const values = settleAll(pending);
    slow.resolve('done');
    expect(await values).toEqual({ task: 'done' });
    expect(bindings.get('task')).toBe('done');
    expect(pending.entries()).toEqual([]);
  });

  it('C3: leaves a name alone that was assigned anew meanwhile', async () => {
    const slow = deferred<string>();
    const bindings = new Map<string, unknown>([['task', slow.promise]]);
    const { pending, count } = tracked(bindings);
    await count;
    bindings.set('task', 'other');
    const values = settleAll(pending);
    slow.resolve('done');
    expect(await values).toEqual({ task: 'done' });
    expect(bindings.get('task')).toBe('other');
  });

  it('F2: runs no code of a value that only looks like a promise', async () => {
    const ran: string[] = [];
    class Listed extends Promise<number> {
      constructor(start: (resolve: (value: number) => void) => void) {
        super(start);
        ran.push('constructor of the class');
      }
    }
    const own = Promise.resolve(2);
    Object.defineProperty(own, 'constructor', { get: () => ran.push('own constructor') });
    const { pending } = tracked(new Map());
    const values = [new Listed((resolve) => resolve(1)), own, Object.create(Promise.prototype), null];
    ran.length = 0;
    expect(values.filter(pending.isNative)).toEqual([]);
    expect(ran).toEqual([]);
  });

  it('C4: reports a pending promise that is rejected', async () => {
    const slow = deferred<string>();
    const { pending, count, rejected } = tracked(new Map([['task', slow.promise]]));
    await count;
    const values = settleAll(pending);
    slow.reject('no');
    expect(await values).toEqual({});
    expect(rejected).toEqual([['task', 'no']]);
  });
});
