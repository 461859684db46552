import { expect, it } from 'vitest';
import type { Execution } from '../execution/execution.js';
import { UncaughtErrors } from './uncaught-errors.js';

it('F5: the first errors of a turn are described, the others counted for each execution', () => {
  const turns: (() => void)[] = [];
  const counted: unknown[] = [];
  const errors = new UncaughtErrors({
    schedule: (task) => turns.push(task),
    write: (execution, { text }) => counted.push([execution?.id, parseInt(text)]),
  });
  const one = { id: 'one' } as Execution;
  const admitted = (execution: Execution | undefined, length: number): number =>
    Array.from({ length }, () => errors.admits(execution)).filter(Boolean).length;
  expect([admitted(one, 150), admitted(undefined, 150), admitted(one, 30)]).toEqual([150, 50, 0]);
  expect(turns).toHaveLength(1);
  turns.shift()!();
  expect(counted).toEqual([
    [undefined, 100],
    ['one', 30],
  ]);
  expect(admitted(one, 300)).toBe(200);
  turns.shift()!();
  expect(counted.slice(2)).toEqual([['one', 100]]);
});
