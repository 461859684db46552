import { describe, expect, it } from 'vitest';
import { compileCell, compileEval, compileModule, type CompiledCode } from '../index.js';

const scope = { kind: () => undefined };
const captured = (compiled: CompiledCode): Record<string, readonly string[]> =>
  Object.fromEntries([...compiled.functionOrigins().values()].map((origin) => [origin.source, origin.captured]));
const inCell = (source: string): Record<string, readonly string[]> =>
  captured(compileCell(source, scope, { fileName: 'cell-1.ts' }));

describe('origins of functions', () => {
  it('C7: has every function, also those that compiling leaves as they are', () => {
    expect(Object.keys(inCell('const f = () => 1; class A { m(): number { return 1 } }'))).toEqual([
      '() => 1',
      'class A { m(): number { return 1 } }',
      'm(): number { return 1 }',
    ]);
  });

  it.each([
    ['names of the namespace', 'let n = 0; const f = () => n', '() => n', []],
    ['a variable of the function around it', 'const make = () => { let n = 0; return () => ++n }', '() => ++n', ['n']],
    ['a parameter', 'function make(a: number) { return function () { return a } }', 'function () { return a }', ['a']],
    [
      'its own parameters and variables',
      'const f = (a) => { const b = a; return () => b }',
      '(a) => { const b = a; return () => b }',
      [],
    ],
    ['a variable of a block', '{ let n = 0; var f = () => n }', '() => n', ['n']],
    ['a variable of a loop', 'for (let i = 0; i < 3; i++) { list.push(() => i) }', '() => i', ['i']],
    ['what a catch clause binds', 'try {} catch (e) { f = () => e }', '() => e', ['e']],
    ['a name that shadows one of the namespace', 'let n = 0; const make = (n) => () => n', '() => n', ['n']],
    ['its own name', 'const f = function again() { again() }', 'function again() { again() }', []],
    ['`this` of a method', 'class A { m() { return () => this } }', '() => this', ['this']],
    ['`this` of a field', 'class A { x = 1; f = () => this.x }', '() => this.x', ['this']],
    ['no `this` at the top level', 'const f = () => this', '() => this', []],
    ['arguments', 'function f() { return () => arguments }', '() => arguments', ['arguments']],
    ['a class of a function', 'function f() { class B {} return class C extends B {} }', 'class C extends B {}', ['B']],
  ])('C7: tells %s', (_, source, fn, expected) => {
    expect(inCell(source)[fn]).toEqual(expected);
  });

  it('C7: names of a module are its own, those of a script only where they are lexical', () => {
    const module = compileModule('import { a } from "a"; let b = 1; export function f() { return a + b + Math.PI }', {
      fileName: 'm.js',
    });
    expect(captured(module)).toEqual({ 'function f() { return a + b + Math.PI }': ['a', 'b'] });
    expect(captured(compileEval('var a; let b; (() => a + b)', scope, { fileName: 'eval-1.js' }))).toEqual({
      '() => a + b': ['b'],
    });
  });

  it('C7: tells private members of a class', () => {
    const origins = [
      ...compileCell('class A { #x = 1 } class B { x = "#y" }', scope, { fileName: 'cell-1.ts' })
        .functionOrigins()
        .values(),
    ];
    expect(origins.map(({ hasPrivate }) => hasPrivate)).toEqual([true, false]);
  });
});
