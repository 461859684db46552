import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** What an engine will have, on what Node has: contexts that follow code which nobody instrumented. */
class NativeVariable<T> {
  readonly #storage = new AsyncLocalStorage<{ readonly value: T }>();

  run<Args extends unknown[], Result>(value: T, fn: (...args: Args) => Result, ...args: Args): Result {
    return this.#storage.run({ value }, fn, ...args);
  }

  get(): T | undefined {
    return this.#storage.getStore()?.value;
  }
}

class NativeSnapshot {
  readonly run = AsyncLocalStorage.snapshot();
}

const execution = { id: 'e', interruption: undefined };

describe('where AsyncContext is native', () => {
  beforeEach(() => {
    vi.resetModules();
    vi.stubGlobal('AsyncContext', { Variable: NativeVariable, Snapshot: NativeSnapshot });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('A4 the current context is in a variable of the engine’s, and follows code that is not instrumented', async () => {
    const { AsyncContext, getCurrentContext, RuntimeContext, runWithContext } = await import('../context/index.js');
    expect(AsyncContext.Variable).toBe(NativeVariable);
    const look = async (): Promise<unknown> => {
      await new Promise((resolve) => setTimeout(resolve));
      return getCurrentContext()?.get('client');
    };
    const seen = ['a', 'b'].map((client) => runWithContext(RuntimeContext.from({ client }), look));
    expect(await Promise.all([...seen, look()])).toEqual(['a', 'b', undefined]);
  });

  it('A1 code of a worker keeps it, and its execution, which the instrumentation stops and knows by its output', async () => {
    const { current } = await import('../context/current.js');
    const { getCurrentContext, runExecution } = await import('../context/current-context.js');
    const { RuntimeContext } = await import('../context/runtime-context.js');
    const { installPlatform } = await import('../context/platform/install.js');
    const { instrumentedProgram } = await import('./testing/instrumented-programs.js');
    const platform = installPlatform();
    try {
      const seen: unknown[] = [];
      const program = instrumentedProgram(`
        log('start'); await 0; log('await'); await new Promise((resolve) => setTimeout(resolve)); log('timer');
        await Promise.resolve().then(() => log('then'));
        async function* g() { yield log('generator'); await 0; yield log('generator'); }
        for await (const x of g()) log('for await');
        await { then(resolve) { log('thenable'); resolve(); } };`);
      const log = (where: unknown): void =>
        void seen.push([where, getCurrentContext()?.get('client'), current.mapping?.execution?.id]);
      await runExecution(execution, RuntimeContext.from({ client: 'a' }), () =>
        program({ log, get: () => undefined, run: () => undefined }),
      );
      expect(seen).toEqual(
        ['start', 'await', 'timer', 'then', 'generator', 'for await', 'generator', 'for await', 'thenable'].map(
          (where) => [where, 'a', 'e'],
        ),
      );
      expect([getCurrentContext(), current.mapping]).toEqual([undefined, undefined]);
    } finally {
      platform.dispose();
    }
  });
});
