import { describe, expect, it, vi } from 'vitest';
import { liveResources } from '../../protocol/resources/live-resources.js';
import { SessionLimitError } from '../errors/session-errors.js';
import { WorkerLimit } from './worker-limit.js';

const never = new AbortController().signal;
const places = (max: number, more: Partial<ConstructorParameters<typeof WorkerLimit>[0]> = {}): WorkerLimit =>
  new WorkerLimit({ max, timeout: 60_000, freeOne: async () => false, holders: () => ['tab-1', 'tab-2'], ...more });

describe('places for workers', () => {
  it('hands a place that is given back to the caller that has waited longest', async () => {
    const two = places(2);
    const [first, second] = [await two.take(never), await two.take(never)];
    expect(two.free).toBe(0);
    const got: string[] = [];
    const third = two.take(never).then((giveBack) => {
      got.push('third');
      return giveBack;
    });
    const fourth = two.take(never).then((giveBack) => {
      got.push('fourth');
      return giveBack;
    });
    first();
    first();
    const giveThirdBack = await third;
    expect(got).toEqual(['third']);
    giveThirdBack();
    (await fourth)();
    second();
    expect(got).toEqual(['third', 'fourth']);
    expect(two.free).toBe(2);
  });

  it('waits on for as long as places go to the callers before', async () => {
    vi.useFakeTimers();
    try {
      const one = places(1, { timeout: 1_000 });
      let giveBack = await one.take(never);
      const many = Array.from({ length: 5 }, () => one.take(never));
      const last = one.take(never);
      for (const next of many) {
        await vi.advanceTimersByTimeAsync(900);
        giveBack();
        giveBack = await next;
      }
      const failed = expect(last).rejects.toThrow(SessionLimitError);
      await vi.advanceTimersByTimeAsync(1_000);
      await failed;
      expect(liveResources().timer).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('frees a place for each caller that waits, and again when another may be spared', async () => {
    const given: (() => void)[] = [];
    let spare = 1;
    const one: WorkerLimit = places(1, {
      freeOne: async () => {
        if (spare === 0) return false;
        spare--;
        given.shift()!();
        return true;
      },
    });
    given.push(await one.take(never));
    given.push(await one.take(never));
    const third = one.take(never);
    await one.freeForWaiting();
    spare = 1;
    await one.freeForWaiting();
    expect(await third).toBeTypeOf('function');
  });

  it('frees places for all that wait when one look finds several', async () => {
    const given: (() => void)[] = [];
    let spare = 0;
    const two: WorkerLimit = places(2, {
      freeOne: async () => {
        if (spare === 0) return false;
        spare--;
        given.shift()!();
        return true;
      },
    });
    given.push(await two.take(never), await two.take(never));
    const waiting = [two.take(never), two.take(never)];
    await new Promise((resolve) => void setTimeout(resolve));
    spare = 2;
    await two.freeForWaiting();
    expect(spare).toBe(0);
    expect(await Promise.all(waiting)).toHaveLength(2);
  });

  it('looks again when a place can be spared while it looks', async () => {
    const answers: ((found: boolean) => void)[] = [];
    const one: WorkerLimit = places(1, {
      freeOne: () =>
        new Promise((resolve) => {
          answers.push(resolve);
        }),
    });
    const giveBack = await one.take(never);
    const second = one.take(never);
    void one.freeForWaiting();
    answers[0]!(false);
    await expect.poll(() => answers.length).toBe(2);
    giveBack();
    answers[1]!(true);
    expect(await second).toBeTypeOf('function');
    await one.freeForWaiting();
    expect(answers).toHaveLength(2);
  });

  it('gives up with an error that names the holders, and leaves no timer or listener', async () => {
    const before = liveResources();
    const one = places(1, { timeout: 5 });
    const giveBack = await one.take(never);
    await expect(one.take(never)).rejects.toMatchObject({
      name: 'SessionLimitError',
      phase: 'not-started',
      limit: 1,
      sessions: ['tab-1', 'tab-2'],
      message: expect.stringContaining('limits.maxSessions') as string,
    });
    const controller = new AbortController();
    const aborted = one.take(controller.signal);
    controller.abort(new Error('closed'));
    await expect(aborted).rejects.toThrow('closed');
    giveBack();
    expect(one.free).toBe(1);
    expect(liveResources()).toEqual(before);
  });
});
