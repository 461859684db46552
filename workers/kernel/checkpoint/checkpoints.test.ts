import { describe, expect, it } from 'vitest';
import type { CheckpointMessage } from '../../../src/protocol/messages/checkpoint.js';
import { Namespace } from '../namespace/namespace.js';
import { Checkpoints } from './checkpoints.js';

const owner = { settled: true, mode: 'async' as const };

function setUp() {
  const namespace = new Namespace();
  const sent: Omit<CheckpointMessage, 'context'>[] = [];
  const world = {
    time: 0,
    changes: [] as string[],
    hidden: [] as string[],
    due: undefined as (() => void) | undefined,
  };
  const checkpoints = new Checkpoints({
    namespace,
    realm: {},
    isProxy: () => false,
    originOf: () => undefined,
    toolPath: () => undefined,
    changes: (isThorough) => [...world.changes, ...(isThorough ? world.hidden : [])],
    send: (update) => sent.push(update),
    now: () => world.time,
    later: (_milliseconds, callback) => {
      world.due = callback;
      return { cancel: () => (world.due = undefined) };
    },
  });
  return { namespace, sent, world, checkpoints };
}

describe('F6: what a host knows of a worker that may be lost', () => {
  it('names all that the running code declares, until they are kept or the code has ended', () => {
    const { namespace, sent, checkpoints } = setUp();
    namespace.declare('old', 'let', owner).init = 1;
    checkpoints.begins('cell', ['old', 'a', 'b']);
    const reason = 'the code that declares it had not ended';
    expect(sent.at(-1)).toMatchObject({
      groups: [{ names: ['old'] }],
      lost: [
        { name: 'a', reason },
        { name: 'b', reason },
      ],
    });
    namespace.declare('a', 'let', owner).init = 1;
    checkpoints.begins('another', []);
    expect(sent.at(-1)).toMatchObject({ groups: [{ names: ['a'] }], lost: [{ name: 'b', reason }] });
    checkpoints.ended('cell');
    expect(sent.at(-1)!.lost).toEqual([]);
  });

  it('names what of the realm is lost', () => {
    const { sent, world, checkpoints } = setUp();
    world.changes = ['globals were changed: foo'];
    checkpoints.ended('cell', false);
    expect(sent.at(-1)!.lost).toEqual([{ name: 'globalThis', reason: 'globals were changed: foo' }]);
    world.changes = [];
    checkpoints.ended('cell', false);
    expect(sent.at(-1)!.lost).toEqual([]);
  });

  it('names soon what only a thorough look at the realm finds', () => {
    const { sent, world, checkpoints } = setUp();
    checkpoints.ended('cell');
    world.hidden = ['globals were changed: fetch'];
    world.time = 10;
    checkpoints.ended('another');
    expect(sent).toEqual([]);
    world.time = 61;
    world.due!();
    expect(sent.at(-1)!.lost).toEqual([{ name: 'globalThis', reason: 'globals were changed: fetch' }]);
  });

  it('tells when large values may have changed, and when they were looked at', () => {
    const { namespace, sent, world, checkpoints } = setUp();
    namespace.declare('large', 'let', owner).init = Array.from({ length: 3_000 }, (_, n) => ({ n }));
    checkpoints.ended('cell');
    expect(sent.map(({ isBehind }) => isBehind)).toEqual([true]);
    world.due!();
    expect(sent.map(({ isBehind, groups }) => [isBehind, groups.length])).toEqual([
      [true, 0],
      [false, 1],
    ]);
    checkpoints.ended('cell');
    world.time = 1e6;
    world.due!();
    expect(
      sent.map(({ isBehind }) => isBehind),
      'though nothing had changed',
    ).toEqual([true, false, true, false]);
    expect(world.due).toBeUndefined();
  });
});
