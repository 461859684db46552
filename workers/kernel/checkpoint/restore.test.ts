import { describe, expect, it } from 'vitest';
import { CheckpointedNamespace } from './testing/checkpointed-namespace.js';

/** Runs a check before a checkpoint and after it was restored. */
async function beforeAndAfter(
  cells: readonly string[],
  check: string,
): Promise<{ before: unknown; after: unknown; lost: Record<string, string>; atRestore: readonly unknown[] }> {
  const kept = new CheckpointedNamespace();
  for (const cell of cells) await kept.run(cell);
  kept.update();
  const { fresh: first, report: firstReport } = await kept.restored();
  first.update();
  // Restored twice: the checkpoint of a restored namespace must be as good as the first.
  const { fresh, report } = await first.restored();
  const observe = async (namespace: CheckpointedNamespace): Promise<unknown> => {
    try {
      return await namespace.run(check);
    } catch (error) {
      return String(error);
    }
  };
  return {
    after: await observe(fresh),
    before: await observe(kept),
    lost: { ...kept.lostReasons(), ...first.lostReasons() },
    atRestore: [...firstReport.lost, ...report.lost],
  };
}

describe('F6: code sees no difference after a restore', () => {
  it.each<[string, string[], string]>([
    ['a static method that was replaced', ['class A { static go() { return 1 } }; A.go = () => 2'], 'A.go()'],
    [
      'the prototype of a function made by hand',
      [
        'function Animal() {}; Animal.prototype.speak = () => "speaks"; function Dog() {}; Dog.prototype = Object.create(Animal.prototype); const d = new Dog()',
      ],
      '[d.speak(), new Dog().speak(), d instanceof Animal, Dog.prototype.constructor === Animal]',
    ],
    ['a method that is a name too', ['class C { m() { return 1 } }; const m = C.prototype.m'], 'm === C.prototype.m'],
    ['a method before its class', ['let m', 'class C { m() { return 1 } }; m = C.prototype.m'], 'm === C.prototype.m'],
    [
      'a method with super, by itself',
      ['class B { m() { return "b" } } class C extends B { m() { return super.m() + "c" } } const { m } = C.prototype'],
      '[m.call(new C()), m === C.prototype.m]',
    ],
    [
      'a static block that runs code',
      ['const log = []; class C { static { log.push(1) } static list = log.push(2) }'],
      '[log, C.list]',
    ],
    [
      'a property of a function that is not enumerable',
      ['function f() {}; Object.defineProperty(f, "meta", { value: 5 })'],
      'f.meta',
    ],
    [
      'a property of a long array',
      ['const list = Array.from({ length: 60_000 }, (_, n) => n); list.meta = { a: 1 }'],
      '[list.meta, list.length, list[59_999], Object.keys(list).length]',
    ],
    [
      'resizable buffers, and views that follow them',
      [
        'const b = new ArrayBuffer(4, { maxByteLength: 8 }); const all = new Uint8Array(b); all.set([1, 2, 3, 4]); const two = new Uint8Array(b, 2, 2); const rest = new Uint16Array(b, 2); const none = new Uint8Array(b, 4)',
      ],
      'b.resize(8); [b.resizable, b.maxByteLength, [...all], [...two], rest.length, none.length]',
    ],
    ['a function whose name was bound to another', ['function f() { return 1 }', 'f = () => 5'], 'f()'],
    [
      'a function that calls itself by a name that is bound to another',
      [
        'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }',
        'const raw = fib; let calls = 0; fib = (n) => { calls++; return raw(n) }',
      ],
      '[fib(5), calls, raw.name]',
    ],
    [
      'the order of properties',
      ['const o = { a: 1, get b() { return 2 }, c: 3, d() { return 4 }, e: 5 }'],
      'Object.keys(o).join()',
    ],
    [
      'arrays whose length is fixed, or that are sealed',
      [
        'const a = Object.defineProperty([1, 2], "length", { writable: false }); const b = Object.defineProperty([1, , 2], "length", { writable: false }); const c = Object.seal([]); const d = Object.freeze([() => 1])',
      ],
      '[a, b, c, d].map((one) => [JSON.stringify(Object.getOwnPropertyDescriptor(one, "length")), JSON.stringify(one), Object.isExtensible(one)])',
    ],
    [
      'an element that is read-only',
      ['const a = [1, 2]; Object.defineProperty(a, 0, { writable: false })'],
      'try { a[0] = 5 } catch {} a',
    ],
    [
      'a method that was removed',
      ['class C { m() {} n() {} static s() {} }; delete C.prototype.m; delete C.s'],
      '[Object.getOwnPropertyNames(C.prototype), Object.getOwnPropertyNames(C)]',
    ],
    [
      'methods under two names',
      ['class C { m() { return 1 } }; C.prototype.n = C.prototype.m'],
      '[new C().n(), C.prototype.n === C.prototype.m]',
    ],
    [
      'accessors of a class that were replaced',
      [
        'class C { get a() { return 1 } static get b() { return 2 } }; Object.defineProperty(C.prototype, "a", { get: () => 5, configurable: true })',
      ],
      '[new C().a, C.b, Object.getOwnPropertyDescriptor(C.prototype, "a").enumerable]',
    ],
    [
      'classes that extend what is no name',
      [
        'const mix = (B) => class extends B { mixed() { return 1 } }; let made = 0; const base = () => { made++; return Array }; class L extends base() { get last() { return this.at(-1) } } const l = L.from([1, 2])',
      ],
      '[l.last, made, l instanceof Array, l instanceof L, L.name]',
    ],
    [
      'classes of errors, maps and promises',
      [
        'class E extends Error { code = 1 } class M extends Map { n = 2 } class P extends Promise {} const e = new E("x"); const m = new M([[1, 2]])',
      ],
      '[e.code, e.message, e instanceof E, m.get(1), m.n, m instanceof M, new M().n, P.resolve(1) instanceof P]',
    ],
    [
      'a class that extends null',
      ['class N extends null { static s = 1 }'],
      '[N.s, Object.getPrototypeOf(N.prototype), Object.getPrototypeOf(N) === Function.prototype]',
    ],
    [
      'generators',
      ['function* g() { yield 1 } g.prototype.extra = 5; async function* h() { yield 2 }'],
      'const i = g(); [[...g()], i.extra, typeof h().next, Object.getPrototypeOf(i) === g.prototype]',
    ],
    [
      'names and lengths of functions',
      [
        'const f = (a, b) => 1; Object.defineProperty(f, "name", { value: "other" }); function g(a, b = 1) {} delete g.name',
      ],
      '[f.name, f.length, g.name, g.length]',
    ],
    [
      'frozen classes',
      ['class C { static a = 1; m() {} }; Object.freeze(C); Object.freeze(C.prototype)'],
      '[Object.isFrozen(C), Object.isFrozen(C.prototype), C.a]',
    ],
    [
      'what modules export',
      [
        'import { list, base } from "lib"; import * as all from "lib"; const same = list; const o = { deep: all.default }',
      ],
      '[same === list, o.deep === all.default, base]',
    ],
    [
      'computed names',
      [
        'const key = Symbol.for("k"); class C { [Symbol.iterator]() { return [1].values() } [key]() { return 2 } static ["a"]() { return 3 } }',
      ],
      '[[...new C()], new C()[key](), C.a()]',
    ],
    ['a namespace', ['namespace NS { export const v = 1; export function f() { return 2 } }'], '[NS.v, NS.f()]'],
    ['an enum', ['enum E { A = 1, B = "b" }'], '[E.A, E[1], E.B]'],
    [
      'instances with accessors and fields',
      [
        'class A { n = 1; get twice() { return this.n * 2 } static of() { return new this() } } const a = A.of(); a.n = 4',
      ],
      '[a.twice, A.of().twice, a.constructor === A, Object.keys(a)]',
    ],
    [
      'text of functions',
      [
        'class C { static x = [1]; static { this.x.push(2) } m(a: number) { return a } } function f(n: number) { return n ? f(n - 1) : 0 }',
      ],
      '[String(C.prototype.m), C.x]',
    ],
    [
      'the prototype of a function, held elsewhere',
      ['function F() { this.a = 1 } const p = F.prototype; const f = new F()'],
      '[p === F.prototype, Object.getPrototypeOf(f) === p, f.a]',
    ],
    [
      'a method of an object with the object as this',
      ['const o = { n: 2, m() { return this.n }, get g() { return this.n }, async ["x" + 1]() {} }'],
      '[o.m(), o.g, Object.keys(o)]',
    ],
  ])('%s', async (_, cells, check) => {
    const { before, after, lost, atRestore } = await beforeAndAfter(cells, check);
    expect(after).toEqual(before);
    expect({ lost, atRestore }).toEqual({ lost: {}, atRestore: [] });
  });

  it.each<[string, string, string]>([
    [
      'o',
      'const base = { hi: () => 1 }; const o = { __proto__: base, hi() { return super.hi() } }',
      '.hi is a function that uses super of its enclosing scope',
    ],
    ['C', 'class C { static #n = 1; static inc() { return ++C.#n } }', 'it is a class with static private members'],
    ['C', 'const key = () => "a"; class C { [key()]() {} }', 'it is a class with computed names'],
    ['C', 'const seen = () => undefined; @seen class C {}', 'it is a class with decorators'],
    [
      'm',
      'let m; { class C { m() { return super.toString() } } m = C.prototype.m }',
      'it is a method that uses super, without its class',
    ],
    ['ab', 'const ab = new ArrayBuffer(8); structuredClone(ab, { transfer: [ab] })', 'it is a detached buffer'],
    [
      'v',
      'const v = new Uint8Array(8); structuredClone(v.buffer, { transfer: [v.buffer] })',
      '.buffer is a detached buffer',
    ],
    ['NS', 'namespace NS { export let v = 1 }', '.v is a function without source'],
  ])('names %s: %s', async (name, cell, reason) => {
    const { lost } = await beforeAndAfter([cell], '1');
    expect(lost).toEqual({ [name]: reason });
  });

  it('keeps a method while another name has no value yet', async () => {
    const kept = new CheckpointedNamespace();
    await kept.run('throw 1; let late = 2').catch(() => undefined);
    await kept.run('const { m } = (class { m() { return 1 } }).prototype');
    kept.update();
    expect(kept.lost).toEqual([]);
    const { fresh } = await kept.restored();
    expect(await fresh.run('m()')).toBe(1);
  });
});
