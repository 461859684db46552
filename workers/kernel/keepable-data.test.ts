import { describe, expect, it } from 'vitest';
import { reasonNotKept } from './keepable-data.js';

const reason = (value: unknown): string | undefined => reasonNotKept(value, () => false);

describe('what a checkpoint can keep', () => {
  it('C7: keeps data, cycles included', () => {
    const cyclic: Record<string, unknown> = { list: [1, 'a', null, undefined, 2n], when: new Date(0), map: new Map([[1, new Set([2])]]) };
    cyclic['self'] = cyclic;
    expect(reason(cyclic)).toBeUndefined();
    expect(reason(new Uint8Array(3))).toBeUndefined();
    expect(reason(new TypeError('x', { cause: 1 }))).toBeUndefined();
  });

  it.each<[expected: string, value: () => unknown]>([
    ['it is a function', () => () => 1],
    ['.a.b is a function', () => ({ a: { b: () => 1 } })],
    ['it is an instance of Point', () => new (class Point { x = 1; })()],
    ['.p is a promise', () => ({ p: Promise.resolve() })],
    ['it is a symbol', () => Symbol('x')],
    ['a key of it.f is a function', () => new Map([[{ f: () => 1 }, 1]])],
    ['it has the getter now', () => ({ get now() { throw new Error('called'); } })],
    ['it is a weak', () => new WeakMap()],
  ])('C7: names what is more than data: %s', (expected, value) => {
    expect(reason(value())).toBe(expected);
  });
});
