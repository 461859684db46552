import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { CheckpointedNamespace } from './testing/checkpointed-namespace.js';

const changedBy = async (before: string, change: string): Promise<string[][]> => {
  const kept = new CheckpointedNamespace();
  await kept.run(before);
  kept.update();
  await kept.run(change);
  return kept.update('small').map((names) => [...names]);
};

describe('what a checkpoint keeps', () => {
  it.each([
    ['numbers', '[1, -0, NaN, Infinity, -Infinity, 1e21]'],
    ['text', '["", "a\\u0000b", "\\ud800", "\\u2028"]'],
    ['other primitives', '[null, undefined, true, 10n ** 30n, -5n, Symbol.for("k"), Symbol.iterator]'],
    ['objects', '({ a: { b: [1, { c: 2 }] }, __proto__: null })'],
    ['a key of Object.prototype', '({ ["__proto__"]: 1, constructor: 2, toString: 3 })'],
    ['symbol keys', '({ [Symbol.for("k")]: 1, [Symbol.toStringTag]: "T" })'],
    ['arrays with holes', '[1, , 3, , ,]'],
    ['an array with properties', 'Object.assign([1, 2], { index: 3 })'],
    ['a huge sparse array', '(() => { const a = []; a[4294967294] = 1; return a })()'],
    ['maps and sets', 'new Map([[{ k: 1 }, new Set([1, [2]])], [NaN, -0]])'],
    ['dates', '[new Date(5), new Date(NaN)]'],
    ['regular expressions', '(() => { const r = /a(b)/giu; r.lastIndex = 3; return r })()'],
    ['addresses', 'new URL("https://example.org/a?b#c")'],
    ['boxed primitives', '[Object(1), Object("abc"), Object(false), Object(2n)]'],
    [
      'binary data',
      '(() => { const b = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer; return [b, new Uint16Array(b, 2, 2), new DataView(b), new BigInt64Array(b)] })()',
    ],
    [
      'errors',
      '[new RangeError("r", { cause: { a: 1 } }), new AggregateError([new Error("x")], "many"), Object.assign(new Error("c"), { code: 5 })]',
    ],
    [
      'frozen, sealed and closed objects',
      '[Object.freeze({ a: [1] }), Object.seal({ a: 1 }), Object.preventExtensions({ a: 1 }), Object.freeze([1])]',
    ],
    ['properties that are not ordinary', 'Object.defineProperty({ z: 1 }, "hidden", { value: 2 })'],
    ['globals', '[Math, Math.max, Promise, console, Array.prototype.map]'],
    [
      'objects with objects as prototypes',
      'Object.create(Object.create({ base: 1 }), { own: { value: 2, enumerable: true } })',
    ],
  ])('C7: %s', async (_, expression) => {
    const kept = new CheckpointedNamespace();
    await kept.run(`const value = ${expression}`);
    kept.update();
    expect(kept.lost).toEqual([]);
    expect(describeDeep(kept.readData()['value'])).toEqual(describeDeep(kept.get('value')));
  });

  it('C7: cycles, and one object under two names', async () => {
    const kept = new CheckpointedNamespace();
    await kept.run(
      'const a = { list: [] }; const b = { a, self: null }; b.self = b; a.list.push(b); const alone = { a: 1 }; const again = alone',
    );
    kept.update();
    const { a, b, alone, again } = kept.readData() as Record<string, { list: unknown[]; a: unknown; self: unknown }>;
    expect(b!.self).toBe(b);
    expect(b!.a).toBe(a);
    expect(a!.list[0]).toBe(b);
    expect(alone).toBe(again);
    expect([...kept.groups.values()].map(({ names }) => names)).toEqual([
      ['a', 'b'],
      ['alone', 'again'],
    ]);
  });

  it.each([
    ['const v = new WeakMap()', 'it is a WeakMap'],
    ['const v = { a: { p: Promise.resolve() } }', '.a.p is a promise'],
    ['const v = Symbol("x")', 'it is a unique symbol'],
    ['const v = { [Symbol("x")]: 1 }', 'it has a unique symbol as a key'],
    ['const v = new Map([[() => 1, 1], [Promise.resolve(), 2]])', 'a key of it is a promise'],
    ['const v = [1, (function* () {})()]', '[1] is a generator'],
    ['const v = (() => { let n = 0; return () => n })()', 'it is a function that uses “n” of its enclosing scope'],
    ['const v = { get: ((n) => () => n)(1) }', '.get is a function that uses “n” of its enclosing scope'],
    ['const v = (() => 1).bind(null)', 'it is a function without source'],
    ['class C { #x = 1 } const v = new C()', 'it is an instance of C, which has private members'],
    ['const v = new AbortController()', 'it is an instance of AbortController'],
    ['class E extends EventTarget {} const v = [new E()]', '[0] is an instance of E'],
    ['const v = "x".repeat(9_000_000)', 'it is larger than 8 MB'],
    ['const v = new Array(3_000_000).fill(1.5)', 'it is larger than 8 MB'],
    ['const v = { raw: new Float64Array(6_500_000) }', 'it is larger than 8 MB'],
    ['const v = Array.from({ length: 100_001 }, () => ({}))', 'it holds more than 100,000 objects'],
  ])('C7: names what it does not keep: %s', async (source, reason) => {
    const kept = new CheckpointedNamespace();
    await kept.run(`${source}; const rest = 1`);
    kept.update();
    expect(kept.lostReasons()).toEqual({ v: reason });
    expect(kept.readData()['rest']).toBe(1);
  });

  it("C7: what one name can't keep does not cost another, though both reach the same object", async () => {
    const kept = new CheckpointedNamespace();
    await kept.run('const shared = { a: 1 }; const bad = { shared, p: Promise.resolve() }; const good = [shared]');
    kept.update();
    expect(Object.keys(kept.lostReasons())).toEqual(['bad']);
    const { good, shared } = kept.readData() as { good: unknown[]; shared: object };
    expect(good[0]).toBe(shared);
  });

  it('runs no code of the author', async () => {
    const kept = new CheckpointedNamespace();
    await kept.run(
      'let calls = 0; const v = { get a() { calls++; return 1 }, toJSON() { calls++ }, [Symbol.iterator]() { calls++ }, set a(x) { calls++ } }',
    );
    kept.update();
    expect(kept.get('calls')).toBe(0);
    expect(kept.lost).toEqual([]);
  });
});

