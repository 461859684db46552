import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Patches } from '../../../src/context/platform/patches.js';
import { intrinsics } from './intrinsics.js';
import { ProxyRegistry } from './proxy-registry.js';
import { keepUndoable } from './redefinitions.js';

const patches = new Patches();
const { defineProperty, getOwnPropertyDescriptor } = Reflect;
const { stringify } = JSON;
const push = getOwnPropertyDescriptor(Array.prototype, 'push')!;
const stringifyDescriptor = getOwnPropertyDescriptor(JSON, 'stringify')!;

beforeAll(() => {
  const proxies = new ProxyRegistry();
  proxies.install(globalThis);
  keepUndoable(patches, globalThis, intrinsics, proxies);
  intrinsics.recordPristine();
  return () => patches.dispose();
});

afterEach(() => {
  defineProperty(JSON, 'stringify', stringifyDescriptor);
  defineProperty(Array.prototype, 'push', push);
  for (const name of ['more', 'then']) Reflect.deleteProperty(Object.prototype, name);
});

const mine = (): string => 'mine';
const pinned = { value: mine, writable: false, configurable: false };

describe('redefinitions of built-ins', () => {
  it.each([
    ['Object.defineProperty', () => Object.defineProperty(JSON, 'stringify', pinned)],
    ['Reflect.defineProperty', () => Reflect.defineProperty(JSON, 'stringify', pinned)],
    ['Object.defineProperties', () => Object.defineProperties(JSON, { stringify: pinned })],
    ['a proxy of a proxy', () => Object.defineProperty(new Proxy(new Proxy(JSON, {}), {}), 'stringify', pinned)],
    ['an object as the key', () => Object.defineProperty(JSON, { toString: () => 'stringify' } as never, pinned)],
    [
      'freezing after it',
      () => {
        JSON.stringify = mine;
        return Object.freeze(JSON);
      },
    ],
    [
      'two steps',
      () => {
        Object.defineProperty(JSON, 'stringify', { configurable: false });
        Object.defineProperty(JSON, 'stringify', pinned);
      },
    ],
  ])('F2: leave the kernel its own: %s', (_, redefine) => {
    redefine();
    expect(JSON.stringify).toBe(mine);
    expect(getOwnPropertyDescriptor(JSON, 'stringify')!.writable).toBe(false);
    expect(intrinsics.enter(() => JSON.stringify)).toBe(stringify);
    expect(JSON.stringify).toBe(mine);
  });

  it('F2: hide from the kernel what is added for good', () => {
    Object.defineProperty(Object.prototype, 'then', { value: mine });
    expect(['then' in {}, intrinsics.enter(() => 'then' in {}), 'then' in {}]).toEqual([true, false, true]);
  });

  it('F2: run no getter, however it came', () => {
    let runs = 0;
    const count = (): (() => string) => {
      runs++;
      return mine;
    };
    Object.defineProperty(JSON, 'stringify', { get: count, configurable: true });
    // Before another way has told of an accessor.
    intrinsics.enter(() => undefined);
    expect(runs).toBe(0);
    (Array.prototype as unknown as Record<string, (key: string, getter: unknown) => void>)['__defineGetter__']!(
      'push',
      count,
    );
    intrinsics.enter(() => undefined);
    intrinsics.enter(() => intrinsics.runOutside(() => undefined));
    const mixed = getOwnPropertyDescriptor(Array.prototype, 'push')!;
    defineProperty(Array.prototype, 'push', push);
    expect([runs, mixed.get]).toEqual([0, count]);
  });

  it('let code freeze what it has not changed, and define what is no built-in', () => {
    expect(Object.isFrozen(Object.freeze(Math))).toBe(true);
    expect(Object.isFrozen(Object.freeze({ a: 1 }))).toBe(true);
    const own = Object.defineProperty({}, 'stringify', pinned);
    expect(getOwnPropertyDescriptor(own, 'stringify')).toMatchObject({ configurable: false, writable: false });
    expect(Object.isExtensible(Object.preventExtensions([1]))).toBe(false);
  });

  it('keep an object extensible to which something may have to be given back', () => {
    Reflect.preventExtensions(JSON);
    Object.seal(JSON);
    Reflect.deleteProperty(JSON, 'stringify');
    expect(intrinsics.enter(() => JSON.stringify)).toBe(stringify);
    expect('stringify' in JSON).toBe(false);
  });

  it('look like the platform’s', () => {
    expect([Object.defineProperty.length, Object.freeze.name, Reflect.defineProperty.length]).toEqual([3, 'freeze', 3]);
    expect(() => Object.defineProperty(1 as never, 'a', {})).toThrow(TypeError);
    expect(() => Object.defineProperty(JSON, 'stringify', { get: 1 as never })).toThrow(TypeError);
    expect(Object.freeze(1)).toBe(1);
  });
});
