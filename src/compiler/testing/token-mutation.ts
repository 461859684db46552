import { parse } from '../parse/parse.js';
import type { TokenIndex } from '../parse/token-index.js';
import type { RandomChoices } from './random-choices.js';

/** Valid programs, which together have most of TypeScript's syntax, without what older engines lack: `using`. */
const programs = [
  'import a, { type b, c as d, type "e f" as g } from "x"; import type * as h from "y"; export { d as default, a }; export * as "i j" from "z";',
  'import j = require("x"); import K = j.L.M; export import N = K.O; export type { P } from "y"; export = j;',
  'enum E { A, B = 2, C = A | B, "D E", F = `f` } declare const enum G { H = 1 } enum E { I = 5 } let e: E.A = E.B;',
  'namespace A.B { export const x = 1; export function f<T>(y: T): T { return y } type U = 1 } namespace A { export namespace C { } }',
  'abstract class C<in out T, const U> extends D.E<T> implements F<U>, G.H { abstract a: number; declare b?: string; static readonly c!: T; override async *d<V>(this: C<T, U>, e?: V): AsyncGenerator<V> { yield e! } get f() { return 1 } set f(g: number) {} constructor(private h = 1, public readonly i?: string) { super() } static { this.c } [k: string]: any; #l = <T>this.#l; accessor m = 1 }',
  '@d @e.f(1) export default class { @g h = 1; @i() static j() {} @k accessor l; @m get n() { return 1 } }',
  'function f(a: number, { b, c: [d] }?: { b: 1; c: [2] }): void; function f(a?: any) {} function g(x: unknown): asserts x is string {} const h = async <T,>(x: T): Promise<T> => await x;',
  'type T<A, B extends keyof A = never> = A extends (infer C extends string)[] ? C : { readonly [K in keyof A as `x${B & string}`]-?: A[K] } | [a: 1, b?: 2, ...c: B[]] | (new () => A) | typeof e.f | `a${A & string}` | import("x").Y<A>',
  'interface I<T> extends J<T>, K { (a: T): this; new <U>(b: U): I<T>; readonly c?: unique symbol; [d: string]: any; get e(): 1; set e(f: 1); m?<V>(g: V): g is V }',
  'const x = a as B as const, y = <T>(b)!.c?.[0]!.d<E>(f), z = g satisfies H<I>; let j = k < l && m > (n), o = p<q>(r) / 2 / 3; new S<T>(u); v<w>`x`;',
  'a ? (b) : c => d; e ? (f, g): h => i : j; k ? async (l): Promise<m> => n : o; (p: q, r?: s, ...t: u[]) => { }; v ? w ? (x) : (y) : (z);',
  'type\nx = 1; let type = 1, of = 2, as = 3; type: for (const as of of) { break type } abstract\nclass Y {} if (type) declare; else namespace',
  'async function f() { for await (const x of y) { await z } try { throw a } catch ({ b }: any) { return /[/]/g.test(c) } finally { await (d as E) } label: while (g!) { continue label } }',
  'const { a, b: { c = 1, ...d }, ["e"]: [f, , ...g] }: H = i, j = { k, l() {}, async *m<T>() {}, get n() { return 1 }, set n(o: 1) {}, [p]: 2, "q": 3, ...r };',
  'switch (a as B) { case 1: { type C = 1; let d: C; break } default: do { e++ } while (e! < 5) } `a${b as C}d${`e${f!}`}`; x = y => ({ z: y }); delete g!.h; void 0 as any; typeof i as J;',
  'declare module "x" { export default a; const b: 1 } declare global { interface W { c: 1 } } declare function d(): void; declare let e: string; declare class F { g(): void } declare namespace H { let i: 1 }',
];

/** Texts that are put in the place of tokens. */
const intruders =
  'let const type as is in of ? : < > => { } ( ) [ ] async await yield ! , ; ... = enum abstract declare static readonly public export import ` / @a #b infer keyof function class extends new this super 0 "s" 1n ?. ?? -- accessor namespace satisfies'.split(
    ' ',
  );

/** A program of which one to three tokens were removed, doubled, swapped or replaced. */
export function mutatedProgram(choices: RandomChoices): string {
  const source = choices.pick(programs);
  const { tokens } = parse(source, { language: 'ts', sourceType: 'module', allowAwait: true });
  const texts = tokens.starts.map((start, index) => source.slice(start, tokens.ends[index]));
  for (let count = 1 + choices.below(3); count > 0; count--) {
    const [at, other] = [choices.below(texts.length), choices.below(texts.length)];
    const text = texts[at]!;
    const mutation = choices.below(4);
    texts[at] = mutation === 0 ? '' : mutation === 1 ? `${text} ${text}` : choices.pick(intruders);
    if (mutation === 3) [texts[at], texts[other]] = [texts[other]!, text];
  }
  return texts.map((text, index) => text + blanksAfter(source, tokens, index)).join('');
}

/** The line breaks after a token, or a blank: some mean something. */
function blanksAfter(source: string, { starts, ends }: TokenIndex, index: number): string {
  const between = source.slice(ends[index], starts[index + 1]);
  return between.includes('\n')
    ? '\n'
    : /^`|`$|\$\{$/.test(source.slice(starts[index], ends[index]))
      ? between
      : `${between} `;
}
