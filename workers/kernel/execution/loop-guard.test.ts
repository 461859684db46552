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
  readonly fileName: string;
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
    fileName: 'cell-7.ts',
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
  keepsLoop: ReturnType<typeof vi.fn<(execution: Execution) => void>>;
  /** How long the present turn of the event loop has lasted. */
  turn: { busyFor: number };
} {
  const interrupt = vi.fn((execution: Execution, { message }: SendableError) => {
    Object.assign(execution, { interruption: new Error(message), interruptedAt: performance.now() });
  });
  const keepsLoop = vi.fn<(execution: Execution) => void>();
  const turn = { busyFor: 0 };
  const guard = new LoopGuard({ interrupt, cancelled, keepsLoop, turns: turn, lateWork: 5_000 });
  return { guard, interrupt, keepsLoop, turn };
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

  it('F8: gives each turn of what an ended execution left its time, whatever the execution itself had', () => {
    const { guard, interrupt, turn } = createGuard();
    const execution = watched({ ...had, settled: true });
    runsAs(execution);
    for (let at = 0; at < 10; at++) {
      turn.busyFor = 0;
      guard.check();
      turn.busyFor = 4_999;
      guard.check();
    }
    expect(interrupt).not.toHaveBeenCalled();
    turn.busyFor = 5_000;
    expect(() => guard.check()).toThrow(/pending work of cell-7\.ts .* 5000 ms/);
    expect(interrupt).toHaveBeenCalledOnce();
  });

  it('F8: does not charge pending work for what another execution did in the same turn', () => {
    const { guard, interrupt, turn } = createGuard();
    runsAs(watched());
    guard.check();
    turn.busyFor = 9_000;
    guard.check();
    runsAs(watched({ ...had, settled: true }));
    guard.check();
    turn.busyFor = 9_100;
    guard.check();
    expect(interrupt).not.toHaveBeenCalled();
  });

  it('F8: tells once in a turn who keeps the event loop', () => {
    const { guard, keepsLoop, turn } = createGuard();
    const [first, second] = [watched(), watched()];
    const checkAt = (execution: Watched, busyFor: number): void => {
      runsAs(execution);
      turn.busyFor = busyFor;
      guard.check();
    };
    checkAt(first, 0);
    checkAt(first, 99);
    expect(keepsLoop).not.toHaveBeenCalled();
    checkAt(first, 100);
    checkAt(first, 300);
    expect(keepsLoop.mock.calls).toEqual([[first]]);
    checkAt(second, 350);
    checkAt(second, 450);
    expect(keepsLoop.mock.calls).toEqual([[first], [second]]);
    checkAt(second, 0);
    checkAt(second, 200);
    expect(keepsLoop.mock.calls).toEqual([[first], [second], [second]]);
  });

  it('leaves more unchecked while checks come fast, within bounds', () => {
    const { guard } = createGuard();
    runsAs(watched());
    const left = Array.from({ length: 50 }, () => guard.check());
    expect(Math.max(...left)).toBe(16_384);
    expect(guard.rounds).toBe(1_024);
  });
});
