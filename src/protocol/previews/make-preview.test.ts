import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectPreview, PropertyPreview } from './preview.js';
import { ValuePreview } from './value-preview.js';
import { makePreview } from './make-preview.js';
import type { PreviewOptions } from './options.js';

const preview = (value: unknown, options?: PreviewOptions): ObjectPreview =>
  makePreview(value, options) as ObjectPreview;
const text = (value: unknown, options?: PreviewOptions): string => makePreview(value, options).text;
const property = (value: unknown, name: string, options?: PreviewOptions): PropertyPreview | undefined =>
  preview(value, options).properties?.find((one) => one.name === name);

class Point {
  x = 1;
  y = 2;
}

describe('makePreview', () => {
  it.each<[unknown, object]>([
    [undefined, { type: 'undefined', text: 'undefined' }],
    [null, { type: 'null', text: 'null' }],
    [true, { type: 'boolean', text: 'true' }],
    [-0, { type: 'number', text: '-0' }],
    [NaN, { type: 'number', text: 'NaN' }],
    [10n, { type: 'bigint', text: '10' }],
    ['a "b"', { type: 'string', text: 'a "b"' }],
    [Symbol('x'), { type: 'symbol', text: 'Symbol(x)' }],
  ])('shows the primitive %s', (value, expected) => {
    expect(makePreview(value)).toEqual(expected);
  });

  it.each<[string, unknown, string, string]>([
    ['an empty object', {}, 'object', '{}'],
    [
      'an object',
      { a: 1, b: 'x', c: [1, 2], d: { e: 1 }, f: null },
      'object',
      '{a: 1, b: "x", c: Array(2), d: {…}, f: null}',
    ],
    ['a wide object', { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, 'object', '{a: 1, b: 2, c: 3, d: 4, e: 5, …}'],
    ['odd keys', { 'a-b': 1, '': 2 }, 'object', '{"a-b": 1, "": 2}'],
    ['an array', [1, 2, 3], 'array', 'Array(3)'],
    ['an instance', new Point(), 'object', 'Point {x: 1, y: 2}'],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1n }), 'object', '{a: 1n}'],
    ['a Map', new Map([[1, 2]]), 'map', 'Map(1)'],
    ['a Set', new Set([1, 2]), 'set', 'Set(2)'],
    ['a WeakMap', new WeakMap(), 'weak', 'WeakMap'],
    ['a Date', new Date(0), 'date', '1970-01-01T00:00:00.000Z'],
    ['an invalid Date', new Date(NaN), 'date', 'Invalid Date'],
    ['a RegExp', /a\/b/gi, 'regexp', '/a\\/b/gi'],
    ['a URL', new URL('https://example.com/x'), 'object', 'https://example.com/x'],
    ['an error', new TypeError('bad'), 'error', 'TypeError: bad'],
    ['a typed array', new Uint8Array(3), 'typedarray', 'Uint8Array(3)'],
    ['a DataView', new DataView(new ArrayBuffer(4)), 'typedarray', 'DataView(4)'],
    ['a buffer', new ArrayBuffer(8), 'arraybuffer', 'ArrayBuffer(8)'],
    ['a boxed string', Object('x'), 'boxed', 'String {"x"}'],
    ['a boxed number', Object(-0), 'boxed', 'Number {-0}'],
    [
      'a generator',
      (function* () {
        yield 1;
      })(),
      'generator',
      'Generator',
    ],
    [
      'an async generator',
      (async function* () {
        yield 1;
      })(),
      'generator',
      'AsyncGenerator',
    ],
    ['a promise of which nothing is known', Promise.resolve(1), 'promise', 'Promise'],
  ])('shows %s', (_, value, kind, line) => {
    expect(preview(value)).toMatchObject({ type: 'object', kind, text: line });
  });

  it.each<[unknown, string, string]>([
    [
      function add(a: number, b: number) {
        return a + b;
      },
      'function',
      'ƒ add(a, b)',
    ],
    [
      (a: number, { b = ')', c }: { b?: string; c?: number } = {}) => [a, b, c],
      'function',
      'ƒ (a, { b = ")", c } = {})',
    ],
    [async (a: number) => a, 'function', 'async ƒ (a)'],
    [async function run() {}, 'function', 'async ƒ run()'],
    [
      function* walk() {
        yield 1;
      },
      'function',
      'ƒ* walk()',
    ],
    [
      {
        method(x: number) {
          return x;
        },
      }.method,
      'function',
      'ƒ method(x)',
    ],
    [Math.max, 'function', 'ƒ max()'],
    [Point, 'class', 'class Point'],
    [class Deep extends Point {}, 'class', 'class Deep extends Point'],
  ])('shows the function %s', (value, kind, line) => {
    expect(preview(value)).toMatchObject({ kind, text: line });
  });

  it('shows one lone parameter of an arrow function', () => {
    expect(text(() => 1, { sourceOf: () => 'x => x' })).toBe('ƒ (x)');
    expect(text(() => 1, { sourceOf: () => 'async x => x' })).toBe('async ƒ (x)');
  });

  it('shows the source of a function as its author wrote it', () => {
    const source = 'function add(a: number) {}';
    const shown = preview(function add() {}, { sourceOf: () => source });
    expect(shown).toMatchObject({ className: 'add', text: 'ƒ add(a: number)', source });
    expect(preview(() => 1, { sourceOf: () => `() => "${'x'.repeat(10_000)}"` }).source).toHaveLength(5_000);
  });

  it('shows the state of a promise and what it holds', () => {
    const promise = Promise.resolve();
    const of = (state: 'pending' | 'fulfilled' | 'rejected', value?: unknown) =>
      preview(promise, { promiseState: () => ({ state, value }) });
    expect(of('pending')).toMatchObject({ text: 'Promise {<pending>}', state: 'pending', properties: [] });
    expect(of('fulfilled', 42)).toMatchObject({
      text: 'Promise {<fulfilled>: 42}',
      properties: [{ name: '[[PromiseResult]]', key: 'internal', value: { text: '42' } }],
    });
    expect(of('rejected', new Error('x')).text).toBe('Promise {<rejected>: Error: x}');
  });

  it('shows a proxy by its target, and touches neither', () => {
    const target = new Point();
    const trap = (): never => {
      throw new Error('a trap ran');
    };
    const proxy = new Proxy(target, {
      get: trap,
      ownKeys: trap,
      getPrototypeOf: trap,
      getOwnPropertyDescriptor: trap,
      has: trap,
    });
    const hooks = { isProxy: (value: object) => value === proxy, proxyTarget: () => target };
    expect(preview(proxy, hooks)).toMatchObject({
      kind: 'proxy',
      className: 'Proxy',
      text: 'Proxy(Point)',
      properties: [{ name: '[[Target]]' }],
    });
    expect(text({ proxy }, hooks)).toBe('{proxy: Proxy(Point)}');
    expect(text(Object.create(proxy) as object, hooks)).toBe('Object {}');
  });

  it('shows the frames of an error, its cause and its own properties', () => {
    const error = Object.assign(new Error('outer', { cause: new Error('inner') }), { code: 7 });
    const frame = { functionName: 'f', file: 'cell-1.ts', line: 1, column: 2 };
    const shown = preview(error, { framesOf: (stack) => (stack.includes('outer') ? [frame] : []) });
    expect(shown.stack).toEqual([frame]);
    expect(shown.properties?.map(({ name }) => name)).toEqual(['cause', 'code']);
    expect(property(error, 'cause')).toMatchObject({ enumerable: false, value: { text: 'Error: inner' } });
  });

  it('shows getters as such, and runs none', () => {
    const value = {
      get a(): never {
        throw new Error('a getter ran');
      },
      set b(_: number) {
        throw new Error('a setter ran');
      },
    };
    Object.defineProperty(value, Symbol.toStringTag, {
      get: () => {
        throw new Error('a tag was read');
      },
    });
    expect(text(value)).toBe('{a: (…), b: (…)}');
    expect(property(value, 'a')?.value).toEqual({ type: 'object', kind: 'getter', className: '', text: '(…)' });
    expect(property(value, 'b')?.value.text).toBe('(write-only)');
    class Hostile extends Error {
      override get message(): never {
        throw new Error('a getter ran');
      }
      override get name(): never {
        throw new Error('a getter ran');
      }
    }
    const hostile = Reflect.construct(Error, [], Hostile) as object;
    expect(preview(hostile, { framesOf: () => [] })).toMatchObject({ kind: 'error', text: 'Error', properties: [] });
  });

  it('stops at what it stands in', () => {
    const value: Record<string, unknown> = { a: 1 };
    value['self'] = value;
    expect(property(value, 'self', { preview: { maxDepth: 3 } })?.value).toMatchObject({
      kind: 'circular',
      text: '[Circular]',
    });
    const shared = {};
    expect(preview([shared, shared]).properties?.map((one) => (one.value as ObjectPreview).kind)).toEqual([
      'object',
      'object',
    ]);
  });

  it('lists elements, entries, extra properties and symbols', () => {
    const array = Object.assign(['a', , 'c'], { extra: 1 });
    expect(preview(array).properties?.map(({ name, key }) => [name, key])).toEqual([
      ['0', 'index'],
      ['2', 'index'],
      ['extra', 'string'],
    ]);
    const key = { id: 1 };
    expect(
      preview(
        new Map<unknown, unknown>([
          ['a', 1],
          [key, 2],
        ]),
      ).properties,
    ).toMatchObject([
      { name: '"a"', key: 'entry', value: { text: '1' } },
      { name: '{…}', key: 'entry', entryKey: { text: '{id: 1}' } },
    ]);
    expect(preview(new Map([['a', 1]])).properties?.[0]).not.toHaveProperty('entryKey');
    expect(preview(new Set(['x'])).properties).toMatchObject([{ name: '0', key: 'entry', value: { text: 'x' } }]);
    expect(preview({ [Symbol('s')]: 1 }).properties).toMatchObject([{ name: 'Symbol(s)', key: 'symbol' }]);
    expect(preview(Object('ab')).properties).toMatchObject([{ name: '[[PrimitiveValue]]', key: 'internal' }]);
  });

  it('is bounded in width, depth and text, and says what it left out', () => {
    expect(preview(Array.from({ length: 1_000 }, (_, at) => at))).toMatchObject({ size: 1_000, more: 980 });
    expect(preview(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`, at]))).more).toBe(10);
    expect(property({ a: { b: {} } }, 'a')?.value).not.toHaveProperty('properties');
    const long = makePreview('x'.repeat(20_000));
    expect(long).toMatchObject({ type: 'string', length: 20_000 });
    expect(long.text).toHaveLength(10_000);
    expect(text(1n << 100_000n)).toMatch('more than 1,000 digits');
    const sparse: number[] = [];
    sparse[4_294_967_294] = 1;
    expect(preview(sparse).text).toBe('Array(4294967295)');
  });

  it('gives handles to objects, where somebody keeps them', () => {
    const kept: object[] = [];
    const value = { child: {} };
    const shown = preview(value, { handleFor: (object) => String(kept.push(object)) });
    expect(kept).toEqual([value.child, value]);
    expect([shown.handle, (shown.properties![0]!.value as ObjectPreview).handle]).toEqual(['2', '1']);
    expect(preview(value)).not.toHaveProperty('handle');
  });

  it('shows a ValuePreview as what it stands for', () => {
    const original = preview(new Point());
    expect(makePreview({ point: new ValuePreview(original) })).toMatchObject({ text: '{point: Point {x: 1, y: 2}}' });
    expect(preview([new ValuePreview(original)]).properties?.[0]?.value).toBe(original);
  });

  it('never throws, and stays small', () => {
    const options = {
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withProxy: false,
    };
    fc.assert(
      fc.property(fc.anything({ ...options, maxKeys: 50 }), (value) => {
        expect(
          JSON.stringify(makePreview(value, { preview: { maxDepth: 5, maxCharacters: 5_000 } })).length,
        ).toBeLessThan(40_000);
      }),
    );
  });
});
