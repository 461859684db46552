import { describe, expect, it } from 'vitest';
import { getCurrentContext, requireCurrentContext, runExecution, runWithContext } from './current-context.js';
import { current, type AmbientExecution } from './current.js';
import { ContextKeyError, NoContextError } from './errors.js';
import { contextVariable, RuntimeContext } from './runtime-context.js';
import { Variable } from './async-context/variable.js';

const a = RuntimeContext.from({ client_id: 'a' });
const b = RuntimeContext.from({ client_id: 'b' });
const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('current context', () => {
  it('A3 is undefined where none is set', () => {
    expect(getCurrentContext()).toBeUndefined();
  });

  it.each([undefined, null, {}, { client_id: 'a' }, 'a', Object.create(RuntimeContext.prototype)])(
    'A3 running with %j, which is not a RuntimeContext, is a TypeError',
    (value) => {
      let called = false;
      expect(() =>
        runWithContext(value as RuntimeContext, () => {
          called = true;
        }),
      ).toThrow(TypeError);
      expect(called).toBe(false);
    },
  );

  it('A3 holds during the call, nests, and is restored also when it throws', () => {
    runWithContext(a, () => {
      expect(getCurrentContext()).toBe(a);
      expect(runWithContext(b, getCurrentContext)).toBe(b);
      expect(() =>
        runWithContext(b, () => {
          throw new Error('x');
        }),
      ).toThrow('x');
      expect(getCurrentContext()).toBe(a);
    });
    expect(getCurrentContext()).toBeUndefined();
  });

  it('A6 context.run nests, adds variables and restores', () => {
    const seen = a.run(() => [
      getCurrentContext()?.get('client_id'),
      a.run({ step: 1 }, () => getCurrentContext()?.variables),
      getCurrentContext()?.has('step'),
    ]);
    expect(seen).toEqual(['a', { client_id: 'a', step: 1 }, false]);
    expect(() => a.run({ step: 1 }, undefined as never)).toThrow(TypeError);
  });

  it('A1 each client finds its own id in the context that it was handed, after waits of 100, 50 and 150 ms', async () => {
    const client = async (context: RuntimeContext, milliseconds: number): Promise<unknown> => {
      await delay(milliseconds);
      return runWithContext(context, () => requireCurrentContext('the client').require('client_id'));
    };
    const contexts = ['a', 'b', 'c'].map((client_id) => RuntimeContext.from({ client_id }));
    const delays = [100, 50, 150];
    expect(await Promise.all(contexts.map((context, index) => client(context, delays[index] ?? 0)))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('A2 code that nobody instrumented sees no context after a wait, never that of another', async () => {
    const seen: unknown[] = [];
    const look = async (): Promise<void> => {
      await Promise.resolve();
      seen.push(getCurrentContext());
    };
    await Promise.all([runWithContext(a, look), runWithContext(b, look)]);
    expect(seen).toEqual([undefined, undefined]);
  });

  it('A6 names what needs a context where there is none, and the variable where it is missing', () => {
    expect(() => requireCurrentContext('tool "weather"')).toThrow(NoContextError);
    expect(() => requireCurrentContext('tool "weather"')).toThrow('tool "weather" needs one');
    expect(() => runWithContext(a, () => requireCurrentContext('x').require('region'))).toThrow(ContextKeyError);
  });

  it('runs an execution in its own context alone, whatever is around it', () => {
    const other = new Variable<number>();
    const execution: AmbientExecution = { id: 'e', interruption: undefined };
    other.run(1, () =>
      runWithContext(a, () => {
        runExecution(execution, b, () => {
          expect(current.mapping?.execution).toBe(execution);
          expect(getCurrentContext()).toBe(b);
          expect(other.get()).toBeUndefined();
          expect(contextVariable.run(a, () => current.mapping?.execution)).toBe(execution);
        });
        expect(getCurrentContext()).toBe(a);
        expect(current.mapping?.execution).toBeUndefined();
      }),
    );
    expect(current.mapping).toBeUndefined();
  });
});
