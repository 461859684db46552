import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Admission } from '../../tools/tool-service.js';
import type { ExecutorClient } from '../../workers/executor-client.js';
import type { HostExecution } from '../host-execution.js';
import { PendingWork } from './pending-work.js';

const ended = { runId: 'ended', fileName: 'leaves.ts', cell: 3 } as HostExecution;

function setUp({ isLeft = false, isDeaf = true, live = [] as readonly unknown[] } = {}) {
  const asked: string[] = [];
  const lost: string[] = [];
  const cancelled: number[] = [];
  const admission: Admission = { settled: vi.fn(), revoke: vi.fn() };
  let holds = 0;
  const client = {
    heard: 0,
    probe: async () => undefined,
    cancel: (cell: number) => void cancelled.push(cell),
    request: (method: string) => {
      asked.push(method);
      return isDeaf ? new Promise(() => undefined) : Promise.resolve({ mayRun: isLeft, count: isLeft ? 1 : 0 });
    },
  };
  const work = new PendingWork({
    client: client as unknown as ExecutorClient,
    limits: { lateWork: 5_000, lateToolCalls: Infinity, stopGrace: 500 },
    live: () => live as readonly HostExecution[],
    hold: () => {
      holds++;
      return () => holds--;
    },
    lost: (error) => void lost.push(error.message),
  });
  return { work, asked, lost, cancelled, admission, holds: () => holds };
}

const running = (runId: string) => ({
  runId,
  fileName: `${runId}.ts`,
  cell: 4,
  hasBegun: true,
  machine: { final: false },
  abandon: vi.fn(),
  whenEnded: () => new Promise(() => undefined),
  whenBegun: async () => undefined,
});

describe('F8: pending work', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('that was left is asked for until none is left', async () => {
    const state = { isLeft: true, isDeaf: false };
    const { work, asked, admission } = setUp(state);
    work.ended(ended, admission);
    expect(work.mayRun).toBe(false);
    work.ended(ended, admission, { leavesWork: true });
    expect(work.mayRun).toBe(true);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked.length).toBeGreaterThanOrEqual(2);
    // Once for each that ended, then whenever work is left.
    expect(vi.mocked(admission.settled).mock.calls.length).toBeGreaterThanOrEqual(4);
    work.end(new Error('over'));
    const { length } = asked;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(length);
    expect(admission.revoke).toHaveBeenCalled();
  });

  it('that keeps the worker from an answer shows as busy, and costs the worker after its time, by name', async () => {
    const { work, lost, admission, holds } = setUp();
    work.ended(ended, admission, { leavesWork: true });
    await vi.advanceTimersByTimeAsync(500 + 260);
    expect(holds()).toBe(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lost).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    expect(lost).toEqual(['the pending work of leaves.ts kept it busy']);
  });

  it('is not blamed while code runs that may be what keeps the worker busy', async () => {
    const { work, lost, admission, holds } = setUp({ live: [running('runs')] });
    work.ended(ended, admission, { leavesWork: true });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([lost, holds()]).toEqual([[], 0]);
    work.keepsLoop('ended');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(lost).toEqual(['the pending work of leaves.ts kept it busy']);
  });

  it('is stopped in memory that is shared, and costs the worker if it does not answer', async () => {
    const { work, lost, cancelled, admission, asked } = setUp();
    work.ended(ended, admission);
    work.keepsLoop('ended');
    void work.stopBusy();
    await vi.advanceTimersByTimeAsync(500);
    expect([asked, cancelled, lost]).toEqual([
      ['pending', 'cancelPending'],
      [3],
      ['the pending work of leaves.ts kept it busy'],
    ]);
  });

  it('that lets the worker answer survives a stop', async () => {
    const { work, asked, lost } = setUp({ isDeaf: false });
    await work.stopBusy();
    expect([asked, lost]).toEqual([['pending'], []]);
  });

  it('stopped code costs the worker if it does not end; if loops of another keep that busy, only its own result', async () => {
    const [stopped, other] = [running('stopped'), running('other')];
    const alone = setUp({ live: [stopped, other] });
    void alone.work.stop(stopped as unknown as HostExecution, { outcome: 'cancelled', error: {} as never });
    await vi.advanceTimersByTimeAsync(500);
    expect(alone.lost).toEqual(['the code of stopped.ts did not stop in time']);
    const beside = setUp({ live: [stopped, other] });
    beside.work.keepsLoop('other');
    void beside.work.stop(stopped as unknown as HostExecution, { outcome: 'cancelled', error: {} as never });
    await vi.advanceTimersByTimeAsync(500);
    expect(beside.lost).toEqual([]);
    expect(stopped.abandon).toHaveBeenCalledOnce();
  });
});
