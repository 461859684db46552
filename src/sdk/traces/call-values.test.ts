import { describe, expect, it } from 'vitest';
import { valueText } from './call-values.js';

describe('valueText', () => {
  it('is JSON where there is room', () => {
    const value = { city: 'Oslo', list: [1, null, true, 'a"b'], at: new Date(0), deep: { a: {} } };
    expect(valueText(value)).toBe(JSON.stringify(value));
    expect(['x', 1, undefined, null, 10n, [], {}].map(valueText)).toEqual([
      '"x"',
      '1',
      'undefined',
      'null',
      '10n',
      '[]',
      '{}',
    ]);
  });

  it('F5: is short for what is long, wide, deep or in a circle, and says so', () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, index]));
    const values = ['x'.repeat(1e6), Array.from({ length: 1e6 }, () => 'item'), wide, circle, { a: ['y'.repeat(1e6)] }];
    for (const text of values.map(valueText)) {
      expect(text.length).toBeLessThan(600);
      expect(text).toContain('…');
    }
  });

  it('reads no further than it shows', () => {
    let reads = 0;
    const counting = (): object => Object.defineProperty({}, 'a', { enumerable: true, get: () => (reads += 1) });
    valueText(Array.from({ length: 10_000 }, counting));
    expect(reads).toBeLessThan(500);
    const refuses = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(valueText(refuses)).toBe('…');
  });

  it('G2: leaves out what is named like a secret', () => {
    const value = { user: 'a', password: 'hunter2', nested: [{ apiKey: 'k', API_KEY: 'k', accessToken: 't' }] };
    const text = valueText({ ...value, headers: { Authorization: 'Bearer t', cookie: 'c' } });
    for (const hidden of ['hunter2', '"k"', '"t"', 'Bearer', '"c"']) expect(text).not.toContain(hidden);
    expect(text).toContain('"user":"a"');
  });
});
