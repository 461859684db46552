import { afterEach, describe, expect, it } from 'vitest';
import { intrinsics } from './intrinsics.js';

const original = { push: Array.prototype.push, get: Map.prototype.get, stringify: JSON.stringify };

afterEach(() => {
  Array.prototype.push = original.push;
  Map.prototype.get = original.get;
  JSON.stringify = original.stringify;
  for (const key of ['then', 'get', 'polyfilled']) Reflect.deleteProperty(Object.prototype, key);
});

describe('the bracket of pristine intrinsics', () => {
  it('shows the kernel the original of what the reader patched, and the reader the patch again', () => {
    const patched = function push(): number {
      throw new Error('patched');
    };
    Array.prototype.push = patched;
    const inside = intrinsics.enter(() => {
      const list: number[] = [];
      list.push(1);
      return { length: list.length, push: Array.prototype.push };
    });
    const after = Array.prototype.push;
    Array.prototype.push = original.push;
    expect(inside.length).toBe(1);
    expect(inside.push).toBe(original.push);
    expect(after).toBe(patched);
  });

  it('hides properties that were added to Object.prototype, accessors included', () => {
    Object.defineProperty(Object.prototype, 'then', { configurable: true, get: () => () => undefined });
    Object.defineProperty(Object.prototype, 'get', { configurable: true, writable: true, value: () => 1 });
    const inside = intrinsics.enter(() => ['then' in {}, 'get' in {}]);
    const after = ['then' in {}, 'get' in {}];
    Reflect.deleteProperty(Object.prototype, 'then');
    Reflect.deleteProperty(Object.prototype, 'get');
    expect(inside).toEqual([false, false]);
    expect(after).toEqual([true, true]);
  });

  it('brings back a built-in that was deleted, for the kernel only', () => {
    Reflect.deleteProperty(Map.prototype, 'get');
    const inside = intrinsics.enter(() => new Map([[1, 2]]).get(1));
    const after = 'get' in Map.prototype;
    Map.prototype.get = original.get;
    expect(inside).toBe(2);
    expect(after).toBe(false);
  });

  it('shows the reader its patches while the kernel calls it, and keeps what it patches meanwhile', () => {
    const first = (): string => 'first';
    const second = (): string => 'second';
    JSON.stringify = first;
    const seen = intrinsics.enter(() => {
      const before = JSON.stringify;
      const reader = intrinsics.runOutside(() => {
        const mine = JSON.stringify;
        JSON.stringify = second;
        return mine;
      });
      return { before, reader, again: JSON.stringify };
    });
    const after = JSON.stringify;
    JSON.stringify = original.stringify;
    expect(seen).toEqual({ before: original.stringify, reader: first, again: original.stringify });
    expect(after).toBe(second);
  });

  it('keeps what is in place when stock is taken, also from within', () => {
    const own = (): string => 'the kernel’s own';
    JSON.stringify = own;
    const seen = intrinsics.enter(() => {
      const before = JSON.stringify;
      intrinsics.recordPristine();
      return [before, JSON.stringify];
    });
    expect(seen).toEqual([original.stringify, own]);
    expect(JSON.stringify).toBe(own);
    JSON.stringify = original.stringify;
    expect(intrinsics.enter(() => JSON.stringify)).toBe(own);
    intrinsics.recordPristine();
  });

  it('F2: hides a prototype that the reader gave to a built-in, and elements of Array.prototype', () => {
    const asked: PropertyKey[] = [];
    const prototype = new Proxy(Object.prototype, { get: (_, key) => asked.push(key) });
    Object.setPrototypeOf(Array.prototype, prototype);
    Object.defineProperty(Array.prototype, 0, { get: () => asked.push('0'), configurable: true });
    const inside = intrinsics.enter(() => [
      Object.getPrototypeOf(Array.prototype) === Object.prototype,
      JSON.stringify([,]),
    ]);
    const after = [Object.getPrototypeOf(Array.prototype) === prototype, Object.hasOwn(Array.prototype, 0)];
    Object.setPrototypeOf(Array.prototype, Object.prototype);
    Reflect.deleteProperty(Array.prototype, 0);
    expect([inside, after]).toEqual([
      [true, '[null]'],
      [true, true],
    ]);
    expect(asked).toEqual([]);
  });

  it.each([
    ['a patched realm', true],
    ['a realm that nobody patched', false],
  ])('tells whether the kernel runs, in %s', (_, isPatched) => {
    if (isPatched) Array.prototype.push = () => 0;
    const state = (): boolean => intrinsics.isEntered;
    const seen = [state(), intrinsics.enter(state), intrinsics.enter(() => intrinsics.runOutside(state)), state()];
    Array.prototype.push = original.push;
    expect(seen).toEqual([false, true, false, false]);
  });

  it('puts the patches back when the kernel throws', () => {
    const patched = (): string => 'patched';
    JSON.stringify = patched;
    expect(() =>
      intrinsics.enter(() => {
        throw new RangeError('inside');
      }),
    ).toThrow(RangeError);
    expect(JSON.stringify).toBe(patched);
  });
});
