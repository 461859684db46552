import { describe, expectTypeOf, it } from 'vitest';
import type { Codemode } from './codemode.js';
import type { Session } from './session/session.js';
import type { ExecutionError, ExecutionResult } from './types.js';

describe('the type of a result', () => {
  it('`ok` tells a value from an error', () => {
    const read = (result: ExecutionResult<number>): number => {
      expectTypeOf(result.value).toEqualTypeOf<number | undefined>();
      expectTypeOf(result.error).toEqualTypeOf<ExecutionError | undefined>();
      if (result.ok) {
        expectTypeOf(result.value).toEqualTypeOf<number>();
        expectTypeOf(result.error).toEqualTypeOf<undefined>();
        return result.value;
      }
      expectTypeOf(result.error).toEqualTypeOf<ExecutionError>();
      expectTypeOf(result.value).toEqualTypeOf<undefined>();
      return 0;
    };
    expectTypeOf(read).toBeFunction();
  });

  it('an error that is there tells a failure', () => {
    const read = (result: ExecutionResult<number>): void => {
      if (result.error) expectTypeOf(result.ok).toEqualTypeOf<false>();
      else expectTypeOf(result.value).toEqualTypeOf<number>();
    };
    expectTypeOf(read).toBeFunction();
  });

  it('the value is unknown unless the caller says what it is', () => {
    expectTypeOf<ExecutionResult>().toEqualTypeOf<ExecutionResult<unknown>>();
    expectTypeOf<Awaited<ReturnType<Codemode['execute']>>>().toEqualTypeOf<ExecutionResult>();
    expectTypeOf<Awaited<ReturnType<Session['execute']>>>().toEqualTypeOf<ExecutionResult>();
  });
});
