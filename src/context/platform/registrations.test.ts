import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Variable } from '../async-context/variable.js';
import { Patches } from './patches.js';
import { patchRegistrations } from './registrations.js';

const variable = new Variable<string>();

const kept: unknown[] = [];

describe('finalization', () => {
  it('calls back in the context in which the registry was made', () => {
    class FakeRegistry {
      constructor(readonly cleanUp: (held: string) => void) {}
    }
    const realm = { FinalizationRegistry: FakeRegistry };
    patchRegistrations(new Patches(), realm as unknown as typeof globalThis);
    const seen: unknown[] = [];
    const made = variable.run('made', () => new realm.FinalizationRegistry((held) => seen.push(held, variable.get())));
    variable.run('later', () => made.cleanUp('held'));
    expect(seen).toEqual(['held', 'made']);
    expect(new realm.FinalizationRegistry('no function' as never).cleanUp).toBe('no function');
  });

  it('does so in the engine', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const patches = new Patches();
    patchRegistrations(patches, globalThis);
    try {
      const seen = new Promise((resolve) => {
        const registry = variable.run('made', () => new FinalizationRegistry(() => resolve(variable.get())));
        variable.run('registered', () => registry.register({}, 'held', registry));
        kept.push(registry);
      });
      const timer = setInterval(collect, 1);
      expect(await seen).toBe('made');
      clearInterval(timer);
    } finally {
      patches.dispose();
    }
  });
});

describe('locks', () => {
  it('are given in the context of the request, with options and without', async () => {
    class FakeLocks {
      async request(...args: unknown[]): Promise<unknown> {
        await Promise.resolve();
        return (args.at(-1) as (lock: object) => unknown)({ name: args[0] });
      }
    }
    patchRegistrations(new Patches(), { LockManager: FakeLocks } as unknown as typeof globalThis);
    const locks = new FakeLocks();
    const given = variable.run('asked', () => [
      locks.request('a', () => variable.get()),
      locks.request('a', { mode: 'shared' }, (lock: { name: string }) => [lock.name, variable.get()]),
    ]);
    expect(await Promise.all(given)).toEqual(['asked', ['a', 'asked']]);
  });
});
