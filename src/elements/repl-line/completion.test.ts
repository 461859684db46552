import { describe, expect, it } from 'vitest';
import { completionFor } from './completion.js';

describe('completionFor', () => {
  it.each([
    ['wea', 'ther'],
    ['await wea', 'ther'],
    ['f(we', 'ather'],
    ['größ', 'e'],
    ['weather', ''],
    ['x.wea', ''],
    ['', ''],
    ['wea ', ''],
    ['zzz', ''],
  ])('completes %j with %j', (text, expected) => {
    expect(completionFor(text, ['total', 'weather', 'größe'])).toBe(expected);
  });
});
