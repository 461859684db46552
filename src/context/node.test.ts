import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AsyncContext, getCurrentContext, RuntimeContext, runWithContext } from './node.js';

const variable = new AsyncContext.Variable<string>({ defaultValue: 'none' });

/** What a callback sees that Node calls later. */
const seenBy = (begin: (callback: () => void) => void): Promise<string | undefined> =>
  new Promise((resolve) => begin(() => resolve(variable.get())));

describe('contexts in Node', () => {
  it('A1 follow plain code across awaits, for each of fifty callers', async () => {
    const own = async (): Promise<(string | undefined)[]> => {
      const seen = [variable.get()];
      await wait(Math.random() * 20);
      seen.push(variable.get());
      await readFile(import.meta.filename);
      for await (const _chunk of Readable.from(['a', 'b'])) seen.push(variable.get());
      return seen;
    };
    const ids = Array.from({ length: 50 }, (_, index) => `client ${index}`);
    expect(await Promise.all(ids.map((id) => variable.run(id, own)))).toEqual(ids.map((id) => Array(4).fill(id)));
    expect(variable.get()).toBe('none');
  });

  it.each<[string, (callback: () => void) => void]>([
    ['a timer', (callback) => setTimeout(callback, 1)],
    ['an immediate', setImmediate],
    ['a microtask', queueMicrotask],
    ['the next tick', (callback) => process.nextTick(callback)],
    ['a reaction', (callback) => void Promise.resolve().then(callback)],
    ['a file that was read', (callback) => void readFile(import.meta.filename).finally(callback)],
  ])('follow to %s', async (_, begin) => {
    expect(await variable.run('a', seenBy, begin)).toBe('a');
    expect(await seenBy(begin)).toBe('none');
  });

  it('A4 give each run its own context object, and none afterwards', async () => {
    const [a, b] = ['a', 'b'].map((client_id) => new RuntimeContext({ variables: { client_id } }));
    const read = async (): Promise<unknown> => {
      await wait(1);
      return getCurrentContext();
    };
    expect(await Promise.all([runWithContext(a!, read), read(), runWithContext(b!, read)])).toEqual([a, undefined, b]);
    expect(getCurrentContext()).toBeUndefined();
  });

  it('restore the outer value where a function throws, also after an await', async () => {
    await variable.run('outer', async () => {
      expect(() =>
        variable.run('inner', () => {
          throw new Error('x');
        }),
      ).toThrow('x');
      expect(variable.get()).toBe('outer');
      await expect(variable.run('inner', () => Promise.reject(new Error('y')))).rejects.toThrow('y');
      expect(variable.get()).toBe('outer');
    });
  });

  it('are captured by snapshots', async () => {
    const snapshot = variable.run('a', () => new AsyncContext.Snapshot());
    const wrapped = variable.run('b', () => AsyncContext.Snapshot.wrap(() => variable.get()));
    await wait(1);
    expect([snapshot.run(() => variable.get()), wrapped(), variable.get()]).toEqual(['a', 'b', 'none']);
    const emitter = new EventEmitter();
    const seen: unknown[] = [];
    emitter.on('event', () => seen.push(variable.get()));
    variable.run('emits', () => emitter.emit('event'));
    expect(seen).toEqual(['emits']);
  });
});
