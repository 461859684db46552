import { describe, expect, it } from 'vitest';
import { erase, expectErased, type ErasedCases } from '../testing/erased.js';

const modules: ErasedCases = [
  ["import type A = require('x');", ''],
  ["import type { A } from 'x';", ''],
  ["import type A from 'x'\n(b)", ';\n(b)'],
  ["import type * as A from 'x';", ''],
  [
    "import { type 'a' as b, 'c d' as e, type as, type as f } from 'x'; e, f;",
    "import { 'c d' as e, type as f } from 'x'; e, f;",
  ],
  ["import { type as as as, type default as b, as as c } from 'x'; c;", "import { as as c } from 'x'; c;"],
  ["import type { A } from 'x'; const A = 1; A;", 'const A = 1; A;'],
  ["import { type A, b } from 'x'; b;", "import { b } from 'x'; b;"],
  ["import { a, type B, c as d } from 'x'; a, d;", "import { a, c as d } from 'x'; a, d;"],
  ["import { type A } from 'x';", ''],
  ["import A, { type B } from 'x'; A;", "import A, { } from 'x'; A;"],
  ["import A, { b } from 'x'; b;", "import { b } from 'x'; b;"],
  ["import A, * as B from 'x'; A;", "import A from 'x'; A;"],
  ["import A, * as B from 'x'; B;", "import * as B from 'x'; B;"],
  ["import 'x';", "import 'x';"],
  ["import {} from 'x';", "import {} from 'x';"],
  ["import { A } from 'x'; let a: A;", 'let a;'],
  ["import { A } from 'x'; a.A; ({ A: 1 }); class B { A() {} }", 'a.A; ({ A: 1 }); class B { A() {} }'],
  ["import { a } from 'x'; ({ a });", "import { a } from 'x'; ({ a });"],
  ["import { a } from 'x'; const { b = a } = c;", "import { a } from 'x'; const { b = a } = c;"],
  ["import { a } from 'x'; function f(a) {}", 'function f(a) {}'],
  ["import { A } from 'x'; class B extends A {}", "import { A } from 'x'; class B extends A {}"],
  ["import { A } from 'x'; export { A };", "import { A } from 'x'; export { A };"],
  ["import { A } from 'x'; export { A } from 'y';", "export { A } from 'y';"],
  ["import { A } from 'x'; export default A;", "import { A } from 'x'; export default A;"],
  ["import { A } from 'x' with { type: 'json' }; A;", "import { A } from 'x' with { type: 'json' }; A;"],
  ["import { type as as } from 'x'; as;", "import { type as as } from 'x'; as;"],
  ["import { A } from 'x'; let a: typeof A;", 'let a;'],
  ["import { A } from 'x'; enum B { c = A.d() }", `import { A } from 'x'; var B = {}; B[B["c"] = A.d()] = "c";`],
  ['export type { A }; type A = 1;', ''],
  ["export type { A } from 'x';", ''],
  ["export { type A, b } from 'x';", "export { b } from 'x';"],
  ["export { type A } from 'x';", ''],
  [
    "export { type 'a' as b, type as 'c', type as, as, type default } from 'x';",
    "export { type as 'c', as, } from 'x';",
  ],
  ["export type * from 'x';", ''],
  ["export type * as a from 'x';", ''],
  ["export * as a from 'x';", "export * as a from 'x';"],
  ['interface A {} const b = 1; export { A, b };', 'const b = 1; export { b };'],
  ['interface A {} export { A };', ''],
  ['interface A {} const A = 1; export { A };', 'const A = 1; export { A };'],
  ['interface A {} export default A;', ''],
  ['export interface A {}\n(1)', ';\n(1)'],
  ['export type A = 1;', ''],
  ['export declare const a: A;', ''],
  ['export declare function f(): void;', ''],
  ['export function f(): void;\nexport function f() {}', '\nexport function f() {}'],
  ['export default function f(): void;\nexport default function f() {}', '\nexport default function f() {}'],
  ['export default interface A {}', ''],
  ['export default x as T\n(y)', 'export default x;\n(y)'],
  ['export const a: A = 1;', 'export const a = 1;'],
  ['export namespace A { export interface B {} }', ''],
  ["import N from 'x'; import A = N.B.C; A;", "import N from 'x'; const A = N.B.C; A;"],
  ["import * as N from 'x'; import A = N.B; let a: A;", "import * as N from 'x'; let a;"],
  ["import * as N from 'x'; export import A = N.B;", "import * as N from 'x'; export const A = N.B;"],
];

describe('erasing types of imports and exports', () => {
  it.each(modules)('%j', expectErased);

  it('keeps imports for later cells where asked to, but for those marked as types', () => {
    const { text, erased } = erase("import { a, type B } from 'x'; import C from 'y'; import type D from 'z';", {
      keepImports: true,
    });
    expect(text.text).toBe("import { a,  } from 'x'; import C from 'y'; ");
    expect(erased.size).toBe(1);
  });
});
