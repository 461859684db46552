import { describe, expect, it } from 'vitest';
import { NotSendableError } from './codec-errors.js';
import { decode, encodeMessage } from './codec.js';

const write = (args: unknown, more: object = {}) => encodeMessage({ name: 'save', args, ...more }, {}, 'args');
const sent = (args: unknown): unknown => (decode(write(args)) as { args: unknown }).args;
const refusal = (args: unknown): string => {
  try {
    write(args);
  } catch (error) {
    expect(error).toBeInstanceOf(NotSendableError);
    return (error as Error).message;
  }
  return 'sent';
};

class Order {
  id = 5;
  items = [{ price: 1 }];
  readonly #secret = 1;
  get total(): number {
    return this.#secret;
  }
  send(): void {}
}

describe('a field that is sent whole', () => {
  it('has instances of classes as their own enumerable fields', () => {
    expect(sent(new Order())).toEqual({ id: 5, items: [{ price: 1 }] });
    const order = new Order();
    expect(sent({ list: [order, order], map: new Map([['a', new (class extends Order {})()]]) })).toEqual({
      list: [
        { id: 5, items: [{ price: 1 }] },
        { id: 5, items: [{ price: 1 }] },
      ],
      map: new Map([['a', { id: 5, items: [{ price: 1 }] }]]),
    });
    expect(Object.getPrototypeOf(sent(new Order()))).toBe(Object.prototype);
    expect(sent(new (class Dates extends Date {})(0))).toEqual(new Date(0));
  });

  it('has everything else as it was', () => {
    const cyclic: Record<string, unknown> = { at: new Date(0), bytes: new Uint8Array([1]), none: undefined, big: 5n };
    cyclic['self'] = cyclic;
    expect(sent(cyclic)).toEqual(cyclic);
    expect(sent(undefined)).toBeUndefined();
    expect(sent(Symbol.for('shared'))).toBe(Symbol.for('shared'));
  });

  it.each<[string, unknown, string]>([
    ['a function', () => 1, "a function can't be sent."],
    ['a function in it', { items: [{}, { run() {} }] }, "items[1].run: a function can't be sent."],
    ['an odd key', { 'odd name': { ['']: Symbol('own') } }, `["odd name"][""]: a symbol can't be sent.`],
    [
      'a getter',
      {
        get lazy() {
          throw new Error('ran');
        },
      },
      "lazy: a getter can't be sent.",
    ],
    ['a promise', [Promise.resolve(1)], "[0]: a promise that was not awaited can't be sent."],
    ['a weak collection', { cache: new WeakMap() }, "cache: an object of class WeakMap can't be sent."],
    [
      'an object of the platform',
      { stop: new AbortController() },
      "stop: an object of class AbortController can't be sent.",
    ],
    [
      'a value of a map',
      new Map([
        ['a', 1],
        ['b', new Map([['c', () => 1]])],
      ] as never),
      "[1][0]: a function can't be sent.",
    ],
    ['an item of a set', { set: new Set([1, () => 1]) }, "set[1]: a function can't be sent."],
    [
      'a field of an instance',
      new (class {
        inner = new (class {
          run = (): void => {};
        })();
      })(),
      "inner.run: a function can't be sent.",
    ],
    ['a cause', new Error('x', { cause: { run() {} } }), "cause.run: a function can't be sent."],
    ['too much text', { text: 'x'.repeat(4_000_000) }, "text: a value of this size can't be sent."],
    [
      'too many elements',
      { list: Array.from({ length: 200_000 }, () => 1) },
      "list: a value of this size can't be sent.",
    ],
  ])('refuses %s with its path', (_name, args, message) => {
    expect(refusal(args)).toBe(message);
  });

  it('refuses a preview that came from elsewhere', () => {
    const shown = decode(encodeMessage({ run() {} })) as { run: unknown };
    expect(refusal({ again: shown.run })).toBe("again: a preview can't be sent.");
  });

  it('refuses a proxy without running it', () => {
    const proxies = new WeakSet<object>();
    const proxy = new Proxy(
      {},
      {
        get: () => {
          throw new Error('ran');
        },
        getPrototypeOf: () => {
          throw new Error('ran');
        },
      },
    );
    proxies.add(proxy);
    const isProxy = (value: object): boolean => proxies.has(value);
    expect(() => encodeMessage({ args: { proxy } }, { isProxy }, 'args')).toThrow("proxy: a proxy can't be sent.");
  });

  it('refuses what is nested too deep, with both ends of its path', () => {
    const nested = (levels: number): object => (levels === 0 ? {} : { deep: nested(levels - 1) });
    expect(sent(nested(200))).toEqual(nested(200));
    const start = 'list[1].deep.deep.deep.deep.deep.deep.deep.deep.de';
    for (const levels of [201, 1_000])
      expect(refusal({ list: [1, nested(levels - 2)] })).toBe(
        `${start} … ${'.deep'.repeat(10)}: a value deeper than 200 levels can't be sent. Send a flatter one.`,
      );
  });

  it('leaves the other fields as they are', () => {
    const message = decode(write({ id: 1 }, { other: () => 1 })) as { other: unknown };
    expect(String(message.other)).toBe('ƒ other()');
    expect(encodeMessage({ args: () => 1 })).toMatchObject({ text: expect.any(String) });
  });
});
