import { describe, expect, it } from 'vitest';
import { typeDeclarations } from './type-declarations.js';

const declarationsOf = (...cells: string[]): string[] => typeDeclarations(cells, new Set());

describe('typeDeclarations', () => {
  it('takes interfaces and types out of code, also generic ones of several lines', () => {
    expect(
      declarationsOf(
        'const a = 1;\ninterface Order { id: string }\nexport interface Page<T> extends Order {\n  items: T[];\n}\nlet b = 2;',
      ),
    ).toEqual([
      'declare interface Order { id: string }',
      'declare interface Page<T> extends Order {\n  items: T[];\n}',
    ]);
  });

  it('ends a type at its semicolon or where another statement begins', () => {
    expect(declarationsOf("type Size =\n  | 'small'\n  | 'large';\ntype Id = string\nconst a: Id = ''")).toEqual([
      "declare type Size =\n  | 'small'\n  | 'large';",
      'declare type Id = string',
    ]);
  });

  it('takes the last of a name, and none that is taken', () => {
    expect(declarationsOf('type A = 1;', 'type A = 2;')).toEqual(['declare type A = 2;']);
    expect(typeDeclarations(['type A = 1;'], new Set(['A']))).toEqual([]);
  });

  it('leaves out a declaration that never closes, and one in a function', () => {
    expect(declarationsOf('interface A {', 'function f() {\n  interface B {}\n}', 'typeOf = 1')).toEqual([]);
  });
});
