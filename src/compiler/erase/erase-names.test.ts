import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { erase } from '../testing/erased.js';

/** The JavaScript of another compiler, printed by it. */
const print = (source: string, loader: 'ts' | 'js'): string =>
  transformSync(source, {
    loader,
    target: 'esnext',
    tsconfigRaw: { compilerOptions: { target: 'esnext', useDefineForClassFields: true } },
  }).code;

function expectReference(source: string): void {
  expect(print(erase(source).text.text, 'js'), source).toBe(print(source, 'ts'));
}

const names = (
  'type as of abstract declare namespace module satisfies accessor async get set readonly global is infer ' +
  'asserts unique override out from target meta defer source require assert'
).split(' ');

/** Where a name may stand; NAME is one. */
const places = [
  'let NAME = 1; if (true) NAME; else 2',
  'NAME: for (;;) break NAME',
  'NAME: for (;;) { continue NAME }',
  'NAME: { break NAME }',
  'if (1) NAME: for (;;) break NAME',
  'NAME\n: for (;;) break NAME\n',
  'let NAME; do NAME; while (0)',
  'let NAME; switch (1) { case NAME: NAME; default: NAME; }',
  'let NAME; NAME\nclass B {}',
  'let NAME; for (const x of NAME) NAME; NAME;',
  'const f = NAME => NAME',
  'const f = async NAME => NAME',
  'const f = async (NAME) => NAME',
  'function f(NAME: number) { return NAME }',
  'function NAME() { return NAME }',
  'const { NAME, a: [b = NAME] } = NAME',
  'class NAME {}',
  'class NAME<T> extends B implements C {}',
  'class A { NAME = 1; static NAME() {} get b() { return 1 } }',
  'class A { async NAME() {} async *b() {} }',
  'const x = { NAME, async a() {} }',
  'const x = { async NAME() {}, async *b() {} }',
  'const x = { get NAME() { return 1 } }',
  'try {} catch (NAME) { NAME; }',
  'let NAME; NAME as any;',
  'let NAME; NAME as any as 1;',
  'let NAME; NAME satisfies any;',
  'let NAME; NAME!;',
  'let NAME; NAME = NAME\n(1)',
  'let a; let NAME; a as typeof NAME',
  'export let NAME = 1; export { NAME as a }',
  'import NAME from "a"; NAME;',
  'import { a as NAME } from "a"; NAME;',
  'import * as NAME from "a"; NAME;',
];

const modern = [
  'let x: <const T>() => T',
  'let x: new <const T>() => T',
  'let x: abstract new <const T, U>() => T',
  'interface A { m<const T>(): T; <const T>(): T; new <const T>(): T }',
  'type X = { m<const T>(): T }',
  'function f<const T>(x: T) { return x }',
  'const f = <const T>(x: T) => x',
  'const f = async <const T extends readonly unknown[]>(x: T) => x',
  'class A<const T> { m<const U>() {} static async *n<const T>() {} }',
  'const o = { m<const T>() {} }',
  'let x: import("fs", { with: { "resolution-mode": "import" } })',
  'let x: import("fs", { with: { "resolution-mode": "require" }, }).A.B<string>',
  'type A = typeof import("fs", { with: { "resolution-mode": "import" } })',
  'import type { a } from "b" with { "resolution-mode": "import" }',
  'function f({ a }?: A): void; function f(a?: any) {}',
  'function f([a]?: A, ...[b]: B): void\nfunction f(a?: any) {}',
  'export function f({ a }?: A): void\nexport function f(a?) {}',
  'export default function f({ a }?: A): void\nexport default function f(a?) {}',
  'async function f({ a }?: B): Promise<1>; async function f(a?) {}',
  'class A { m({ a }?: B): void; m(a?: any) {} }',
  'class A { constructor({ a }?: B); constructor(a?: any) {} }',
  'abstract class A { abstract m({ a }?: B): void }',
  'declare function f({ a, b: [c] }?: A): void',
  'class A { override x = 1; override async y() {} }',
  'let x: unique',
  'let x: unique symbol',
  'const f = async as => as',
  'let async; async as any',
  'async as any\nb',
];

describe('the JavaScript that remains is that of another compiler', () => {
  it.each(places)('%j, with each name that is a keyword elsewhere', (place) => {
    for (const name of names) expectReference(place.replaceAll('NAME', name));
  });

  it.each(modern)('%j', expectReference);
});
