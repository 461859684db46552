import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutValue } from './cut-value.js';

describe('values that a model can read (E11)', () => {
  it('stay as they are when they are short', () => {
    const value = { a: [1, null, 'x'], b: { c: true } };
    expect(cutValue(value)).toEqual(value);
    expect(cutValue(undefined)).toBeUndefined();
  });

  it('lose the ends of long lists and texts, and say how much', () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id }));
    const cut = cutValue({ rows, total: 1000 }, { maxTokens: 100 }) as { rows: unknown[]; total: number };
    expect(cut.total).toBe(1000);
    expect(cut.rows[0]).toEqual({ id: 0 });
    expect(cut.rows.at(-1)).toMatch(/^… 9\d\d more of 1000$/);
    expect(cutValue('x'.repeat(50_000), { maxTokens: 100 })).toMatch(/^x{250}… 49750 more characters$/);
  });

  it('have texts for what JSON has no form for', () => {
    const circle: Record<string, unknown> = {
      n: 1n,
      nan: NaN,
      map: new Map([['a', new Set([1])]]),
      bytes: new Uint8Array(3),
    };
    circle['self'] = circle;
    expect(cutValue(circle)).toEqual({
      n: '1n',
      nan: 'NaN',
      map: { Map: [['a', { Set: [1] }]] },
      bytes: '3 bytes',
      self: '… the same object as around it',
    });
  });

  it('are valid JSON within the budget, whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 30, max: 400 }), (value, maxTokens) => {
        const text = JSON.stringify(cutValue(value, { maxTokens }));
        expect(text.length).toBeLessThanOrEqual(Math.max(maxTokens * 4, 120));
        expect(() => JSON.parse(text) as unknown).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
