import { describe, expect, it } from 'vitest';
import { erase, evaluate, expectErased, failure, type ErasedCases } from '../testing/erased.js';

const annotations: ErasedCases = [
  ['let x: number = 1;', 'let x = 1;'],
  ['let x!: number;', 'let x;'],
  ['let x: string\n[1].length', 'let x;\n[1].length'],
  ['var a: A, b: { c: D }[] = [];', 'var a, b = [];'],
  ['const { a, b: { c } }: { a: A } = y;', 'const { a, b: { c } } = y;'],
  ['const [a, b]: [A, B] = y;', 'const [a, b] = y;'],
  ['let f: (a: A) => B = g;', 'let f = g;'],
  ['let u: typeof import("x");', 'let u;'],
  ['let x: {\n  a: A;\n  b: B;\n} = y;', 'let x\n\n\n= y;'],
  ['try {} catch (e: unknown) {}', 'try {} catch (e) {}'],
  ['for (const a of b as C[]) {}', 'for (const a of b) {}'],
  ['for (let i: number = 0; i! < 1; i!++) {}', 'for (let i = 0; i < 1; i++) {}'],
  ['let x: /* kept away */ T = 1; // stays', 'let x = 1; // stays'],
  ['let x: `a${B}` = y;', 'let x = y;'],
  ["let x: 'a\\\n' = y;", 'let x\n= y;'],
  ['using x: T = y;', 'using x = y;'],
  ['let x: T\n(y)', 'let x;\n(y)'],
  ['let x: T\n`y`', 'let x;\n`y`'],
  ['let x: T\n+y', 'let x;\n+y'],
  ['let x: T\nlet y', 'let x\nlet y'],
];

const functions: ErasedCases = [
  ['function f<T>(a: A, b?: B, ...c: C[]): a is D { return f<T>(a)!; }', 'function f(a, b, ...c) { return f(a); }'],
  ['function f(this: A, b: B) {}', 'function f( b) {}'],
  ['function f(this: A) {}', 'function f() {}'],
  ['function f(this: A,) {}', 'function f() {}'],
  ['const f = function <T>(a?, b?: B) {};', 'const f = function (a, b) {};'],
  ['function f(a: A = 1, { b }: B = {}, [c]: C = []) {}', 'function f(a = 1, { b } = {}, [c] = []) {}'],
  ['function f(x): asserts x is T {}', 'function f(x) {}'],
  ['function f(a: A): void;\nfunction f(a: B): void\nfunction f(a) {}', '\n\nfunction f(a) {}'],
  ['f\nfunction g(): void\n(1)', 'f\n;\n(1)'],
  ['const f = (a: A): B => a;', 'const f = (a) => a;'],
  ['const f = (a?: A, { b }?: B) => a;', 'const f = (a, { b }) => a;'],
  ['const f = <T,>(a: T): T => a;', 'const f = (a) => a;'],
  ['const f = async <T,>(a: T): Promise<T> => a;', 'const f = async (a) => a;'],
  ['const f = async <T\n>(a) => a;', 'const f = async (\na) => a;'],
  ['function f() { return <T,\n>(a: T) => a; }', 'function f() { return (\na) => a; }'],
  ['const f = (a): {\n  b: B;\n} => a;', 'const f = (a)=>\n\na;'],
  ['const f = (a)\n: B => a;', 'const f = (a)=>\na;'],
  ['const f = async <T>(a)\n: Promise<{\n}> => a;', 'const f = async (a)=>\n\na;'],
  ['async function* f<T>(): AsyncGenerator<T> { yield* g<T>(); }', 'async function* f() { yield* g(); }'],
  [
    'const o = { m<T>(this: A, b?: B): C {}, get x(): A { return 1; }, set x(v: A) {}, async n<T>() {}, p: 1 as T };',
    'const o = { m( b) {}, get x() { return 1; }, set x(v) {}, async n() {}, p: 1 };',
  ],
  ['declare function f(): void;', ''],
  ['const f = x => x as T;', 'const f = x => x;'],
  ['const f = <const T,>(a: T) => a;', 'const f = (a) => a;'],
  ['const f = a ? (b): c => d : e;', 'const f = a ? (b) => d : e;'],
  ['const f = () => <T>{ a: 1 };', 'const f = () => ({ a: 1 });'],
];

