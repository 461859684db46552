import { describe, expect, it } from 'vitest';
import { CellNames } from './cell-names.js';

describe('names of cells', () => {
  it('counts the cells that have no name of their own', () => {
    const names = new CellNames();
    expect([undefined, 'second.ts', undefined, 'second.ts'].map((given) => names.take(given).fileName)).toEqual([
      'cell-1.ts',
      'second.ts',
      'cell-2.ts',
      'second.ts',
    ]);
  });

  it('skips a number whose name a caller has used', () => {
    const names = new CellNames();
    for (const given of ['cell-2.ts', 'cell-3.ts', 'cell-03.ts', 'cell-1.js']) names.take(given);
    expect([1, 2, 3].map(() => names.take(undefined).fileName)).toEqual(['cell-1.ts', 'cell-4.ts', 'cell-5.ts']);
    expect(names.take('cell-1.ts').fileName).toBe('cell-6.ts');
  });

  it('gives a counted name to one cell, whatever callers ask for', () => {
    const names = new CellNames();
    const given = [undefined, 'cell-1.ts', 'cell-1.ts', 'cell-5.ts', 'cell-5.ts', undefined, undefined];
    expect(given.map((name) => names.take(name).fileName)).toEqual([
      'cell-1.ts',
      'cell-2.ts',
      'cell-3.ts',
      'cell-5.ts',
      'cell-4.ts',
      'cell-6.ts',
      'cell-7.ts',
    ]);
  });

  it('keeps a reserved name for the cell that is given it', () => {
    const names = new CellNames();
    expect(names.reserve('cell-1.ts')).toBe(true);
    expect(names.reserve('cell-1.ts')).toBe(false);
    expect([undefined, 'cell-1.ts', 'cell-1.ts'].map((name) => names.take(name).fileName)).toEqual([
      'cell-2.ts',
      'cell-1.ts',
      'cell-3.ts',
    ]);
    expect(names.reserve('cell-2.ts')).toBe(false);
    expect([names.reserve('second.ts'), names.reserve('second.ts')]).toEqual([true, true]);
  });

  it.each([
    [7, TypeError, 'Expected fileName to be a non-empty string, but got number.'],
    ['', TypeError, 'Expected fileName to be a non-empty string, but got "".'],
    ['a\nb', TypeError, 'Expected a fileName of one line, but got "a\\nb".'],
    ['a\u2028b', TypeError, 'Expected a fileName of one line'],
    ['x'.repeat(501), RangeError, 'Expected a fileName of at most 500 characters, but it has 501.'],
  ])('refuses %j', (given, kind, message) => {
    const names = new CellNames();
    expect(() => names.take(given)).toThrow(kind);
    expect(() => names.take(given)).toThrow(message);
    expect(names.take(undefined)).toEqual({ fileName: 'cell-1.ts', cell: 1 });
  });

  it('takes any other text of one line', () => {
    for (const given of [' ', 'a (b):1:2', 'über 你.ts', 'x'.repeat(500)])
      expect(new CellNames().take(given).fileName).toBe(given);
  });
});
