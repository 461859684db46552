import { describe, expect, it } from 'vitest';
import { SlidingList } from './sliding-list.js';

describe('SlidingList', () => {
  it('counts from its first item, also when items before it were dropped', () => {
    const list = new SlidingList<number>();
    for (let item = 0; item < 10; item++) list.push(item);
    list.dropFirst(3);
    expect(list.length).toBe(7);
    expect([list.at(0), list.at(6), list.at(7), list.at(-1), list.at(-7), list.at(-8)]).toEqual([
      3,
      9,
      undefined,
      9,
      3,
      undefined,
    ]);
    expect(list.slice(1, 3)).toEqual([4, 5]);
    list.dropFirst(100);
    expect(list.length).toBe(0);
    list.push(11);
    expect(list.slice()).toEqual([11]);
  });

  it('keeps what a plain list keeps while it slides', () => {
    const list = new SlidingList<number>();
    for (let item = 0; item < 1_000; item++) {
      list.push(item);
      if (list.length > 10) list.dropFirst(list.length - 10);
    }
    expect(list.slice()).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
    list.clear();
    expect(list.length).toBe(0);
  });
});