const expressions: ErasedCases = [
  ['x as T;', 'x;'],
  ['x as const;', 'x;'],
  ['x satisfies T;', 'x;'],
  ['x as unknown as T;', 'x;'],
  ['x satisfies A as B;', 'x;'],
  ['x!;', 'x;'],
  ['x!.y!.z![0]!();', 'x.y.z[0]();'],
  ['a?.b!.c;', 'a?.b.c;'],
  ['<T>x;', 'x;'],
  ['+<T>+x;', '+ +x;'],
  ['a /<T>/r/;', 'a / /r/;'],
  ['typeof<T>x;', 'typeof x;'],
  ['void<A><B>x;', 'void x;'],
  ['function f() { return<T>x; }', 'function f() { return x; }'],
  ['function f() { return <{\n a: A }>x; }', 'function f() { return (\nx); }'],
  ['function f() { throw <T\n>x; }', 'function f() { throw (\nx); }'],
  ['<any>function () {};', '(function () {});'],
  ['<any>{ a: 1 };', '({ a: 1 });'],
  ['<any>class {};', '(class {});'],
  ['<any>async function () {};', '(async function () {});'],
  ['(<any>window).x;', '(window).x;'],
  ['f<T>(x);', 'f(x);'],
  ['f?.<T>(x);', 'f?.(x);'],
  ['f<A>(x)<B>(y);', 'f(x)(y);'],
  ['new A<T>;', 'new A;'],
  ['new A<T>(x);', 'new A(x);'],
  ['new (A as any)();', 'new (A)();'],
  ['f<T>`x`;', 'f`x`;'],
  ['const g = f<string>;', 'const g = f;'],
  ['f<\nT\n>(x);', 'f\n\n(x);'],
  ['(x as T) = 1;', '(x) = 1;'],
  ['x! = 1;', 'x = 1;'],
  ['x!++;', 'x++;'],
  ['[x as T, y!] = z;', '[x, y] = z;'],
  ['({ a: x as T } = y);', '({ a: x } = y);'],
  ['const { a = 1 as T }: U = b;', 'const { a = 1 } = b;'],
  ['x as{}in y;', 'x in y;'],
  ['x!in y;', 'x in y;'],
  ['x as T\n(y)', 'x;\n(y)'],
  ['x as T\n[y]', 'x;\n[y]'],
  ['x as T\n`y`', 'x;\n`y`'],
  ['x satisfies {\n  a: A\n}\n(y)', 'x\n\n;\n(y)'],
  ['x as T\n+ y', 'x\n+ y'],
  ['x as T\ny', 'x\ny'],
  ['const a = b as T\n;[1]', 'const a = b\n;[1]'],
  ['if (a) b as T\n(c)', 'if (a) b;\n(c)'],
  ['if (a) b as T; else c', 'if (a) b; else c'],
  ['`${x as T}`;', '`${x}`;'],
  ['a < b > c;', 'a < b > c;'],
  ['a as T || b', 'a || b'],
  ['await (x as Promise<T>);', 'await (x);'],
  ['const f = () => x as T\n(y)', 'const f = () => x;\n(y)'],
  ['delete (x as T).y;', 'delete (x).y;'],
  ['let a = b ? (c) : d => e;', 'let a = b ? (c) : d => e;'],
  ['let a = b ? (c as C, d) : (d: D): E => e', 'let a = b ? (c, d) : (d) => e'],
  ['let a = b ? (c) : d => d ? (e) : (f) => f', 'let a = b ? (c) : d => d ? (e) : (f) => f'],
  ['for ((x as any) of y);', 'for ((x) of y);'],
  ['for ((x.y as any) in z);', 'for ((x.y) in z);'],
  ['switch (x as T) { case y as T: type A = 1; z as T\n(1) }', 'switch (x) { case y: z;\n(1) }'],
];

