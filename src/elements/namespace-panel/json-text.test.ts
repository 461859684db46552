import { describe, expect, it } from 'vitest';
import { jsonText } from './json-text.js';

describe('a value as JSON', () => {
  it.each([
    [{ a: [1, 'b', null, true] }, { a: [1, 'b', null, true] }],
    [new Map([['a', 1]]), { a: 1 }],
    [new Map([[1, 'a']]), [[1, 'a']]],
    [new Set([1, 2]), [1, 2]],
    [10n ** 20n, '100000000000000000000'],
    [new Float64Array([0.5, 1]), [0.5, 1]],
    [new DataView(new Uint8Array([1, 2]).buffer), [1, 2]],
    [new Uint8Array([1, 2]).buffer, [1, 2]],
    [/a+/g, '/a+/g'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [{ failed: new RangeError('x') }, { failed: { name: 'RangeError', message: 'x' } }],
  ])('%o', (value, plain) => {
    expect(JSON.parse(jsonText(value)!)).toEqual(plain);
  });

  it('has none for what JSON cannot say', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect([undefined, () => 1, cyclic].map(jsonText)).toEqual([undefined, undefined, undefined]);
  });
});
