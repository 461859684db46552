import { describe, expect, it } from 'vitest';
import { CompileError } from '../compile-error.js';
import { compileCell } from '../index.js';

const compile = (source: string): string => compileCell(source, { kind: () => undefined }, { fileName: 'a.ts' }).code;

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
