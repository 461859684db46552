import { describe, expect, it } from 'vitest';
import { basisOf, DependencyCycleError, outdated, runOrder, UnknownDependencyError, type Cell } from './run-order.js';

type TestCell = { -readonly [K in keyof Cell]: Cell[K] };

const cell = (name: string, more: Partial<Cell> = {}): TestCell => ({
  name,
  group: 'guide',
  dependsOn: [],
  setup: false,
  code: name,
  lastRun: undefined,
  ...more,
});
const ran = (target: TestCell, cells: readonly TestCell[], ok = true): void => {
  target.lastRun = { ok, code: target.code, basis: basisOf(target, cells) };
};
const names = (cells: readonly Cell[]): string[] => cells.map(({ name }) => name);

describe('what has to run first', () => {
  it('is what the snippet depends on, however far, once each and in order', () => {
    const a = cell('a');
    const b = cell('b', { dependsOn: ['a'] });
    const c = cell('c', { dependsOn: ['a', 'b'] });
    expect(names(runOrder(c, [a, b, c]))).toEqual(['a', 'b', 'c']);
  });

  it('is not what merely stands above', () => {
    const [a, b] = [cell('a'), cell('b')];
    expect(names(runOrder(b, [a, b]))).toEqual(['b']);
  });

  it('is every set-up cell above in its session, and none of another', () => {
    const cells = [
      cell('other', { setup: true, group: 'other' }),
      cell('setup', { setup: true }),
      cell('a'),
      cell('late', { setup: true }),
    ];
    expect(names(runOrder(cells[2]!, cells))).toEqual(['setup', 'a']);
  });

  it('leaves out what has run and is as it was, and takes it again when it changed or failed', () => {
    const a = cell('a');
    const b = cell('b', { dependsOn: ['a'] });
    const c = cell('c', { dependsOn: ['b'] });
    const cells = [a, b, c];
    for (const one of cells) ran(one, cells);
    expect(names(runOrder(c, cells))).toEqual(['c']);
    a.code = 'changed';
    expect(names(runOrder(c, cells))).toEqual(['a', 'b', 'c']);
    ran(a, cells, false);
    expect(names(runOrder(c, cells))).toEqual(['a', 'b', 'c']);
  });

  it('names the circle where there is one', () => {
    const cells = [
      cell('a', { dependsOn: ['c'] }),
      cell('b', { dependsOn: ['a'] }),
      cell('c', { dependsOn: ['b'] }),
      cell('d', { dependsOn: ['c'] }),
    ];
    const error = catchError(() => runOrder(cells[3]!, cells));
    expect(error).toBeInstanceOf(DependencyCycleError);
    expect(error).toMatchObject({ path: ['c', 'b', 'a', 'c'] });
    expect(() => runOrder(cell('me', { dependsOn: ['me'] }), [cell('me', { dependsOn: ['me'] })])).toThrow('me → me');
  });

  it('says which id leads nowhere, and which there are', () => {
    const cells = [cell('a'), cell('b', { dependsOn: ['A'] })];
    expect(() => runOrder(cells[1]!, cells)).toThrow(UnknownDependencyError);
    expect(() => runOrder(cells[1]!, cells)).toThrow(
      '“b” depends on “A”, but no snippet of the page has this id. Ids in the page: a, b.',
    );
  });
});

describe('what is outdated', () => {
  const page = (): { a: TestCell; b: TestCell; other: TestCell; dependent: TestCell; cells: TestCell[] } => {
    const a = cell('a');
    const other = cell('other', { group: 'other' });
    const dependent = cell('dependent', { group: 'other', dependsOn: ['b'] });
    const b = cell('b');
    return { a, b, other, dependent, cells: [a, other, dependent, b] };
  };

  it('is nothing that has not run', () => {
    const { a, b, cells } = page();
    a.code = 'changed';
    expect(outdated(b, cells)).toBeUndefined();
  });

  it('is a cell whose own code changed, those below in its session and those that depend on it', () => {
    const { a, b, other, dependent, cells } = page();
    for (const one of [a, other, b, dependent]) ran(one, cells);
    expect(cells.map((one) => outdated(one, cells))).toEqual([undefined, undefined, undefined, undefined]);
    a.code = 'changed';
    expect(cells.map((one) => outdated(one, cells))).toEqual(['own', undefined, 'above', 'above']);
    a.code = 'a';
    expect(cells.map((one) => outdated(one, cells))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('stays so until the changed cell has run, and the one below after it', () => {
    const { a, b, cells } = page();
    for (const one of [a, b]) ran(one, cells);
    a.code = 'changed';
    ran(b, cells);
    expect(outdated(b, cells)).toBe('above');
    ran(a, cells);
    expect(outdated(b, cells)).toBe('above');
    ran(b, cells);
    expect(outdated(b, cells)).toBeUndefined();
  });

  it('is what ran before a cell above it did', () => {
    const { a, b, cells } = page();
    ran(b, cells);
    expect(outdated(b, cells)).toBeUndefined();
    ran(a, cells);
    expect(outdated(b, cells)).toBe('above');
  });
});

function catchError(fn: () => unknown): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  return undefined;
}
