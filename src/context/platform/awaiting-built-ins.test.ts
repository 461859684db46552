import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { current, type AmbientExecution } from '../current.js';
import { runInMapping } from '../async-context/snapshot.js';
import { Variable } from '../async-context/variable.js';
import { contextOfThrown } from './errors.js';
import { installPlatform, type InstalledPlatform } from './install.js';

const variable = new Variable<string>();
let platform: InstalledPlatform;
beforeEach(() => {
  platform = installPlatform();
});
afterEach(() => platform.dispose());

/** Notes where it is asked, and gives that. */
const thenable = (): PromiseLike<unknown> =>
  ({ then: (resolve: (value: unknown) => void) => resolve(variable.get()) }) as PromiseLike<unknown>;

describe('return() of an async generator', () => {
  it('that has not begun asks a thenable in the context of the call', async () => {
    async function* generate(): AsyncGenerator<unknown, unknown> {
      yield 1;
      return 2;
    }
    expect(await variable.run('here', () => generate().return(thenable()))).toEqual({ value: 'here', done: true });
    expect(await generate().return(undefined)).toEqual({ value: undefined, done: true });
  });
});

describe.runIf('withResolvers' in Promise)('Promise.withResolvers', () => {
  interface Resolvers {
    readonly promise: Promise<unknown>;
    resolve(value: unknown): void;
    reject(reason: unknown): void;
  }
  const withResolvers = (): Resolvers => (Promise as unknown as { withResolvers(): Resolvers }).withResolvers();

  it('asks a thenable in the context in which it resolves, wherever it was made', async () => {
    const made = withResolvers();
    variable.run('there', () => made.resolve(thenable()));
    expect(await made.promise).toBe('there');
    expect([made.resolve.name, made.resolve.length, 'prototype' in made.resolve]).toEqual(['', 1, false]);
  });

  it('remembers the context of a rejection', async () => {
    const made = variable.run('made', withResolvers);
    const reason = new Error('x');
    variable.run('rejected', () => made.reject(reason));
    await made.promise.catch(() => undefined);
    expect(contextOfThrown(reason)?.values.get(variable)).toBe('rejected');
  });

  it('is rejected when the execution that made it is interrupted, and else lets go of it', async () => {
    const callbacks = new Set<(reason: Error) => void>();
    const execution: AmbientExecution = {
      id: 'e',
      interruption: undefined,
      onInterrupt: (callback) => {
        callbacks.add(callback);
        return () => callbacks.delete(callback);
      },
    };
    const make = () => runInMapping({ execution, values: new Map() }, withResolvers, undefined, []);
    const [waiting, done] = [make(), make()];
    done.resolve(1);
    expect(callbacks.size).toBe(1);
    const interruption = new Error('stopped');
    for (const callback of callbacks) callback(interruption);
    expect(await waiting.promise.catch((error: unknown) => error)).toBe(interruption);
    expect(await done.promise).toBe(1);
  });
});

describe.runIf('try' in Promise)('Promise.try', () => {
  it('asks a thenable in the context of the call, and passes arguments on', async () => {
    const promises = Promise as unknown as {
      try(fn: (...args: unknown[]) => unknown, ...args: unknown[]): Promise<unknown>;
    };
    expect(await variable.run('here', () => promises.try(thenable))).toBe('here');
    expect(await variable.run('here', () => promises.try((...args) => args, 1, 2))).toEqual([1, 2]);
  });
});

describe('Promise.reject', () => {
  it('remembers its context, and the latest one holds', async () => {
    const reason = new Error('x');
    const first = variable.run('first', () => Promise.reject(reason));
    expect(contextOfThrown(reason)?.values.get(variable)).toBe('first');
    await variable.run('second', () => Promise.reject(reason)).catch(() => undefined);
    await first.catch(() => undefined);
    expect(contextOfThrown(reason)?.values.get(variable)).toBe('second');
    await Promise.reject(reason).catch(() => undefined);
    expect(contextOfThrown(reason)).toBeUndefined();
  });
});

describe.runIf('fromAsync' in Array)('Array.fromAsync', () => {
  const fromAsync = (items: unknown, map?: (item: unknown) => unknown): Promise<unknown[]> =>
    (Array as unknown as { fromAsync(items: unknown, map?: (item: unknown) => unknown): Promise<unknown[]> }).fromAsync(
      items,
      map,
    );

  it('maps in the context of the call, and asks what that gives in it', async () => {
    expect(await variable.run('here', () => fromAsync([1, 2], () => variable.get()))).toEqual(['here', 'here']);
    expect(await variable.run('here', () => fromAsync([1], thenable))).toEqual(['here']);
  });

  it('iterates in the context of the call, whatever it iterates', async () => {
    const seen: string[] = [];
    const note = <T>(what: string, value: T): T => {
      seen.push(`${what} ${variable.get()}`);
      return value;
    };
    let count = 0;
    const iterator = {
      next: () => note('next', { done: count++ > 1, value: thenable() }),
      return: () => note('return', { done: true, value: 0 }),
    };
    const itself = (value: unknown): unknown => value;
    expect(
      await variable.run('sync', () => fromAsync({ [Symbol.iterator]: () => note('open', iterator) }, itself)),
    ).toEqual(['sync', 'sync']);
    count = 0;
    await variable.run('async', () =>
      fromAsync({
        [Symbol.asyncIterator]: () => note('open', { next: async () => note('next', { done: count++ > 1, value: 0 }) }),
      }),
    );
    expect(
      await variable.run('like', () =>
        fromAsync({
          length: 2,
          0: thenable(),
          get 1() {
            return note('get', 1);
          },
        }),
      ),
    ).toEqual(['like', 1]);
    count = 0;
    const failure = fromAsync.bind(undefined, { [Symbol.iterator]: () => iterator }, () => {
      throw new Error('x');
    });
    await variable.run('closed', failure).catch(() => undefined);
    expect(current.mapping).toBeUndefined();
    expect([...new Set(seen)]).toEqual([
      'open sync',
      'next sync',
      'open async',
      'next async',
      'get like',
      'next closed',
      'return closed',
    ]);
  });

  it('takes nothing else than it took', async () => {
    await expect(variable.run('here', () => fromAsync(null))).rejects.toThrow(TypeError);
    await expect(variable.run('here', () => fromAsync({ [Symbol.iterator]: 1 }))).rejects.toThrow(TypeError);
    await expect(variable.run('here', () => fromAsync({ [Symbol.asyncIterator]: 1 }))).rejects.toThrow(TypeError);
    await expect(variable.run('here', () => fromAsync({ [Symbol.iterator]: () => 1 }))).rejects.toThrow(TypeError);
    expect(await variable.run('here', () => fromAsync(5))).toEqual([]);
    expect(await variable.run('here', () => fromAsync('ab'))).toEqual(['a', 'b']);
  });
});
