import { describe, expect, it } from 'vitest';
import { evaluate, expectErased, failure, type ErasedCases } from '../testing/erased.js';

const namespaces: ErasedCases = [
  [
    'namespace N {\n  export const x: number = 1\n  const hidden = 2\n  export function f<T>(): T {}\n}',
    ';var N = {};(($c_ns_1)=>{$c_ns_1.f=f;\nconst x = 1;$c_ns_1.x=x;\nconst hidden = 2\nfunction f() {}\n})(N);',
  ],
  ['namespace A.B { f() }', ';var A = {};(($c_ns_1)=>{const B=$c_ns_1.B??={};(($c_ns_2)=>{ f() })(B);})(A);'],
  ['module N { export type T = 1; export interface I {} }', ''],
  ['namespace N { import A = B.c; export type T = A }', ''],
  ['declare namespace N { const x: 1; function f(): void }', ''],
];

describe('erasing namespaces', () => {
  it.each(namespaces)('%j', expectErased);

  it.each([
    [
      'namespace N { export const x = 1; const hidden = 2; export function sum() { return x + hidden } } [N.sum(), Object.keys(N).join()].join()',
      '3,sum,x',
    ],
    ['namespace N { export let count = 0; export function add() { count++ } } N.add(); N.add(); N.count', 2],
    ['namespace N { export let count = 0; export const read = () => count } N.count = 5; N.read()', 5],
    ['namespace N { export const early = f(); export function f() { return 7 } } N.early', 7],
    ['namespace N { export namespace Inner { export const a = 3 } export const b = Inner.a + 1 } N.b + N.Inner.a', 7],
    ['namespace A.B.C { export const d = 4 } A.B.C.d', 4],
    [
      'namespace A.B { export const c = 1 } namespace A.B { export const d = c + 1 } namespace A { export const e = B.d + 1 } A.e',
      3,
    ],
    [
      'namespace N { export class C { x = 1 } export enum E { A, B } export const { a, b: [c] } = { a: 1, b: [2] } } new N.C().x + N.E.B + N.a + N.c',
      5,
    ],
    [
      'namespace N { export const a = 1 } namespace N { export const b = a + 1; export const o = { a } } N.a + N.b + N.o.a',
      4,
    ],
    ['namespace N { export const a = 1 } namespace N { const a = 10; export const b = a } N.b', 10],
    ['class C { static x = 1 } namespace C { export const y = C.x + 1 } C.y', 2],
    ['function f() { return f.y } namespace f { export const y = 9 } f()', 9],
    ['enum E { a = 1 } namespace E { export function twice(e: E) { return e * 2 } } E.twice(E.a)', 2],
    ['namespace N { export var v = 1; for (var i = 0; i < 3; i++) v += i } N.v', 4],
    [
      'namespace A { export const b = 2 } namespace N { export import X = A.b; import Y = A.b; export const z = Y } N.X + N.z',
      4,
    ],
    ['namespace A { export const Type = 1 } import T = A.Type; T', 1],
    ['namespace N { namespace Hidden { export const a = 1 } export const b = Hidden.a } Object.keys(N).join()', 'b'],
    ['var seen = 1\nnamespace N { export const a = seen }\n(N.a)', 1],
  ])('gives %j its meaning', (source, value) => expect(evaluate(source)).toBe(value));

  it.each([
    ['namespace N {\n  export const a = await f() }', 'Cannot use await', 2, 20],
    ['namespace N { export { a } }', 'only declarations', 1, 15],
    ['namespace N { export default 1 }', 'only declarations', 1, 15],
    ['namespace N {\n  import a from "b" }', 'top of the file', 2, 3],
    ['namespace N { import { a } from "b"; a }', 'top of the file', 1, 15],
    ['namespace N { import * as a from "b"; export const c = 1 }', 'top of the file', 1, 15],
    ['namespace N { import "b" }', 'top of the file', 1, 15],
    ['namespace N { import type { a } from "b" }', 'top of the file', 1, 15],
    ['namespace A.B { namespace C { import a from "b" } }', 'top of the file', 1, 31],
    ['if (1) namespace N { let a = 1 }', 'Move it out', 1, 8],
  ])('refuses %j and says what to do', (source, message, line, column) => {
    const error = failure(source);
    expect(error.message).toContain(message);
    expect(error.position).toMatchObject({ line, column });
  });
});
