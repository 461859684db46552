import { expect, it, vi } from 'vitest';
import { CancelledError } from '../../errors/execution-errors.js';
import { LateToolCallers } from './late-tool-callers.js';

const admission = () => ({ settled: vi.fn(), revoke: vi.fn() });

it('gives each ended execution the same time for late calls', () => {
  const callers = new LateToolCallers();
  const [one, two] = [admission(), admission()];
  callers.add(one, 5, false);
  callers.add(two, Infinity, false);
  expect(one.settled).toHaveBeenCalledExactlyOnceWith(5);
  expect(two.settled).toHaveBeenCalledExactlyOnceWith(Infinity);
});

it('begins the time anew while work is left, for those that may have left it', () => {
  const callers = new LateToolCallers();
  const [idle, working] = [admission(), admission()];
  callers.add(idle, 5, false);
  callers.add(working, 5, true);
  callers.workIsLeft(5);
  callers.workHasEnded();
  callers.workIsLeft(5);
  expect(idle.settled).toHaveBeenCalledTimes(1);
  expect(working.settled).toHaveBeenCalledTimes(2);
});

it('revokes the oldest of more than a thousand, and all others with their worker, once', () => {
  const callers = new LateToolCallers();
  const all = Array.from({ length: 1_001 }, admission);
  for (const one of all) callers.add(one, Infinity, true);
  expect(all[0]!.revoke).toHaveBeenCalledExactlyOnceWith(expect.any(CancelledError));
  expect(all[1]!.revoke).not.toHaveBeenCalled();
  const reason = new Error('lost');
  callers.revokeAll(reason);
  callers.revokeAll(reason);
  expect(all[0]!.revoke).toHaveBeenCalledOnce();
  for (const one of all.slice(1)) expect(one.revoke).toHaveBeenCalledExactlyOnceWith(reason);
});
