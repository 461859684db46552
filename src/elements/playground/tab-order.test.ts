import { describe, expect, it } from 'vitest';
import { freeName, move, neighbour } from './tab-order.js';

describe('tab order', () => {
  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 1, 'abc'],
    [1, 99, 'acb'],
    [1, -5, 'bac'],
  ])('moves %i to %i', (from, to, expected) => {
    expect(move(['a', 'b', 'c'], from, to).join('')).toBe(expected);
  });

  it('goes to the tab after the one that closes, or before it at the end', () => {
    expect(neighbour(['a', 'b', 'c'], 'b')).toBe('c');
    expect(neighbour(['a', 'b', 'c'], 'c')).toBe('b');
    expect(neighbour(['a'], 'a')).toBeUndefined();
  });

  it('finds a name that is free', () => {
    expect(freeName(['Tab 1', 'Tab 3'], (number) => `Tab ${number}`)).toBe('Tab 2');
  });
});
