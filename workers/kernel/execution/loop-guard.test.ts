import { afterEach, describe, expect, it, vi } from 'vitest';
import { current } from '../../../src/context/current.js';
import type { SendableError } from '../../../src/protocol/messages/wire.js';
import type { Execution } from './execution.js';
import { LoopGuard } from './loop-guard.js';

const error: SendableError = { name: 'ExecutionTimeoutError', message: 'too long', stack: '', frames: [] };

/** The parts of an execution that the guard reads. */
interface Watched {
  readonly id: string;
  readonly cell: number;
  readonly timeLimit?: { readonly milliseconds: number; readonly error: SendableError };
  readonly started: number;
  readonly settled: boolean;
  interruption: Error | undefined;
  interruptedAt: number;
}

function watched(more: Partial<Watched> = {}): Watched {
  return {
    id: 'x',
    cell: 7,
    started: performance.now(),
    settled: false,
    interruption: undefined,
    interruptedAt: 0,
    ...more,
  };
}

function createGuard(cancelled?: { has(cell: number): boolean }): {
  guard: LoopGuard;
  interrupt: ReturnType<typeof vi.fn<(execution: Execution, error: SendableError) => void>>;
} {
  const interrupt = vi.fn((execution: Execution, { message }: SendableError) => {
    Object.assign(execution, { interruption: new Error(message), interruptedAt: performance.now() });
  });
  return { guard: new LoopGuard(interrupt, cancelled), interrupt };
}

function runsAs(execution: Watched | undefined): void {
  current.mapping = execution === undefined ? undefined : { execution, values: new Map() };
}

afterEach(() => runsAs(undefined));

describe('the guard of loops', () => {
  const had = { started: performance.now() - 10_000, timeLimit: { milliseconds: 5_000, error } };

  it('C9: interrupts an execution that has had its time, once, and throws what that left', () => {
    const { guard, interrupt } = createGuard();
    const execution = watched(had);
    runsAs(execution);
    expect(() => guard.check()).toThrow('too long');
    expect(interrupt).toHaveBeenCalledExactlyOnceWith(execution, error);
    expect(guard.calls).toBe(0);
  });

  it('C9: lets an interrupted execution clean up for a while, then throws at every check', () => {
    const { guard, interrupt } = createGuard();
    runsAs(watched({ interruption: new Error('stopped'), interruptedAt: performance.now() + 60_000 }));
    expect(() => guard.check()).not.toThrow();
    runsAs(watched({ interruption: new Error('stopped'), interruptedAt: performance.now() - 10_000 }));
    expect(() => guard.check()).toThrow('stopped');
    expect(() => guard.check()).toThrow('stopped');
    expect(interrupt).not.toHaveBeenCalled();
  });

  it('C9: interrupts an execution that shared memory names', () => {
    const { guard, interrupt } = createGuard({ has: (cell) => cell === 7 });
    runsAs(watched({ cell: 8 }));
    expect(() => guard.check()).not.toThrow();
    runsAs(watched());
    expect(() => guard.check()).toThrow('The execution was stopped');
    expect(interrupt).toHaveBeenCalledOnce();
  });

  it('leaves alone who has time, what an execution left running, and what nobody runs', () => {
    const { guard } = createGuard();
    runsAs(watched({ timeLimit: had.timeLimit }));
    expect(guard.check()).toBeGreaterThan(0);
    runsAs(watched({ ...had, settled: true }));
    expect(guard.check()).toBeGreaterThan(0);
    runsAs(undefined);
    expect(guard.check()).toBeGreaterThan(0);
  });

  it('leaves more unchecked while checks come fast, within bounds', () => {
    const { guard } = createGuard();
    runsAs(watched());
    const left = Array.from({ length: 50 }, () => guard.check());
    expect(Math.max(...left)).toBe(16_384);
    expect(guard.rounds).toBe(1_024);
  });
});
