import { describe, expect, it } from 'vitest';
import { CompileError } from '../compile-error.js';
import { compileCell } from '../index.js';

const compile = (source: string, fileName = 'a.ts'): string =>
  compileCell(
    source,
    { kind: () => undefined },
    { fileName, ...(fileName.endsWith('x') ? { elements: true as const } : {}) },
  ).code;

describe('regular expressions', () => {
  it.each(['/(?<year>\\d+)-\\k<year>/u', '/[\\p{L}--[a-z]]/v', '/\\p{Script=Greek}/u', '/a/dgimsuy', '/(?<=a)b{2,}/'])(
    '%s is one',
    (source) => {
      expect(compile(source)).toContain(source);
    },
  );

  it.each([
    ['let a = 1\nconst r = /(/', 2, 12],
    ['const r = /a/gg', 1, 12],
    ['const r = /\\p{Nope}/u', 1, 12],
    ['const r = /(?<n>a)(?<n>b)/', 1, 12],
  ])('%s is none, and the place is told', (source, line, column) => {
    let failure: unknown;
    try {
      compile(source);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(CompileError);
    expect(failure).toMatchObject({
      position: { line, column },
      message: expect.stringMatching(/invalid/i) as unknown,
    });
  });
});

describe('syntax of TypeScript', () => {
  it.each([
    'class C { #a = 1; get b(): typeof this.#a { return 1 } }',
    'export default class implements T {}',
    'x = a ? b ? c : (d = e) : f => g',
    'x = a ? b ? (c = d) => e : (f = g) : h => i',
    'a ? async (b) : c => d',
    'a ? (b) : c => d; e ? (f, g): h => i : j; k ? async (l): Promise<m> => n : o',
    `x = ${'a ? ('.repeat(30)}b${') : c => d'.repeat(30)}`,
    'a ? f((x: T): T => x) : b',
    'async () => { await null; async <T>() => null }',
    'async function f() { await 0; const g = async <T>(x: T) => { await x } }',
    'class C extends (B<T> as D)<T> {}',
    'f<T> as U; g<T> satisfies V',
    'x! = y; (x as T) = y; [x as T] = y; for (x as T of y) ; ({ a: x as T } = y)',
    'let typ\\u0065 = 1; typ\\u0065 = 2',
    '@d(() => 0) export declare class C {}',
    'module "a"; namespace B {}',
    'function f(this: A, b) {} ({ m(this: A) {} }); declare function g(this: A): void; let h: (this: A) => void',
    'x = async function* () { yield /a/g; yield\n/b/ }; (async function* () { yield* /c/ })',
  ])('%s is read', (source) => {
    expect(() => compile(source)).not.toThrow();
  });

  it.each([
    'const f = function* <T>(a: T) {}',
    'const f = async function* <const T>() { yield <T>1</T> }; async function* g() { yield <b/> }',
    'a ? (b) : c => <d/>',
    '<const T>x</const>',
    'const 𠮷 = 1; <𠮷 b𠮷="1" data-𠮷><a.𠮷/></𠮷>',
    '({ *a<T>() {}, async *b<T,>() {} })',
  ])('%s is read beside elements', (source) => {
    expect(() => compile(`${source}; <a/>`, 'a.tsx')).not.toThrow();
  });

  it.each([
    ['export type\nA = {}', 'same line', 8],
    ['@d export enum E {}', 'Only a class', 1],
    ['@d export default abstract', 'Only a class', 1],
    ['@d export @e class C {}', 'before `export` or after it', 11],
    ['@d export default @e class {}', 'before `export` or after it', 19],
    ['async <T>(a = await b) => 0', 'Unexpected token', 24],
    ['function f<in T>() {}', "'in' modifier", 12],
    ['(a as T) => 0', 'no type assertion', 2],
    ['(a!) => 0', 'no type assertion', 2],
    ['class C { static static m() {} }', 'Duplicate modifier', 18],
    ['class C { @d ; }', "Unexpected token ';'", 14],
    ['{ declare module }', "Unexpected token '}'", 18],
    ['class C implements A, {}', "Unexpected token '{'", 23],
    ['var this: any', "Unexpected token 'this'", 5],
    ['function f(a, this: any) {}', "Unexpected token 'this'", 15],
    ['(this: any) => 0', 'can be assigned to', 2],
    ['[a: b]', '`value as Type`', 3],
    ['x as any = y', "Unexpected token '='", 10],
    ['x satisfies T = y', "Unexpected token '='", 15],
    ['<any>x = y', "Unexpected token '='", 8],
    ['typ\\u0065 A = 1', "Unexpected token 'A'", 11],
    ['declar\\u0065 let x', "Unexpected token 'let'", 14],
    ['\\u0061bstract class A {}', "Unexpected token 'class'", 15],
    ['enum E { [a] = 1 }', "Unexpected token 'a'", 11],
    ['let [a: number] = b', 'Unexpected token', 7],
    ['import { a b } from "c"', "Unexpected token 'b'", 12],
    ['import { "a" } from "c"', '`as name`', 10],
    ['import { type "a" } from "c"', '`as name`', 15],
  ])('%s is refused at its place', (source, message, column) => {
    expect(() => compile(source)).toThrow(
      expect.objectContaining({
        position: expect.objectContaining({ column }) as unknown,
        message: expect.stringContaining(message) as unknown,
      }),
    );
  });
});