const declarations: ErasedCases = [
  ['type A = 1;', ''],
  ['type A = 1\n(2)', ';\n(2)'],
  ['a\ntype A<T> = T extends (infer U)[] ? U : never\n[b]', 'a\n;\n[b]'],
  ['interface A { a: A }', ''],
  ['interface A<T> extends B<T> {\n  a(): T;\n}\n(1)', ';\n\n\n(1)'],
  ['a\ninterface A {}\ninterface B {}\n`c`', 'a\n\n;\n`c`'],
  ['declare let a: A;', ''],
  ['declare const a: A, b: B', ''],
  ['declare class A { a(): void }', ''],
  ['declare abstract class A {}', ''],
  ['declare enum A { a }', ''],
  ['declare const enum A { a }', ''],
  ['declare namespace A { const a: A; }', ''],
  ['declare module "a" { const a: A; }', ''],
  ['declare global { var a: A }', ''],
  ['namespace A { export type B = 1; interface C {} }', ''],
  ['namespace A.B { type C = 1 }', ''],
  ['if (a) interface A {}', 'if (a) ;'],
  ['a: type\nb', 'a: type\nb'],
  ['{ type A = 1 }', '{ }'],
  ['let type = 1; type = 2;', 'let type = 1; type = 2;'],
  ['abstract\nclass A {}', 'abstract\nclass A {}'],
  [
    'let declare, abstract, namespace, as, satisfies; declare',
    'let declare, abstract, namespace, as, satisfies; declare',
  ],
];

describe('erasing types', () => {
  describe.each([
    ['annotations', annotations],
    ['functions', functions],
    ['expressions', expressions],
    ['declarations', declarations],
  ])('of %s', (_, cases) => {
    it.each(cases)('%j', expectErased);
  });

  it.each([
    ['let y = 1; let x = y as number\n;(y)', 1],
    ['var seen = []; var x = seen\ntype A = 1\n[2].forEach((n) => seen.push(n)); seen.length', 1],
    ['var f = (a): { b: number;\n} => ({ b: a }); f(2).b', 2],
    ['function f(x) { return <{\n}>x } f(3)', 3],
    ['var f = <T\n,>(a: T) => <any>{ a }; f(4).a', 4],
    ['var f = function (this: number, a?: number) { return this + a!; }; f.call(2, 3) + f.length', 6],
    ['var a = 6, T = 1, b = 2; (a < T) > b', false],
    ['let a!; var b! = 1; b', 1],
    ['type as = 1; type satisfies = as | number; let a: satisfies = 2; a', 2],
    ['type A = 1; type A = 2; let A: A = 2; A', 2],
    ['declare class C {} function C() { return 1 } C()', 1],
    ['declare let eval: 1; declare function arguments(): void; let a = 1; a', 1],
    ['let o = { get a(this: any) { return 1 }, set a(this: any, value: 1) {} }; o.a', 1],
    ['var f = (() => {}) as () => void; f.name', 'f'],
  ])('leaves the meaning of %j', (source, value) => expect(evaluate(source)).toBe(value));

  it.each([
    ['class A {\n  a(@dec b) {} }', 'decorators of parameters', 2, 5, 4],
    ['\nexport as namespace a;', 'Import the module', 2, 1, 22],
  ])('refuses %j and says what to do', (source, message, line, column, length) => {
    const error = failure(source);
    expect(error.message).toContain(message);
    expect(error.position).toEqual({ line, column, length });
  });

  it('tells what nothing remains of', () => {
    const source = "import { A, b } from 'x'; import { C } from 'y'; export { type D } from 'z'; b;";
    const { erased } = erase(source);
    expect([...erased].map(({ start, end }) => source.slice(start, end))).toEqual([
      'A',
      "import { C } from 'y';",
      "export { type D } from 'z';",
    ]);
  });

  it('leads positions after what it erased back to the source', () => {
    const { text } = erase('let x: number = fail(y as T);');
    expect(text.text).toBe('let x = fail(y);');
    expect(text.originalPosition({ line: 1, column: 9 })).toEqual({ line: 1, column: 17 });
  });
});
