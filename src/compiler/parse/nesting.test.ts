import { describe, expect, it } from 'vitest';
import { compileCell, CompileError, compileEval, compileFunction, compileModule } from '../index.js';

const scope = { kind: () => undefined, isGlobal: () => true };

/** The error that a cell has; `undefined` where it compiles. */
function failure(source: string): CompileError | undefined {
  try {
    compileCell(source, scope, { fileName: 'cell-1.ts', guards: true });
    return undefined;
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
}

const nested: Readonly<Record<string, (depth: number) => string>> = {
  awaits: (n) => `${'await '.repeat(n)}1`,
  parentheses: (n) => `${'('.repeat(n)}1${')'.repeat(n)}`,
  objects: (n) => `x = ${'{a:'.repeat(n)}1${'}'.repeat(n)}`,
  'an object': (n) => `${'{a:'.repeat(n)}1${'}'.repeat(n)}`,
  calls: (n) => `${'f('.repeat(n)}${')'.repeat(n)}`,
  templates: (n) => `${'`${'.repeat(n)}1${'}`'.repeat(n)}`,
  functions: (n) => `${'function f() {'.repeat(n)}${'}'.repeat(n)}`,
  classes: (n) => `${'class A { a() {'.repeat(n)}${'}}'.repeat(n)}`,
  arrows: (n) => `${'a => '.repeat(n)}1`,
  types: (n) => `let a: ${'A<'.repeat(n)}b${'>'.repeat(n)}`,
  'else if': (n) => `${'if (a) {} else '.repeat(n)};`,
  blocks: (n) => `${'{'.repeat(n)}${'}'.repeat(n)}`,
  assertions: (n) => `${'<T>'.repeat(n)}a`,
  exponents: (n) => `${'2 ** '.repeat(n)}2`,
  signs: (n) => `${'!'.repeat(n)}a`,
  members: (n) => `a${'.b'.repeat(n)}`,
  choices: (n) => `${'a ? b : '.repeat(n)}c`,
  patterns: (n) => `let ${'['.repeat(n)}a${']'.repeat(n)} = b`,
};

describe.each(Object.entries(nested))('code that nests %s', (_, codeOf) => {
  it('compiles up to a depth, and is refused beyond it', () => {
    expect(failure(codeOf(60))).toBeUndefined();
    expect(failure(codeOf(3000))?.message).toMatch(/nested too deeply/);
  });

  it('meets the same limit, however often it is compiled', () => {
    let depth = 60;
    while (failure(codeOf(depth)) === undefined) depth += 10;
    for (let round = 0; round < 5; round++) {
      expect(failure(codeOf(depth - 10))).toBeUndefined();
      expect(failure(codeOf(depth))).toBeDefined();
    }
  }, 60_000);
});

it('is told at the place that is too deep', () => {
  expect(failure(`a;\n${'('.repeat(3000)}`)?.position).toMatchObject({ line: 2, column: 125 });
});

it('is counted where nearly each level takes one character', () => {
  expect(failure(`a${'!'.repeat(497)}`)).toBeUndefined();
  expect(failure(`a${'!'.repeat(498)}`)?.message).toMatch(/nested too deeply/);
});

describe('code that is not nested', () => {
  it.each(['1 + ', 'a || ', 'a ?? ', 'a && b || '])('may chain %j', (piece) => {
    expect(failure(`${piece.repeat(5000)}c`)).toBeUndefined();
  });

  it('may be long', () => {
    expect(failure('1,'.repeat(20_000) + '1')).toBeUndefined();
    expect(failure('let a: ' + 'A|'.repeat(20_000) + 'B')).toBeUndefined();
  });
});

it('has the same limit in modules, eval and Function', () => {
  const source = nested['parentheses']!(2000);
  const options = { fileName: 'a' };
  expect(() => compileModule(source, options)).toThrow(/nested too deeply/);
  expect(() => compileEval(source, scope, options)).toThrow(/nested too deeply/);
  expect(() => compileFunction(`(function anonymous() {${source}})`, scope, options)).toThrow(/nested too deeply/);
});
