import { describe, expect, it } from 'vitest';
import { readTest262Header, refuseWrongGrammar, splitFiles } from './read-tests.mjs';

describe('tests of other suites', () => {
  it('splits a case of TypeScript into its files', () => {
    const text = [
      '// @target: esnext',
      '// @filename: a.ts',
      'export {}',
      '// @Filename: b.d.ts',
      'declare let b',
      '// @filename: c.json',
      '{}',
    ].join('\n');
    expect([...splitFiles(text, 'case.ts')]).toEqual([
      { name: 'case.ts#a.ts', source: 'export {}', language: 'ts', isDeclaration: false },
      { name: 'case.ts#b.d.ts', source: 'declare let b', language: 'ts', isDeclaration: true },
    ]);
    expect([...splitFiles('let x: 1', 'one.tsx')]).toEqual([
      { name: 'one.tsx', source: 'let x: 1', language: 'tsx', isDeclaration: false },
    ]);
  });

  it('takes a case for wrong where TypeScript expects an error of grammar, and not for one of types', () => {
    const text = '// @filename: a.ts\nlet a\n// @filename: b.ts\nlet b';
    const baseline = "b.ts(1,1): error TS1005: ';' expected.\na.ts(1,1): error TS2304: Cannot find name.";
    const tests = refuseWrongGrammar(splitFiles(text, 'case.ts'), baseline);
    expect([...tests].map(({ isValid }) => isValid)).toEqual([undefined, false]);
  });

  it('reads the header of a test of test262, with lists of both forms', () => {
    const text =
      '/*---\nincludes: [a.js, b.js]\nflags:\n  - async\n  - module\nnegative:\n  phase: parse\n  type: SyntaxError\n---*/\n';
    expect(readTest262Header(text, '/suite/test/language/x.js')).toEqual({
      includes: ['a.js', 'b.js'],
      flags: ['async', 'module'],
      fails: 'parse',
      harness: '/suite/harness',
    });
    expect(readTest262Header('let x', '/x.js')).toBeUndefined();
  });
});
