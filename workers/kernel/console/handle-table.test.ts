import { describe, expect, it } from 'vitest';
import { HandleTable } from './handle-table.js';

describe('handles of shown objects', () => {
  it('gives an object one handle, and forgets the oldest objects first', () => {
    const table = new HandleTable(2);
    const [a, b, c] = [{}, {}, {}];
    const first = table.handleFor(a);
    expect(table.handleFor(a)).toBe(first);
    table.handleFor(b);
    const third = table.handleFor(c);
    expect(table.get(first)).toBeUndefined();
    expect(table.get(third)).toBe(c);
    expect(table.handleFor(a)).not.toBe(first);
  });
});
