import { describe, expect, it } from 'vitest';
import { evaluate, expectErased, failure, type ErasedCases } from '../testing/erased.js';

const classes: ErasedCases = [
  ['class A<T> extends B<T> implements C, D<T> {}', 'class A extends B {}'],
  ['const a = class<T> implements C {};', 'const a = class {};'],
  ['class A<T>extends B {}', 'class A extends B {}'],
  [
    'abstract class A { abstract a: A; abstract b(): B; abstract get c(): C; private abstract d }',
    'class A { ; ; ; ; }',
  ],
  [
    'class A { private a; protected b: B; public c = 1; readonly d = 2; static f; private static readonly g: G = 3 }',
    'class A { a; b; c = 1; d = 2; static f; static g = 3 }',
  ],
  ['class A { a?: A; b!: B; [c]?: C; #d?: D; "e": E; 1: F; f? }', 'class A { a; b; [c]; #d; "e"; 1; f; }'],
  ['class A { [key: string]: any; static [key: string]: any; a }', 'class A { ; ; a }'],
  ['class A { declare a: A; declare readonly b; c }', 'class A { ; ; c }'],
  ['class A { a(): void; a(b: B): void\n a() {} }', 'class A { ; ;\na() {} }'],
  ['class A { a?(): A {} [b]?(): B {} c?(): C; }', 'class A { a() {} [b]() {} ; }'],
  [
    'class A { public async *a<T>(): B {} private get b(): B { return 1 } static async c() {} }',
    'class A { async *a() {} get b() { return 1 } static async c() {} }',
  ],
  ['class A { a: A\n["b"] = 1 }', 'class A { a;\n["b"] = 1 }'],
  ['class A { a = 1 as A\n["b"] = 1 }', 'class A { a = 1;\n["b"] = 1 }'],
  ['class A { a = 1\n public ["b"] = 2\n private *c() {} }', 'class A { a = 1\n; ["b"] = 2\n; *c() {} }'],
  ['abstract class A { a = 1\n abstract b\n *c() {} }', 'class A { a = 1\n;\n*c() {} }'],
  ['class A { a = b\n private readonly in = 1 }', 'class A { a = b\n; in = 1 }'],
  ['class A { get: A\n b() {} }', 'class A { get;\nb() {} }'],
  ['class A { static?: A\n b() {} }', 'class A { static;\nb() {} }'],
  [
    'class A { get<T>() {} static<T>() {} readonly<T>() {} async<T>() {} }',
    'class A { get() {} static() {} readonly() {} async() {} }',
  ],
  ['class A { declare\n readonly\n abstract\n public\n b }', 'class A { declare\nreadonly\nabstract\npublic\nb }'],
  [
    'class A { declare = 1; readonly; protected abstract; private readonly = 2 }',
    'class A { declare = 1; readonly; abstract; readonly = 2 }',
  ],
  [
    'class A { constructor(private a: A, readonly b = 1, public c?: C, d?) {} }',
    'class A { constructor(a, b = 1, c, d) { this.a = a; this.b = b; this.c = c;} }',
  ],
  [
    'class A extends B { constructor(public a) { f(); super(a)\n g() } }',
    'class A extends B { constructor(a) { f(); super(a); this.a = a;\ng() } }',
  ],
  [
    'class A extends B { constructor(override a: A) { super(a); } }',
    'class A extends B { constructor(a) { super(a); this.a = a; } }',
  ],
  ['class A { private constructor(); constructor(a?) {} }', 'class A { ; constructor(a) {} }'],
  [
    'class A { accessor a: A = 1; static accessor a; accessor #c = 2 }',
    'class A { get a() { return this.#aValue; } set a(value) { this.#aValue = value; } #aValue = 1; static get a() { return this.#aStaticValue; } static set a(value) { this.#aStaticValue = value; } static #aStaticValue; get #c() { return this.#$c_a_57; } set #c(value) { this.#$c_a_57 = value; } #$c_a_57 = 2 }',
  ],
  ['class A extends B { override a; override b(): C {} }', 'class A extends B { a; b() {} }'],
  ['class A extends f<T>() {}', 'class A extends f() {}'],
  ['class A extends (B as C) {}', 'class A extends (B) {}'],
  ['class A { [a as string](): B {} [b!]: C }', 'class A { [a]() {} [b]; }'],
  ['class A { static { let a: A = 1; } }', 'class A { static { let a = 1; } }'],
  ['class A { m(this: A, b) {} }', 'class A { m( b) {} }'],
  ['class A { get a(): A; get a() { return 1 } }', 'class A { ; get a() { return 1 } }'],
  ['export abstract class A {}', 'export class A {}'],
  ['export default abstract class A {}', 'export default class A {}'],
  ['export default abstract class { abstract a }', 'export default class { ; }'],
  ['export default class<T> implements A {}', 'export default class {}'],
  ['class A { a = () => x as T\n ["b"] = 1 }', 'class A { a = () => x;\n["b"] = 1 }'],
];

