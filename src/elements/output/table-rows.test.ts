import { describe, expect, it } from 'vitest';
import { readTable, sortedRows, toCsv, type Table } from './table-rows.js';

const table: Table = {
  columns: ['n', 'text'],
  rows: [
    [10, 'b'],
    [9, 'a "quoted", x'],
    [null, 'item 10'],
    [9, '=1+1'],
    [undefined, 'item 9'],
  ],
  total: 5,
};
const order = (column: number, isDescending: boolean): number[] => [...sortedRows(table, { column, isDescending })];

describe('tables of outputs', () => {
  it('are read of a resource, with whatever it holds', () => {
    const schema = { fields: [{ name: 'a' }, { name: 5 }, null] };
    expect(readTable({ schema, data: [{ a: 1, b: 2 }, null, 5], total: 9 })).toEqual({
      columns: ['a'],
      rows: [[1], [undefined], [undefined]],
      total: 9,
    });
    expect(readTable({ data: [{ x: 1 }] })?.columns).toEqual(['x']);
    for (const lie of [undefined, null, 5, {}, { data: 5 }, { data: [] }, { data: [5] }])
      expect(readTable(lie)).toBeUndefined();
  });

  it('sort numbers by size and texts as people count, with empty cells last and equal ones in their order', () => {
    expect(order(0, false)).toEqual([1, 3, 0, 2, 4]);
    expect(order(0, true)).toEqual([0, 1, 3, 2, 4]);
    expect(order(1, false).slice(-2)).toEqual([4, 2]);
    expect([...sortedRows(table, undefined)]).toEqual([0, 1, 2, 3, 4]);
  });

  it('become CSV in which no text is a formula', () => {
    expect(toCsv(table, [1, 3, 2])).toBe('n,text\r\n9,"a ""quoted"", x"\r\n9,\'=1+1\r\n,item 10');
  });
});
