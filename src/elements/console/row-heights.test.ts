import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowHeights } from './row-heights.js';

function rows(...heights: number[]): RowHeights {
  const made = new RowHeights(20);
  for (const height of heights) made.push(height);
  return made;
}

describe('RowHeights', () => {
  it('tells where a row stands and which row stands somewhere', () => {
    const heights = rows(10, 30, 20);
    expect([0, 1, 2, 3].map((row) => heights.offsetOf(row))).toEqual([0, 10, 40, 60]);
    expect([-5, 0, 9.9, 10, 39, 40, 59, 1000].map((offset) => heights.rowAt(offset))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  });

  it('takes an estimate until a row is measured', () => {
    const heights = new RowHeights(20);
    heights.push();
    heights.push();
    heights.set(0, 50);
    expect(heights.offsetOf(1)).toBe(50);
    expect(heights.total).toBe(70);
  });

  it('has no row where there is none', () => {
    expect(rows().rowAt(0)).toBe(0);
    expect(() => rows(10).set(1, 5)).toThrow('Expected a row below 1, but got 1.');
  });

  it('agrees with a plain list, whatever is added, dropped and measured', () => {
    const step = fc.oneof(
      fc.record({ push: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 400 }) }),
      fc.record({ drop: fc.nat(500) }),
      fc.record({ row: fc.nat(2_000), height: fc.integer({ min: 1, max: 500 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.nat(3_000), (steps, at) => {
        const heights = new RowHeights(20);
        let plain: number[] = [];
        for (const one of steps) {
          if ('push' in one) {
            plain.push(...one.push);
            for (const height of one.push) heights.push(height);
          } else if ('drop' in one) {
            plain = plain.slice(one.drop);
            heights.dropFirst(one.drop);
          } else if (one.row < plain.length) {
            plain[one.row] = one.height;
            heights.set(one.row, one.height);
          }
        }
        const sum = (count: number): number => plain.slice(0, count).reduce((total, height) => total + height, 0);
        expect(heights.length).toBe(plain.length);
        expect(heights.total).toBe(sum(plain.length));
        const row = Math.min(at, plain.length);
        expect(heights.offsetOf(row)).toBe(sum(row));
        if (row < plain.length) expect(heights.rowAt(sum(row))).toBe(row);
      }),
    );
  });
});
