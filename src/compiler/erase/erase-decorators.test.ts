import { describe, expect, it } from 'vitest';
import { lineStarts } from '../output/edits.js';
import { erase, evaluate, failure } from '../testing/erased.js';

const log =
  'const seen: string[] = []; const note = (label: string) => (value: any, context: any) => { seen.push(label + ":" + context.kind + ":" + String(context.name)) };';

describe('erasing decorators', () => {
  it.each([
    [
      'a method',
      'function twice(f, c) { return function (...a) { return f.apply(this, a) * 2 } } class A { n = 3; @twice m(x: number) { return x + this.n } } new A().m(1)',
      8,
    ],
    ['a static method', 'const k = (f) => () => f() + 1; class A { @k static m() { return 1 } } A.m()', 2],
    [
      'a getter and a setter',
      'const g = (f) => function () { return f.call(this) + 1 }; const s = (f) => function (v) { f.call(this, v * 10) }; class A { v = 0; @g get x() { return this.v } @s set x(v) { this.v = v } } const a = new A(); a.x = 2; a.x',
      21,
    ],
    [
      'a field',
      'const plus = (n: number) => () => (v) => v + n; const times = (n: number) => () => (v) => v * n; class A { @plus(1) @times(3) x: number = 1 } new A().x',
      6,
    ],
    [
      'a field without value',
      'const d = () => (v) => v ?? "none"; class A { @d x?: string\n@d y: string; @d z } const a = new A(); a.x + a.y + a.z',
      'nonenonenone',
    ],
    [
      'a field whose initializer takes this',
      'const d = () => function (v) { return [v, this instanceof A] }; class A { @d x = 1 } new A().x.join()',
      '1,true',
    ],
    ['a static field', 'const d = () => (v) => v * 2; class A { @d static x = 4 } A.x', 8],
    [
      'a private field',
      'let access; const d = (_, c) => { access = c; return (v) => v + 1 }; class A { @d #x = 1; get x() { return this.#x } } const a = new A(); access.access.set(a, access.access.get(a) + 5); [a.x, access.name, access.private, access.access.has(a), access.access.has({})].join()',
      '7,#x,true,true,false',
    ],
    [
      'a key that is computed, or no name',
      'const d = (f, c) => { names.push(c.name) }; const names = []; const s = Symbol("s"); class A { @d ["a" + 1]() {} @d [s]() {} @d "b c"() {} @d 5() {} } names.map(String).join()',
      'a1,Symbol(s),b c,5',
    ],
    [
      'an accessor field',
      'const d = ({ get, set }, c) => ({ get() { return get.call(this) + 1 }, set(v) { set.call(this, v * 2) }, init: (v) => v + 100 }); class A { @d accessor x: number = 1 } const a = new A(); const before = a.x; a.x = 4; [before, a.x].join()',
      '102,9',
    ],
    [
      'a class that is replaced',
      'const d = (C, c) => class extends C { extra = c.name }; @d class A { self() { return A } static made = new A() } [new A().extra, new A().self() === A, A.made.extra].join()',
      'A,true,A',
    ],
    [
      'a class that stays',
      'const all = []; const register = (tag: string) => (C, c) => { all.push(tag + C.name + c.kind) }; @register("x") class A {} all[0] + A.name',
      'xAclassA',
    ],
    [
      'a class that gets sealed',
      'const sealed = (C: Function) => { Object.seal(C); Object.seal(C.prototype) }; @sealed class A { title = "t" } new A().title + Object.isSealed(A)',
      'ttrue',
    ],
    [
      'a class expression',
      'const d = (C, c) => { C.tag = c.name }; const X = @d class Inner { name() { return Inner.tag } }; new X().name() + X.name',
      'InnerInner',
    ],
    [
      'a class that a variable names',
      'const names = []; const d = (C, c) => { names.push(c?.name) }; const X = @d class {}; const Y = class { @d m() {} }; names.concat(X.name, Y.name).join()',
      'X,m,X,Y',
    ],
    [
      'an abstract and derived class',
      'const d = (C) => {}; class B { b = 1 } @d abstract class A extends B { @d2 abstract z; c = 2 } class D extends A {} new D().b + new D().c',
      3,
    ],
    [
      'a class between modifiers',
      'const m = () => {}; class A { @m private async *a() {} @m public static readonly b: number = 2; @m protected c(): void {} } A.b',
      2,
    ],
    [
      'an arrow function of a field',
      'const d = () => {}; class A { x = 2; @d f = () => this.x } new A().f() + new A().f.name',
      '2f',
    ],
  ])('applies what decorates %s', (_, source, value) => expect(evaluate(source)).toBe(value));

  it('evaluates decorators in the order of the source and applies them inner to outer', () => {
    const source = `const order: string[] = []; const d = (n: string) => (order.push("eval " + n), () => { order.push(n) });
      @d("c1") @d("c2") class A { @d("f") f = order.push("field"); @d("m1") @d("m2") m() {} @d("sf") static s = order.push("static"); [d("key") && "k"]() {} @d("sm") static sm() {} }
      order.join()`;
    expect(evaluate(source)).toBe(
      'eval c1,eval c2,eval f,eval m1,eval m2,eval sf,eval key,eval sm,sm,m2,m1,sf,f,c2,c1,static',
    );
  });

  it('runs initializers where they belong', () => {
    const source = `const order: string[] = []; const d = (n: string) => (_, c) => { c.addInitializer(function () { order.push(n + ":" + (typeof this === "function" ? this.name : this.constructor.name)) }) };
      @d("class") class A { a = order.push("a"); @d("f") f = order.push("f="); b = order.push("b"); @d("m") m() {} @d("s") static s = order.push("s="); @d("sm") static sm() {} constructor() { order.push("new") } }
      new A(); order.join()`;
    expect(evaluate(source)).toBe('sm:A,s=,s:A,class:A,m:A,a,f=,f:A,b,new');
  });

  it('binds methods with an initializer', () => {
    const source =
      'function bound(f, { name, addInitializer }) { addInitializer(function () { this[name] = this[name].bind(this) }) } class A { n = 5; @bound read() { return this.n } } const { read } = new A(); read()';
    expect(evaluate(source)).toBe(5);
  });

  it('tells the context', () => {
    const source = `const contexts = []; const d = (v, c) => { contexts.push([typeof v, c.kind, c.name, c.static, c.private, Object.keys(c.access ?? {}).join("")]) };
      @d class A { @d m() {} @d static get g() { return 1 } @d set s(v) {} @d f; @d static #p; @d accessor a } JSON.stringify(contexts)`;
    expect(JSON.parse(evaluate(source) as string)).toEqual([
      ['function', 'getter', 'g', true, false, 'hasget'],
      ['function', 'method', 'm', false, false, 'hasget'],
      ['function', 'setter', 's', false, false, 'hasset'],
      ['object', 'accessor', 'a', false, false, 'hasgetset'],
      ['undefined', 'field', '#p', true, true, 'hasgetset'],
      ['undefined', 'field', 'f', false, false, 'hasgetset'],
      ['function', 'class', 'A', null, null, ''],
    ]);
  });

  it('shares metadata in a class, and hands it down', () => {
    const source =
      'const metadata = Symbol.for("Symbol.metadata"); const d = (v, c) => { c.metadata[c.name] = c.kind }; class A { @d m() {} @d f } class B extends A { @d g() {} } [A[metadata].f, B[metadata].m, Object.keys(B[metadata]).join()].join()';
    expect(evaluate(source)).toBe('field,method,g');
  });

  it('leaves no line and no member behind', () => {
    const source = `${log}\n@note(\n"a"\n)\n@note("b")\nabstract class A {\n@note("c")\n@note("d")\nprivate x: number\n\n@note("e") static y\n}`;
    expect(lineStarts(erase(source).text.text)).toHaveLength(lineStarts(source).length);
    expect(evaluate(`${source}\nReflect.ownKeys(A).map(String).join()+seen.join()`)).toBe(
      'length,name,prototype,y,Symbol(Symbol.metadata)e:field:y,d:field:x,c:field:x,b:class:A,a:class:A',
    );
  });

  it.each([
    ['const d = 5; class A { @d x }', 'A decorator must be a function, not a number.'],
    [
      'const d = () => 5; class A { @d x() {} }',
      'A decorator of a method must return a function or nothing, not a number.',
    ],
    [
      'const d = () => null; class A { @d accessor x }',
      'A decorator of an accessor must return an object with get, set or init or nothing, not null.',
    ],
    [
      'let add; const d = (_, c) => { add = c.addInitializer }; class A { @d x } add(() => {})',
      'A decorator can add initializers only while it runs.',
    ],
  ])('throws where %j decorates wrongly', (source, message) => expect(() => evaluate(source)).toThrow(message));

  it.each([
    ['class A { constructor(@Inject() private x: X) {} }', 'no decorators of parameters', 23],
    ['class A { m(@dec x = 1) {} }', 'no decorators of parameters', 13],
    ['class A { @dec #m() {} }', 'private methods', 11],
    ['class A { @dec static {} }', 'before a class', 11],
    ['class A { @dec constructor() {} }', "can't be used with a constructor", 11],
    ['@dec class A extends (await f()) {}', 'inside a class with decorators', 23],
  ])('refuses %j and says what to do', (source, message, column) => {
    const error = failure(source);
    expect(error.message).toContain(message);
    expect(error.position).toMatchObject({ line: 1, column });
  });
});
