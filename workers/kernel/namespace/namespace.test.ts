import { describe, expect, it } from 'vitest';
import { ClassDecoration } from '../../../src/compiler/erase/decorate.js';
import { compileCell, type CellRuntime } from '../../../src/compiler/index.js';
import { activations } from '../../../src/context/activations/activations.js';
import { Namespace } from './namespace.js';
import type { SlotOwner } from './slot.js';

interface Running {
  readonly value: Promise<unknown>;
  settle(): void;
}

/** A namespace whose inputs may overlap: an input owns its names until it is settled. */
function createNamespace(modules: Record<string, object> = {}): {
  namespace: Namespace;
  start: (code: string) => Running;
  run: (code: string) => Promise<unknown>;
} {
  const namespace = new Namespace();
  const start = (code: string): Running => {
    const owner: { -readonly [Key in keyof SlotOwner]: SlotOwner[Key] } = { settled: false, mode: 'async' };
    const runtime: CellRuntime = {
      value: undefined,
      activations,
      meta: { url: 'cell' },
      declare: (name, kind, isAssigned) => namespace.declare(name, kind, owner, isAssigned),
      record: (name) => namespace.record(name),
      late: (name) => namespace.late(name),
      lateType: (name) => namespace.lateType(name),
      target: (name) => namespace.target(name),
      import: async (specifier) => modules[specifier as string]!,
      imports: async () =>
        cell.links.requests.map(({ specifier }) => {
          const module = modules[specifier] as Record<string, unknown>;
          return { namespace: module, bindings: module };
        }),
      decorate: () => new ClassDecoration(),
      guard: { calls: 0, rounds: 0, tick: () => undefined, check: () => 0 },
    };
    const cell = compileCell(code, namespace, { fileName: 'cell-1.ts', guards: true });
    const evaluate = globalThis.eval;
    const ended = (evaluate(cell.code) as (runtime: CellRuntime) => Promise<void>)(runtime);
    return {
      value: ended.then(() => runtime.value),
      settle: () => {
        owner.settled = true;
      },
    };
  };
  const run = async (code: string): Promise<unknown> => {
    const running = start(code);
    try {
      return await running.value;
    } finally {
      running.settle();
    }
  };
  return { namespace, start, run };
}