describe('erasing types of classes', () => {
  it.each(classes)('%j', expectErased);

  it.each([
    ['class A { constructor(public a: number, readonly b = a + 1) {} } JSON.stringify(new A(1))', '{"a":1,"b":2}'],
    ['class A {} class B extends A { c = 0; constructor(private a) { super(); this.c = this.a; } } new B(3).c', 3],
    ['class A {} class B extends A { constructor(private a) { f()\n super() } } function f() {} new B(3).a', 3],
    ['class A { a?: number; declare b: string } Object.keys(new A()).join()', 'a'],
    ['class A { get: number\n b() { return 1 } } new A().b()', 1],
    ['class A { static a = 1\n public static ["b"] = 2 } A.a + A.b', 3],
    ['class A { a = 4\n public ["b"] = 2 } new A().a', 4],
    ['class A { accessor a = 1; static accessor a = 5 } new A().a++ + ++A.a', 7],
    ['class A { accessor a = 1 } Object.keys(new A()).length', 0],
    ['class A { accessor ["k"] = 1; static accessor ["k"]: number = 2 } new A().k++ + ++A.k', 4],
    ['class A { accessor "a b" = 1; static accessor 7 = 2 } new A()["a b"] + A[7]', 3],
    [
      'class A { accessor "a"; accessor ["b"] } Object.keys(A.prototype).join() + new A().a + new A().b',
      'undefinedundefined',
    ],
    ['var log = ""; class A { accessor [(log += 1, "k" as any)] = 1; [(log += 2, "l")]() {} } log + new A().k', '121'],
    ['var n = 0; class A { accessor [{ toString: () => `k${++n}` } as any] = 1 } new A().k1 + n', 2],
    ['var s = Symbol("s"); class A { accessor [s] = 1 } var a = new A(); a[s] += 4; a[s]', 5],
    ['var f = (k: string) => class { accessor [k] = k }; var A = f("a"), B = f("b"); new A().a + new B().b', 'ab'],
    ['class A { accessor ["a"] = 1; accessor [`b`]\n= 2 } new A().a + new A().b', 3],
    ['class A {} class B extends A { override accessor a = 1 } new B().a', 1],
    ['class A { accessor #a = 1; b() { return ++this.#a } } new A().b()', 2],
    ['class A { accessor a = 1; accessor #a = 2; b() { return this.a + this.#a } } new A().b()', 3],
    ['class A { accessor a!; accessor [`b`]!; "c"!; d! = 4 } new A().d', 4],
    ['class A { m() {} readonly private b = 1; static public d; abstract e() } new A().b', 1],
    ['class A { get a(this: A) { return 1 } set a(this: A, value: number) {} } new A().a', 1],
    [
      'abstract class A { abstract a(): number; b() { return this.a() } } class B extends A { a() { return 7 } } new B().b()',
      7,
    ],
  ])('leaves the meaning of %j', (source, value) => expect(evaluate(source)).toBe(value));

  it.each([
    ['class A extends B { constructor(public a) { if (a) { super(); } } }', 'super(…)', 33],
    ['class A { accessor a() {} }', 'Remove it', 20],
    ['class A { m({ a }?: B) {} }', 'Give it a default value', 13],
    ['class A { declare declare b }', 'Duplicate modifier', 19],
    ['class A { m() {} set a(public b: number) {} }', 'constructor', 24],
  ])('refuses %j and says what to do', (source, message, column) => {
    const error = failure(source);
    expect(error.message).toContain(message);
    expect(error.position).toMatchObject({ line: 1, column });
  });

  it('names the storage of an accessor as nothing else in the source', () => {
    expect(evaluate('class A { #aValue = 1; accessor a = 2; b() { return this.#aValue + this.a } } new A().b()')).toBe(
      3,
    );
  });
});
