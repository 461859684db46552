import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointFormatError, readGroups } from './read-groups.js';
import { CheckpointedNamespace } from './testing/checkpointed-namespace.js';

const group = (nodes: unknown, names: unknown = [[0, 'a', 'let', 1]]): string =>
  JSON.stringify({ id: 1, names, nodes });

describe('C7: what is no checkpoint is a CheckpointFormatError that says what came', () => {
  it.each<[string, string]>([
    ['{"id":', 'line 1 is not valid JSON'],
    ['[]', 'line 1: expected a group of names, received a list'],
    ['{"id":1,"names":[]}', 'line 1, nodes: expected a list, received nothing'],
    [group([null]), 'line 1, nodes[0]: expected a node with an id of its own, received null'],
    [group([{ i: 1 }, { i: 1 }]), 'line 1, nodes[1]: expected a node with an id of its own, received {"i":1}'],
    [group([{ i: 1, t: 'toString' }]), 'line 1, node 1: expected the type of a node, received "toString"'],
    [group([{ i: 1, t: 'array' }]), 'line 1, node 1, v: expected a list, received nothing'],
    [group([{ i: 1, t: 'map', v: [1] }]), 'line 1, node 1, v: expected a list of pairs, received a list'],
    [group([{ i: 1, t: 'fn', v: 5 }]), 'line 1, node 1, v: expected text, received 5'],
    [group([{ i: 1, t: 'regexp', v: ['a'] }]), 'line 1, node 1, v: expected a list of 2 to 2, received a list'],
    [group([{ i: 1, p: ['a'] }]), 'line 1, node 1, p: expected a list of pairs, received a list'],
    [group([{ i: 1, p: ['a', [7]] }]), 'line 1, node 1, p[1]: expected the id of a node, received 7'],
    [group([{ i: 1, a: [['a', 'x', 1]] }]), 'line 1, node 1, a[0][1]: expected a number, received "x"'],
    [group([{ i: 1, c: {} }]), 'line 1, node 1, c: expected a slot, received {}'],
    [group([], [null]), 'line 1, names[0]: expected a list, received null'],
    [group([], [[0, 'a', 'let', []]]), 'line 1, names[0][3]: expected a slot, received nothing'],
    [group([], [[0, 'a', 'label', 1]]), 'line 1, names[0]: expected the kind of a name, received "label"'],
    [group([], [[0, 'x'.repeat(501), 'let', 1]]), 'line 1, names[0]: expected a name, received "xxxx'],
    [group([], [[0, 'a', 'import', 5, null]]), 'line 1, names[0][3]: expected text, received 5'],
  ])('%s', (text, problem) => {
    expect(() => readGroups(text)).toThrow(CheckpointFormatError);
    expect(() => readGroups(text)).toThrow(problem);
  });

  it('F6: whatever is changed in a checkpoint, restoring it ends, with names restored or lost or with that error', async () => {
    const kept = new CheckpointedNamespace();
    await kept.run(
      'const a = { n: 1, m: new Map([[1, [2]]]), d: new Date(0), r: /a/g, b: new Uint8Array(2), e: new Error("x") }; class C { m() {} static s = 1 } const c = new C(); function f() { return f }',
    );
    kept.update();
    const lines = [...kept.groups.values()].map(({ text }) => text);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.jsonValue(), async (at, value) => {
        const changed = lines.map((line) => replaceAt(line, at, value));
        kept.groups.clear();
        for (const [id, text] of changed.entries()) kept.groups.set(id, { names: [], text });
        try {
          const { report } = await kept.restored();
          expect(report.restored.length + report.lost.length).toBe(
            readGroups(changed.join('\n')).flatMap(({ names }) => names).length,
          );
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointFormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The JSON with one of the values in it replaced by another. */
function replaceAt(json: string, at: number, value: unknown): string {
  const places: (readonly [Record<string, unknown>, string])[] = [];
  const root: unknown = JSON.parse(json);
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    for (const key of Object.keys(one)) {
      places.push([one as Record<string, unknown>, key]);
      visit((one as Record<string, unknown>)[key]);
    }
  };
  visit(root);
  const [holder, key] = places[at % places.length]!;
  holder[key] = value;
  return JSON.stringify(root);
}