describe('what a later checkpoint holds', () => {
  it.each<[string, string, string, string[][]]>([
    ['nothing where nothing changed', 'let a = 1, b = { c: [1] }', '1 + 1', []],
    ['a name that was assigned', 'let a = 1, b = { c: [1] }', 'a = 2', [['a']]],
    ['a value that was changed in place', 'let a = 1, b = { c: [1] }, d = { e: 1 }', 'b.c.push(2)', [['b']]],
    ['a new name', 'let a = 1', 'let n = 2', [['n']]],
    ['both of two names that came to share an object', 'let a = { x: {} }, b = {}, c = {}', 'b.a = a.x', [['a', 'b']]],
    ['both of two names that share no object any more', 'let a = {}, b = { a }', 'b.a = 1', [['a'], ['b']]],
    ['the rest of a group that a name left', 'let a = {}, b = a', 'b = 1', [['a'], ['b']]],
    ['a name that was declared anew', 'let a = 1', 'const a = 1', [['a']]],
  ])('C7: %s', async (_, before, change, expected) => {
    expect(await changedBy(before, change)).toEqual(expected);
  });

  it('C7: is found in large values too, once they have rested', async () => {
    const kept = new CheckpointedNamespace();
    await kept.run('const big = Array.from({ length: 3_000 }, (_, n) => ({ n })); let small = {}');
    expect(kept.update('small')).toEqual([['small']]);
    expect(kept.checkpoint.isBehind).toBe(true);
    expect(kept.update('bindings')).toEqual([['big']]);
    expect(kept.checkpoint.isBehind).toBe(false);
    await kept.run('big[5].n = -1');
    expect(kept.update('small')).toEqual([]);
    expect(kept.checkpoint.due).toBeGreaterThan(0);
    expect(kept.update('due')).toEqual([]);
    kept.time = kept.checkpoint.due!;
    expect(kept.update('due')).toEqual([['big']]);
    expect(kept.checkpoint.due).toBeUndefined();
    expect((kept.readData()['big'] as { n: number }[])[5]!.n).toBe(-1);
  });

  it('C7: is found by the next look where one took too long', async () => {
    const kept = new CheckpointedNamespace();
    await kept.run('let a = { n: 1 }, b = { n: 1 }, c = { n: 1 }');
    kept.update();
    await kept.run('a.n = b.n = c.n = 2');
    kept.pace = 3;
    expect(kept.update('small').length).toBeLessThan(3);
    expect(kept.checkpoint.isBehind).toBe(true);
    kept.pace = 0;
    kept.update('due');
    expect(kept.checkpoint.isBehind).toBe(false);
    expect(kept.readData()).toEqual({ a: { n: 2 }, b: { n: 2 }, c: { n: 2 } });
  });

  it('C7: keeps common objects of a small name and a large one in one group', async () => {
    const kept = new CheckpointedNamespace();
    await kept.run('const big = Array.from({ length: 3_000 }, (_, n) => ({ n }))');
    kept.update();
    await kept.run('let one = big[7]');
    expect(kept.update('small')).toEqual([]);
    expect(kept.update('bindings')).toEqual([['big', 'one']]);
    const { big, one } = kept.readData() as { big: unknown[]; one: unknown };
    expect(big[7]).toBe(one);
  });

  it('C7: a name that is lost is found again once it can be kept', async () => {
    const kept = new CheckpointedNamespace();
    await kept.run('let state = { n: 1, p: Promise.resolve() }');
    kept.update();
    expect(kept.lostReasons()).toEqual({ state: '.p is a promise' });
    await kept.run('delete state.p');
    expect(kept.update('small')).toEqual([['state']]);
    expect(kept.lost).toEqual([]);
    await kept.run('state.p = Promise.resolve()');
    kept.update('small');
    expect(kept.readData()).toEqual({});
    expect(Object.keys(kept.lostReasons())).toEqual(['state']);
  });

  it('C7: however full it is, small names have their place', async () => {
    const kept = new CheckpointedNamespace({ maxTotal: 200_000 });
    await kept.run('const a = "x".repeat(150_000); const b = "y".repeat(150_000); const c = "small"');
    kept.update();
    expect(Object.keys(kept.lostReasons())).toEqual(['b']);
    expect(kept.readData()).toMatchObject({ c: 'small' });
  });
});

