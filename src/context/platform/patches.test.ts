import { afterEach, describe, expect, it } from 'vitest';
import { Variable } from '../async-context/variable.js';
import { installPlatform } from './install.js';
import { originalOf, Patches } from './patches.js';

/** Everything that can be told apart about the built-ins that are replaced. */
const replaced: readonly (readonly [string, object, PropertyKey])[] = [
  ['then', Promise.prototype, 'then'],
  ['finally', Promise.prototype, 'finally'],
  ['resolve', Promise, 'resolve'],
  ['setTimeout', globalThis, 'setTimeout'],
  ['clearTimeout', globalThis, 'clearTimeout'],
  ['setInterval', globalThis, 'setInterval'],
  ['queueMicrotask', globalThis, 'queueMicrotask'],
  ['addEventListener', EventTarget.prototype, 'addEventListener'],
  ['removeEventListener', EventTarget.prototype, 'removeEventListener'],
  ['FinalizationRegistry', globalThis, 'FinalizationRegistry'],
  ['ReadableStream', globalThis, 'ReadableStream'],
  ['WritableStream', globalThis, 'WritableStream'],
  ['TransformStream', globalThis, 'TransformStream'],
];

function shapeOf(target: object, key: PropertyKey): object {
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  const fn = (descriptor?.value ?? descriptor?.get) as { name: string; length: number; prototype?: object };
  return {
    attributes: [descriptor?.writable, descriptor?.enumerable, descriptor?.configurable, 'value' in (descriptor ?? {})],
    name: Object.getOwnPropertyDescriptor(fn, 'name'),
    length: Object.getOwnPropertyDescriptor(fn, 'length'),
    keys: Reflect.ownKeys(fn),
    isConstructor: isConstructor(fn),
    prototype: fn.prototype === undefined ? undefined : Object.getOwnPropertyDescriptor(fn, 'prototype'),
  };
}

function isConstructor(fn: unknown): boolean {
  try {
    Reflect.construct(Object, [], fn as never);
    return true;
  } catch {
    return false;
  }
}

describe('installPlatform', () => {
  let installed: { dispose(): void } | undefined;
  afterEach(() => {
    installed?.dispose();
    installed = undefined;
  });

  it.each(replaced)('leaves %s looking as it was', (_name, target, key) => {
    const before = shapeOf(target, key);
    const original: unknown = Reflect.get(target, key);
    installed = installPlatform();
    expect(Reflect.get(target, key)).not.toBe(original);
    expect(originalOf(Reflect.get(target, key) as object)).toBe(original);
    expect(shapeOf(target, key)).toEqual(before);
  });

  it.each(replaced)('puts %s back when it is disposed of', (_name, target, key) => {
    const before = Object.getOwnPropertyDescriptor(target, key);
    installPlatform().dispose();
    expect(Object.getOwnPropertyDescriptor(target, key)).toEqual(before);
    expect(Reflect.get(target, key)).toBe((before as { value: unknown }).value);
  });

  it('is installed once at a time', () => {
    installed = installPlatform();
    expect(() => installPlatform()).toThrow('installed');
    installed.dispose();
    installed = installPlatform();
  });

  it('keeps classes classes: constructor, instanceof, subclasses, statics, the need of new', () => {
    installed = installPlatform();
    class Own extends ReadableStream<number> {}
    const stream = new Own();
    expect(stream).toBeInstanceOf(Own);
    expect(stream).toBeInstanceOf(ReadableStream);
    expect(ReadableStream.prototype.constructor).toBe(ReadableStream);
    expect(new FinalizationRegistry(() => undefined)).toBeInstanceOf(FinalizationRegistry);
    expect(() => (FinalizationRegistry as unknown as (fn: () => void) => void)(() => undefined)).toThrow(TypeError);
    expect(() => new FinalizationRegistry(5 as never)).toThrow(TypeError);
  });

  it('works on when built-ins are patched afterwards', async () => {
    installed = installPlatform();
    const variable = new Variable<number>();
    const { apply } = Reflect;
    const { get, set } = WeakMap.prototype;
    const target = new EventTarget();
    const seen: unknown[] = [];
    try {
      Reflect.apply = () => {
        throw new Error('patched');
      };
      WeakMap.prototype.get = WeakMap.prototype.set = () => {
        throw new Error('patched');
      };
      variable.run(1, () => {
        queueMicrotask(() => seen.push(variable.get()));
        target.addEventListener('x', () => seen.push('event'));
      });
      target.dispatchEvent(new Event('x'));
      await Promise.resolve();
    } finally {
      Reflect.apply = apply;
      Object.assign(WeakMap.prototype, { get, set });
    }
    expect(seen).toEqual(['event', 1]);
  });
});

describe('Patches', () => {
  it('does nothing where there is nothing to patch', () => {
    const patches = new Patches();
    const object = Object.freeze({ fixed: () => 1 });
    patches.method(undefined, 'x', () => 2);
    patches.method({}, 'x', () => 2);
    patches.method(object, 'fixed', () => 2);
    patches.accessor({}, 'x', { get: () => 1, set: () => undefined });
    expect(object.fixed()).toBe(1);
  });

  it('undoes in the opposite order', () => {
    const patches = new Patches();
    const object = { value: () => 1 };
    const { value } = object;
    patches.method(object, 'value', (original) => (original() as number) + 1);
    patches.method(object, 'value', (original) => (original() as number) * 10);
    expect(object.value()).toBe(20);
    patches.dispose();
    expect(object.value).toBe(value);
  });
});