describe('the namespace', () => {
  it('C1: keeps what was assigned without a declaration', async () => {
    const { run } = createNamespace();
    expect([await run('x = 42'), await run('y = x * 2; y'), await run('z = x + y; z')]).toEqual([42, 84, 126]);
  });

  it('gives overlapping declarations of one name slots of their own; later inputs read the later one', async () => {
    const { start, run } = createNamespace();
    const first = start('const k = 1; await new Promise((resolve) => { go = resolve }); k');
    const second = start('const k = 2; k');
    expect(await second.value).toBe(2);
    await run('go()');
    expect(await first.value).toBe(1);
    first.settle();
    second.settle();
    expect(await run('k')).toBe(2);
  });

  it('lets functions of earlier inputs see what later ones declare', async () => {
    const { run } = createNamespace();
    await run('function later() { return typeof unborn + " " + (typeof unborn === "undefined" ? "" : unborn) }');
    expect(await run('later()')).toBe('undefined ');
    await run('let unborn = 1');
    expect(await run('later()')).toBe('number 1');
  });

  it('refuses assignments to constants, also from functions compiled when the name was a variable', async () => {
    const { run } = createNamespace();
    await run('let limit = 1; function raise() { limit = 2 }');
    await run('const limit = 5');
    await expect(run('limit = 6')).rejects.toThrow(new TypeError('Assignment to constant variable.'));
    await expect(run('raise()')).rejects.toThrow(TypeError);
    expect(await run('limit')).toBe(5);
  });

  it.each([
    ['enum Color { Red, Green = "g" }', '[Color.Red, Color.Green, Color[0]]', [0, 'g', 'Red']],
    [
      'class Point<T> { constructor(private readonly x: T, public y?: T) {} get sum(): T { return this.x } }',
      'new Point<number>(3).sum',
      3,
    ],
    [
      'const { a, b: [c = 2, ...rest] = [] as number[] }: { a: number; b?: number[] } = { a: 1 }',
      '[a, c, rest]',
      [1, 2, []],
    ],
    [
      'abstract class Base { abstract name(): string; greet() { return `hi ${this.name()}` } }\nclass Impl extends Base { override name(): string { return "x" } }',
      'new Impl().greet()',
      'hi x',
    ],
    [
      `for (var last ${'/* item */ '.repeat(30)} of [1, 2]);\nfor (var key /* key */ in { a: 1 });`,
      '[last, key]',
      [2, 'a'],
    ],
    ['type Id = string; interface User { id: Id }\nconst user = { id: "1" } satisfies User', 'user.id', '1'],
    [
      'let f = () => 1, g = class {}; const { h = () => 2 } = {} as { h?: () => number }',
      '[f.name, g.name, h.name]',
      ['f', 'g', 'h'],
    ],
    ['var i = 0; for (var j of [1, 2, 3]) i += j', '[i, j]', [6, 3]],
    ['var sum = 0; for (var i = 0; i < 9; i++) sum += Math.abs(i)', '[sum, i]', [36, 9]],
    [
      'async function* numbers() { yield 1; yield 2 }',
      '(async () => { const all = []; for await (const n of numbers()) all.push(n); return all })()',
      [1, 2],
    ],
    ['export const shared = 1; export function twice(n: number) { return n * 2 }', 'twice(shared)', 2],
    ['namespace Types { export interface A { x: 1 } }\nlet typed: Types.A = { x: 1 }', 'typed.x', 1],
    [
      'namespace Geo { const k = 2; export let n = 1; export function area(r: number) { n++; return k * r } }',
      '[Geo.area(3), Geo.n]',
      [6, 2],
    ],
    [
      'const base = 4; export namespace A.B { export const c = base }\nnamespace A.B { export const d = [c, base] }',
      'A.B.d',
      [4, 4],
    ],
    [
      'class Box { x = Box.size } namespace Box { export const size = 3 }\nfunction tag() { return tag.text }\nnamespace tag { export const text = "t" }',
      '[new Box().x, tag()]',
      [3, 't'],
    ],
    [
      'namespace N { var hidden = 1; export const all = () => [hidden, typeof later] }\nimport Alias = N.all',
      'Alias()',
      [1, 'undefined'],
    ],
    [
      'const log: string[] = []; const d = (C: any, { name }: any) => { log.push(name); return class extends C {} }\n@d export class A { self() { return A } static one = new A() }',
      '[log[0], new A().self() === A, A.one instanceof A]',
      ['A', true, true],
    ],
    [
      'const twice = (f: any, c: any) => function (this: any) { return 2 * f.call(this) }',
      'class N { constructor(private n: number) {} @twice get() { return this.n } } new N(4).get()',
      8,
    ],
    [
      'const d = (C: any, c: any) => { C.tag = c.name }\nexport @d class First {}\nexport default @d class Second { @d accessor x = 1 }',
      '[First.tag, Second.tag, new Second().x]',
      ['First', 'Second', 1],
    ],
    [
      'const d = (C: any, c: any) => { C.tag = c.name }\n@d export default class {}\nconst anonymous = 1',
      'anonymous',
      1,
    ],
    ['const one = () => 1; enum Late { a = one() }', 'Late.a', 1],
    [
      'function over(x: string): string; function over(x: number): number; function over(x: any) { return x }',
      'over(4)',
      4,
    ],
    ['let \\u0061bc = 4', 'abc', 4],
    [
      'let __proto__ = 1; const o = { __proto__ }',
      '[Object.hasOwn(o, "__proto__"), Object.getPrototypeOf(o) === Object.prototype]',
      [true, true],
    ],
    ['let n = 1, m = 2', 'n<!--m', false],
    ['let n = 1', '5; a: b: if (n) break a', undefined],
    ['let n = 1', 'a: switch (n) { case 1: for (;;) { "in"; break a } default: "out" }', 'in'],
    ['let n = 1', 'a: try { n; break a } finally { 2 }', 1],
  ])('compiles %s', async (declare, use, expected) => {
    const { run } = createNamespace();
    await run(declare);
    expect(await run(use)).toEqual(expected);
  });

  it('binds imports, live, as names of the namespace, and strips what is only a type', async () => {
    let count = 1;
    const { run } = createNamespace({
      counter: {
        get count() {
          return count;
        },
        default: () => 'main',
      },
    });
    expect(
      await run(
        'import main, { count, type Options } from "counter"; import * as all from "counter"; [main(), count, all.count]',
      ),
    ).toEqual(['main', 1, 1]);
    count = 2;
    expect(await run('count')).toBe(2);
    await expect(run('count = 3')).rejects.toThrow('Assignment to constant variable.');
  });

  it.each([
    ['let x: = 1', 1, 8],
    ['const a = 1;\nconst a = 2', 2, 7],
    ['function f() {}\nlet ok = 1;\n  class A { constructor(@decorated a) {} }', 3, 25],
  ])('says where %j goes wrong', async (code, line, column) => {
    const { run } = createNamespace();
    await expect(run(code)).rejects.toMatchObject({ name: 'SyntaxError', position: { line, column } });
  });
});
