import { describe, expect, it } from 'vitest';
import { CheckpointGroups, type CheckpointGroup } from '../../checkpoints/checkpoint-groups.js';
import { planMerge } from './thread-merge.js';

type Bound = readonly [name: string, slot: unknown];

/** A group as a worker writes it: names with their slots, and nodes. */
function group(names: readonly Bound[], nodes: readonly object[] = []): CheckpointGroup {
  const text = JSON.stringify({ id: 1, names: names.map(([name, slot], at) => [at, name, 'let', slot]), nodes });
  return { names: names.map(([name]) => name), data: new TextEncoder().encode(text) };
}
const state = (groups: Readonly<Record<number, CheckpointGroup>>): CheckpointGroups =>
  new CheckpointGroups(Object.entries(groups).map(([id, one]) => [Number(id), one] as const));
const merged = (plan: { readonly data: ArrayBuffer }): unknown[] =>
  new TextDecoder()
    .decode(plan.data)
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => (JSON.parse(line) as { names: unknown[][] }).names.map(([, name, , slot]) => [name, slot]));

const x = group([['x', 1]]);

describe('C5: the merge of a thread', () => {
  it('takes what the thread has changed or made, and nothing else', () => {
    const base = state({ 1: x, 2: group([['y', 1]]) });
    const thread = state({ ...Object.fromEntries(base.groups), 3: group([['z', 3]]), 2: group([['y', 2]]) });
    const session = state({ 1: group([['x', 9]]), 2: base.groups.get(2)! });
    const plan = planMerge(base, thread, session, 'fail');
    expect(plan.conflicts).toEqual([]);
    expect(merged(plan)).toEqual([
      ['y', 2],
      ['z', 3],
    ]);
  });

  it('meets a name that both have changed, or made', () => {
    const base = state({ 1: x });
    const thread = state({ 2: group([['x', 2]]), 3: group([['new', 'a']]), 4: group([['own', 1]]) });
    const session = state({ 5: group([['x', 3]]), 6: group([['new', 'b']]) });
    expect(planMerge(base, thread, session, 'fail')).toMatchObject({ conflicts: ['x', 'new'] });
    expect(planMerge(base, thread, session, 'keep').names).toEqual(['own']);
    expect(merged(planMerge(base, thread, session, 'overwrite'))).toEqual([
      ['x', 2],
      ['new', 'a'],
      ['own', 1],
    ]);
  });

  it('is a conflict also where both came to the same value: of two that add one, none is lost', () => {
    const plan = planMerge(state({ 1: x }), state({ 2: group([['x', 2]]) }), state({ 3: group([['x', 2]]) }), 'fail');
    expect(plan.conflicts).toEqual(['x']);
  });

  it('compares values and not how a worker has numbered and grouped them', () => {
    const base = state({
      1: group(
        [['data', [7]]],
        [
          { i: 7, p: ['list', [8]] },
          { i: 8, t: 'array', v: [5] },
        ],
      ),
    });
    const alias = group(
      [
        ['data', [1]],
        ['copy', [1]],
      ],
      [
        { i: 1, p: ['list', [2]] },
        { i: 2, t: 'array', v: [5] },
      ],
    );
    const session = state({
      9: group(
        [['data', [3]]],
        [
          { i: 3, p: ['list', [4]] },
          { i: 4, t: 'array', v: [6] },
        ],
      ),
    });
    const plan = planMerge(base, state({ 2: alias }), session, 'fail');
    expect(plan.conflicts).toEqual([]);
    expect(plan.names).toEqual(['copy']);
    // What shares an object goes on sharing it.
    expect(planMerge(base, state({ 2: alias }), base, 'fail').names).toEqual(['data', 'copy']);
  });

  it('survives text that is no group, and cycles', () => {
    const cycle = group([['loop', [1]]], [{ i: 1, p: ['self', [1], 'gone', [2]] }]);
    const broken: CheckpointGroup = { names: ['bad'], data: new TextEncoder().encode('{') };
    const plan = planMerge(state({}), state({ 1: cycle, 2: broken }), state({}), 'fail');
    expect(plan.names).toEqual(['loop']);
  });
});