describe('random namespaces', () => {
  it('C7: come back equal, with the same objects shared', async () => {
    const leaf = fc.oneof(
      fc.integer(),
      fc.string(),
      fc.double(),
      fc.bigInt(),
      fc.constantFrom(undefined, null, true),
      fc.date().map((date) => new Date(date)),
    );
    const operation = fc.record({
      name: fc.nat(5),
      key: fc.nat(3),
      target: fc.oneof(
        { arbitrary: fc.nat(5).map((to) => ({ to })), weight: 2 },
        leaf.map((value) => ({ value })),
      ),
      kind: fc.nat(4),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(operation, { maxLength: 12 }), { maxLength: 6 }), async (runs) => {
        const kept = new CheckpointedNamespace();
        for (let name = 0; name < 6; name++) kept.set(`n${name}`, [{}, [], new Map(), new Set(), {}, {}][name]);
        for (const run of runs) {
          for (const { name, key, target, kind } of run) {
            const value = 'to' in target ? kept.get(`n${target.to}`) : target.value;
            if (kind === 4) kept.set(`n${name}`, key === 0 ? { value } : value);
            else put(kept.get(`n${name}`), key, value, kind === 3);
          }
          kept.checkpoint.touch();
          kept.update('small');
        }
        kept.update();
        const names = Array.from({ length: 6 }, (_, name) => `n${name}`);
        const data = kept.readData();
        expect(describeDeep(names.map((name) => data[name]))).toEqual(
          describeDeep(names.map((name) => kept.get(name))),
        );
      }),
      { numRuns: 300 },
    );
  });
});

