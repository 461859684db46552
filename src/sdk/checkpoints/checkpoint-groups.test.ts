import { describe, expect, it } from 'vitest';
import { checkedCheckpoint } from './restore-checkpoint.js';
import { CheckpointGroups } from './checkpoint-groups.js';
import { playedCheckpoint, playedNames } from './testing/played-checkpoint.js';

describe('what is kept of a namespace', () => {
  it('C7: takes what changed and leaves the rest', () => {
    const kept = new CheckpointGroups();
    kept.apply(playedCheckpoint(['a', 'long name', 'c']));
    kept.apply({ ...playedCheckpoint(['A']), removed: [3], lost: [{ name: 'c', reason: 'it is a promise' }] });
    expect(playedNames(kept.bytes())).toEqual(['A', 'long name']);
    expect(kept.toCheckpoint()).toEqual({
      version: 3,
      names: ['A', 'long name'],
      data: 'A\nlong name\n',
      lost: [{ name: 'c', reason: 'it is a promise' }],
    });
  });

  it('refuses what no kernel sends', () => {
    const message = playedCheckpoint(['a']);
    expect(() => new CheckpointGroups().apply({ ...message, data: new ArrayBuffer(9) })).toThrow(/data/);
    const huge = {
      ...message,
      groups: [{ id: 1, names: ['a'], bytes: 65 * 1024 * 1024 }],
      data: new ArrayBuffer(65 * 1024 * 1024),
    };
    expect(() => new CheckpointGroups().apply(huge)).toThrow(/at most/);
  });

  it.each<[unknown, RegExp]>([
    [undefined, /expected an object, received undefined/],
    [{ version: 4, names: [], data: '', lost: [] }, /version 3, but this one has version 4.*Update/],
    [{ names: [], data: '', lost: [] }, /has version undefined/],
    [{ version: 3, names: [], data: new ArrayBuffer(1), lost: [] }, /expected text/],
    [{ version: 3, names: [], data: '', lost: null }, /expected lists/],
  ])('C7: %j is no checkpoint', (value, message) => {
    expect(() => checkedCheckpoint(value)).toThrow(message);
  });
});
