import { describe, expect, it } from 'vitest';
import { CheckpointedNamespace } from './testing/checkpointed-namespace.js';
import { NamespaceSnapshot } from './namespace-snapshot.js';

const globals = new Set<object>([
  Object.prototype,
  Array.prototype,
  Map.prototype,
  Set.prototype,
  Date.prototype,
  Function.prototype,
  Error.prototype,
  Uint8Array.prototype,
  ArrayBuffer.prototype,
]);

async function rolledBack(before: string, change: string, after: string): Promise<unknown> {
  const kept = new CheckpointedNamespace();
  await kept.run(before);
  const snapshot = new NamespaceSnapshot(kept.namespace, {
    isProxy: () => false,
    isGlobal: (object) => globals.has(object),
  });
  await kept.run(change).catch(() => undefined);
  snapshot.rollBack();
  expect(snapshot.isPartial).toBe(false);
  return await kept.run(after);
}

describe('a snapshot that is rolled back', () => {
  it.each<[string, string, string, string, unknown]>([
    ['bindings', 'let a = 1', 'a = 2; let b = 3', '[a, typeof b]', [1, 'undefined']],
    ['kinds', 'let a = 1', 'const a = 2', 'a = 5; a', 5],
    ['names in their dead zone', 'let a = 1', 'throw 1; let late = 2', 'typeof late', 'undefined'],
    [
      'properties',
      'const o = { a: { b: 1 }, c: 2 }',
      'o.a.b = 9; delete o.c; o.d = 1',
      'JSON.stringify(o)',
      '{"a":{"b":1},"c":2}',
    ],
    [
      'the order of properties',
      'const o = { a: 1, b: 2 }',
      'delete o.a; o.a = 1',
      'JSON.stringify(o)',
      '{"a":1,"b":2}',
    ],
    ['accessors', 'const o = { get a() { return 1 } }', 'Object.defineProperty(o, "a", { value: 2 })', 'o.a', 1],
    [
      'elements',
      'const l = [1, [2], , 4]; const m = [1, 2, 3]',
      'l[1].push(3); l.length = 1; m.reverse(); m.x = 1',
      'JSON.stringify([l, 2 in l, m, m.x])',
      '[[1,[2],null,4],false,[1,2,3],null]',
    ],
    [
      'entries',
      'const m = new Map([["k", { v: 1 }]]); const s = new Set([1])',
      'm.get("k").v = 2; m.set("n", 1); m.delete("k"); s.clear(); s.add(5)',
      'JSON.stringify([[...m], [...s]])',
      '[[["k",{"v":1}]],[1]]',
    ],
    ['dates', 'const d = new Date(5)', 'd.setTime(9)', 'd.getTime()', 5],
    [
      'buffers that become larger, and detached buffers',
      'const b = new ArrayBuffer(2, { maxByteLength: 4 }); const gone = new ArrayBuffer(2); structuredClone(gone, { transfer: [gone] }); const late = new ArrayBuffer(2); let n = 1',
      'b.resize(4); new Uint8Array(b).fill(9); structuredClone(late, { transfer: [late] }); n = 2',
      '[[...new Uint8Array(b)], late.byteLength, n]',
      [[0, 0], 0, 1],
    ],
    ['bytes', 'const b = new Uint8Array([1, 2])', 'b[0] = 9', '[...b]', [1, 2]],
    [
      'static fields and what instances hold',
      'class C { static n = 1; v = 1 } const c = new C()',
      'C.n = 2; c.v = 2; C.prototype.added = 1',
      '[C.n, c.v, c.added]',
      [1, 1, undefined],
    ],
    [
      'prototypes',
      'const o = {}',
      'Object.setPrototypeOf(o, Array.prototype)',
      'Array.isArray(Object.getPrototypeOf(o))',
      false,
    ],
    [
      'functions that were declared anew',
      'function f() { return 1 }; const g = () => f()',
      'function f() { return 2 }',
      '[f(), g()]',
      [1, 1],
    ],
    ['the same objects', 'const o = { i: {} }; const i = o.i', 'o.i = {}; ', 'o.i === i', true],
  ])('C7: %s', async (_, before, change, after, expected) => {
    expect(await rolledBack(before, change, after)).toEqual(expected);
  });

  it('C7: says where there was more than it holds', async () => {
    const kept = new CheckpointedNamespace();
    await kept.run('const big = Array.from({ length: 600_000 }, (_, n) => n); let small = 1');
    const snapshot = new NamespaceSnapshot(kept.namespace, {
      isProxy: () => false,
      isGlobal: (object) => globals.has(object),
    });
    expect(snapshot.isPartial).toBe(true);
    await kept.run('small = 2');
    snapshot.rollBack();
    expect(kept.get('small')).toBe(1);
  });
});
