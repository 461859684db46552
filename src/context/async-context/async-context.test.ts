import { describe, expect, it } from 'vitest';
import { AsyncContext } from './async-context.js';
import { Snapshot } from './snapshot.js';
import { Variable } from './variable.js';

describe('AsyncContext', () => {
  it('is a namespace with the two classes, as the proposal has it', () => {
    expect(Object.prototype.toString.call(AsyncContext)).toBe('[object AsyncContext]');
    expect(Object.keys(AsyncContext)).toEqual([]);
    for (const name of ['Variable', 'Snapshot'] as const) {
      expect(Object.getOwnPropertyDescriptor(AsyncContext, name)).toMatchObject({
        writable: true,
        enumerable: false,
        configurable: true,
      });
      expect(Object.getOwnPropertyDescriptor(AsyncContext[name], 'prototype')).toMatchObject({
        writable: false,
        enumerable: false,
        configurable: false,
      });
      expect(Object.getOwnPropertyDescriptor(AsyncContext[name].prototype, Symbol.toStringTag)).toEqual({
        value: `AsyncContext.${name}`,
        writable: false,
        enumerable: false,
        configurable: true,
      });
    }
  });
});

describe('AsyncContext.Variable', () => {
  it('gives the value of the innermost run, else the default', () => {
    const variable = new Variable({ defaultValue: 'default' });
    expect(variable.get()).toBe('default');
    const seen = variable.run('outer', () => [
      variable.get(),
      variable.run('inner', () => variable.get()),
      variable.get(),
    ]);
    expect(seen).toEqual(['outer', 'inner', 'outer']);
    expect(variable.get()).toBe('default');
  });

  it('gives an explicit undefined rather than the default', () => {
    const variable = new Variable<string | undefined>({ defaultValue: 'default' });
    expect(variable.run(undefined, () => variable.get())).toBeUndefined();
  });

  it('calls with this undefined and the arguments, and gives the result', () => {
    const variable = new Variable<number>();
    const seen = variable.run(
      1,
      function (this: unknown, ...args: number[]) {
        return [this, ...args];
      },
      2,
      3,
    );
    expect(seen).toEqual([undefined, 2, 3]);
  });

  it('restores when the function throws', () => {
    const variable = new Variable<number>();
    expect(() =>
      variable.run(1, () => {
        throw new RangeError('x');
      }),
    ).toThrow(RangeError);
    expect(variable.get()).toBeUndefined();
  });

  it('keeps variables apart', () => {
    const a = new Variable<number>();
    const b = new Variable<number>();
    a.run(1, () => b.run(2, () => expect([a.get(), b.get()]).toEqual([1, 2])));
    b.run(2, () => expect(a.get()).toBeUndefined());
  });

  it('converts its name to a string, and refuses a symbol', () => {
    expect(new Variable().name).toBe('');
    expect(new Variable({ name: 'request' }).name).toBe('request');
    expect(new Variable({ name: undefined as never }).name).toBe('undefined');
    expect(new Variable({ name: 5 as never }).name).toBe('5');
    expect(() => new Variable({ name: Symbol('x') as never })).toThrow(TypeError);
    expect(new Variable('no object' as never).name).toBe('');
  });

  it('refuses receivers that are no variable before it calls anything', () => {
    let called = false;
    const run = Variable.prototype.run as (this: unknown, value: unknown, fn: () => void) => void;
    expect(() =>
      run.call({}, 1, () => {
        called = true;
      }),
    ).toThrow(TypeError);
    expect(called).toBe(false);
    expect(() => Reflect.get(Variable.prototype, 'name', {}) as unknown).toThrow(TypeError);
  });

  it('needs new, can be extended, and falls back to its own prototype', () => {
    expect(() => (Variable as unknown as () => void)()).toThrow(TypeError);
    class Named extends Variable<number> {}
    expect(new Named()).toBeInstanceOf(Named);
    const withoutPrototype = function () {};
    withoutPrototype.prototype = undefined;
    expect(Object.getPrototypeOf(Reflect.construct(Variable, [], withoutPrototype))).toBe(Variable.prototype);
    expect(Object.getPrototypeOf(Reflect.construct(Snapshot, [], withoutPrototype))).toBe(Snapshot.prototype);
  });

  it('survives patched collections', () => {
    const { get, set, has, forEach } = Map.prototype;
    const variable = new Variable<number>();
    const other = new Variable<number>();
    try {
      for (const key of ['get', 'set', 'has', 'forEach'] as const) {
        Object.defineProperty(Map.prototype, key, {
          value: () => {
            throw new Error('patched');
          },
          configurable: true,
          writable: true,
        });
      }
      expect(variable.run(1, () => other.run(2, () => [variable.get(), other.get()]))).toEqual([1, 2]);
    } finally {
      Object.assign(Map.prototype, { get, set, has, forEach });
      for (const key of ['get', 'set', 'has', 'forEach'])
        Object.defineProperty(Map.prototype, key, { enumerable: false });
    }
  });
});

describe('AsyncContext.Snapshot', () => {
  const variable = new Variable<string>();

  it('runs in the context in which it was made, with this undefined', () => {
    const snapshot = variable.run('then', () => new Snapshot());
    variable.run('now', () => {
      const seen = snapshot.run(
        function (this: unknown, ...args: number[]) {
          return [this, variable.get(), ...args];
        },
        1,
        2,
      );
      expect(seen).toEqual([undefined, 'then', 1, 2]);
      expect(variable.get()).toBe('now');
    });
  });

  it('restores when the function throws', () => {
    const snapshot = new Snapshot();
    variable.run('now', () => {
      expect(() =>
        snapshot.run(() => {
          throw new RangeError('x');
        }),
      ).toThrow(RangeError);
      expect(variable.get()).toBe('now');
    });
  });

  it('wraps a function: its this, its arguments, the context of the wrapping', () => {
    const wrapped = variable.run('then', () =>
      Snapshot.wrap(function add(this: { base: number }, a: number, b: number) {
        return [variable.get(), this.base + a + b];
      }),
    );
    expect(variable.run('now', () => wrapped.call({ base: 1 }, 2, 3))).toEqual(['then', 6]);
    expect(wrapped.name).toBe('wrapped add');
    expect(wrapped.length).toBe(2);
    expect('prototype' in wrapped).toBe(false);
    expect(() => Reflect.construct(wrapped, [])).toThrow(TypeError);
  });

  it.each([
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 0],
    [-3, 0],
    [2.7, 2],
    [Number.NaN, 0],
    ['2', 0],
  ])('copies the length %s as %s', (length, expected) => {
    const fn = Object.defineProperty(() => undefined, 'length', { value: length });
    expect(Snapshot.wrap(fn).length).toBe(expected);
  });

  it('names what has no name, and throws on what is no function', () => {
    const nameless = Object.defineProperty(() => undefined, 'name', { value: 5 });
    expect(Snapshot.wrap(nameless).name).toBe('wrapped ');
    for (const value of [undefined, null, {}, 'x']) expect(() => Snapshot.wrap(value as never)).toThrow(TypeError);
  });
});
