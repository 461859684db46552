import { describe, expect, it } from 'vitest';
import { compilePristineCheck } from './pristine-check.js';

const symbol = Symbol('key');

function subject() {
  return { plain: 1, 'with-dash': 2, 7: 3, [symbol]: 4, constructor: 5 };
}

describe('compilePristineCheck', () => {
  it('holds while every property has its value, and for no properties', () => {
    const target = subject();
    const isPristine = compilePristineCheck(
      Reflect.ownKeys(target).map((key) => ({ target, key, value: Reflect.get(target, key) })),
    );
    expect([isPristine(), isPristine()]).toEqual([true, true]);
    expect(compilePristineCheck([])()).toBe(true);
  });

  it('F2: fails when a prototype was replaced, before a comparison runs code of the new one', () => {
    const target = subject();
    const isPristine = compilePristineCheck([{ target, key: 'plain', value: 1 }], [[target, Object.prototype]]);
    expect(isPristine()).toBe(true);
    Reflect.deleteProperty(target, 'plain');
    const asked: string[] = [];
    Object.setPrototypeOf(target, new Proxy({}, { get: (_, key) => asked.push(String(key)) }));
    expect([isPristine(), asked]).toEqual([false, []]);
  });

  it.each(Reflect.ownKeys(subject()))('fails when %s has another value, or is gone', (key) => {
    const target = subject();
    const isPristine = compilePristineCheck([
      { target: {}, key: 'none', value: undefined },
      { target, key, value: Reflect.get(target, key) },
    ]);
    expect(isPristine()).toBe(true);
    Reflect.set(target, key, 'other');
    expect(isPristine()).toBe(false);
    Reflect.deleteProperty(target, key);
    expect(isPristine()).toBe(false);
  });
});