function put(container: unknown, key: number, value: unknown, removes: boolean): void {
  if (container instanceof Map) {
    if (removes) container.delete(key);
    else container.set(key, value);
  } else if (container instanceof Set) {
    if (removes) container.clear();
    else container.add(value);
  } else if (typeof container === 'object' && container !== null) {
    if (removes) Reflect.deleteProperty(container, key);
    else (container as Record<number, unknown>)[key] = value;
  }
}

/** A value as text without anything lost: types, flags, and which objects are the same. */
function describeDeep(root: unknown): string[] {
  const ids = new Map<object, number>();
  const queue: object[] = [];
  const slot = (value: unknown): string => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
      return typeof value === 'number'
        ? `number ${Object.is(value, -0) ? '-0' : value}`
        : `${typeof value} ${JSON.stringify(String(value))}`;
    }
    let id = ids.get(value);
    if (id === undefined) {
      id = ids.size;
      ids.set(value, id);
      if (typeof value !== 'function' && value !== Math && value !== console) queue.push(value);
    }
    return `#${id}`;
  };
  const lines = [slot(root)];
  for (const object of queue) {
    const parts = [
      Object.prototype.toString.call(object),
      slot(Object.getPrototypeOf(object) === Object.prototype ? 'plain' : 'other'),
    ];
    if (object instanceof Map) for (const [key, value] of object) parts.push(slot(key), slot(value));
    if (object instanceof Set) for (const value of object) parts.push(slot(value));
    if (object instanceof Date) parts.push(String(object.getTime()));
    if (object instanceof RegExp) parts.push(object.source, object.flags);
    if (object instanceof URL) parts.push(object.href);
    if (object instanceof ArrayBuffer) parts.push(String(new Uint8Array(object)));
    if (ArrayBuffer.isView(object))
      parts.push(slot(object.buffer), String(object.byteOffset), String(object.byteLength));
    if (/ (?:Number|String|Boolean|BigInt)\]/.test(parts[0]!)) parts.push(String(object));
    const prototype = Object.getPrototypeOf(object) as object | null;
    if (prototype !== null && !Object.hasOwn(prototype, 'constructor')) parts.push(slot(prototype));
    for (const key of Reflect.ownKeys(object)) {
      const { value, ...flags } = Object.getOwnPropertyDescriptor(object, key)!;
      if (key !== 'stack') parts.push(String(key), slot(value), JSON.stringify(flags));
    }
    lines.push(parts.join(' '), String(Object.isExtensible(object)));
  }
  return lines;
}

it('F6: the links of a long chain of prototypes are checked once each, not anew for each object in it', async () => {
  const reads = async (links: number): Promise<number> => {
    const kept = new CheckpointedNamespace();
    await kept.run(`let chain = {}; for (let i = 0; i < ${links}; i++) chain = Object.create(chain)`);
    const spies = [vi.spyOn(Object, 'getOwnPropertyDescriptor'), vi.spyOn(Object, 'getPrototypeOf')];
    kept.update();
    const count = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    vi.restoreAllMocks();
    return count;
  };
  expect(await reads(800)).toBeLessThan(3 * (await reads(400)));
});

it('F6: an object of the platform with another prototype is lost by name', async () => {
  const kept = new CheckpointedNamespace();
  for (const value of [
    'new Map()',
    'new Date()',
    'new WeakSet()',
    'Promise.resolve()',
    'new ArrayBuffer(8)',
    'Object(2n)',
  ]) {
    await kept.run(`var disguised = Object.setPrototypeOf(${value}, {})`);
    kept.update('all');
    expect(kept.lost).toEqual([{ name: 'disguised', reason: 'it is a platform object with another prototype' }]);
  }
});
