import { describe, expect, it } from 'vitest';
import { liveResources } from '../../protocol/resources.js';
import { WorkerSlots } from './worker-slots.js';

const never = new AbortController().signal;
const slots = (max: number, more: Partial<ConstructorParameters<typeof WorkerSlots>[0]> = {}): WorkerSlots =>
  new WorkerSlots({ max, patience: 60_000, makeRoom: async () => false, holders: () => ['tab-1', 'tab-2'], ...more });

describe('slots for workers', () => {
  it('hands a slot that is given back to who has waited longest', async () => {
    const two = slots(2);
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

  it('makes room for each who waits, and again when there may be more', async () => {
    const given: (() => void)[] = [];
    let spare = 1;
    const one: WorkerSlots = slots(1, {
      makeRoom: async () => {
        if (spare === 0) return false;
        spare--;
        given.shift()!();
        return true;
      },
    });
    given.push(await one.take(never));
    given.push(await one.take(never));
    const third = one.take(never);
    await one.lookForRoom();
    spare = 1;
    await one.lookForRoom();
    expect(await third).toBeTypeOf('function');
  });

  it('looks again when somebody can spare one while it looks', async () => {
    const answers: ((found: boolean) => void)[] = [];
    const one: WorkerSlots = slots(1, {
      makeRoom: () =>
        new Promise((resolve) => {
          answers.push(resolve);
        }),
    });
    const giveBack = await one.take(never);
    const second = one.take(never);
    void one.lookForRoom();
    answers[0]!(false);
    await expect.poll(() => answers.length).toBe(2);
    giveBack();
    answers[1]!(true);
    expect(await second).toBeTypeOf('function');
    await one.lookForRoom();
    expect(answers).toHaveLength(2);
  });

  it('gives up with an error that names who has them, and leaves no timer or listener', async () => {
    const before = liveResources();
    const one = slots(1, { patience: 5 });
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
