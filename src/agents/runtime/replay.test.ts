import { describe, expect, it } from 'vitest';
import type { LoggedCall } from './call-log.js';
import { Replay } from './replay.js';

const call = (place: string, name = 'read'): LoggedCall => ({
  seq: 0,
  place,
  name,
  args: place,
  since: 0,
  state: 'succeeded',
  answer: { ok: true, value: place },
});

describe('code that runs again (E10)', () => {
  it('has missed a call that it did not make, and none that it made and did not wait for', () => {
    const replay = new Replay([call('a'), call('b')], ['a', 'b']);
    expect(replay.missed).toMatchObject({ name: 'DivergenceError', expected: { name: 'read', args: 'a' } });
    replay.find('a', 'read', 'a');
    expect(replay.missed).toBeUndefined();
  });

  it('gets each answer in its turn, and others after them', async () => {
    const replay = new Replay([call('a'), call('b'), call('c')], ['b', 'a']);
    const order: string[] = [];
    await Promise.all(['a', 'c', 'b'].map((place) => replay.turnOf(place).then(() => order.push(place))));
    expect(order).toEqual(['b', 'a', 'c']);
    expect(replay.isReplaying).toBe(false);
  });
});
