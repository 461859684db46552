import { describe, expect, it } from 'vitest';
import type { CompiledCell, DeclarationKind } from '../../../src/compiler/types.js';
import { CompiledCells } from './compiled-cells.js';

function setUp() {
  const kinds = new Map<string, DeclarationKind>();
  const globals = new Set<string>();
  const cells = new CompiledCells({ kind: (name) => kinds.get(name), isGlobal: (name) => globals.has(name) });
  const compile = (source: string, fileName = '1/cell-1.ts'): CompiledCell => cells.compile(source, { fileName });
  /** Whether both come from one compilation. */
  const isKept = (one: CompiledCell, other: CompiledCell): boolean => one.originalPosition === other.originalPosition;
  return { kinds, globals, compile, isKept };
}

describe('compiled cells', () => {
  it('are kept, each with the name of the cell that runs', () => {
    const { compile, isKept } = setUp();
    const first = compile('1 + 1');
    const second = compile('1 + 1', '12/main.ts');
    expect(isKept(first, second)).toBe(true);
    expect(first.code).toMatch(/\/\/# sourceURL=1\/cell-1\.ts$/);
    expect(second.code).toBe(first.code.replace('1/cell-1.ts', '12/main.ts'));
    expect(isKept(first, compile('1 + 2'))).toBe(false);
  });

  it.each(['n', 'n = 1', 'typeof n', 'let n = 1', '{ n }', 'f(() => n)'])(
    'are compiled anew where %s means another name',
    (source) => {
      const { kinds, globals, compile, isKept } = setUp();
      const before = compile(source);
      expect(isKept(before, compile(source))).toBe(true);
      kinds.set('n', 'let');
      const after = compile(source);
      expect(isKept(before, after)).toBe(false);
      expect(isKept(after, compile(source))).toBe(true);
      kinds.delete('n');
      globals.add('n');
      expect(isKept(after, compile(source))).toBe(false);
    },
  );

  it('refuse what an earlier cell forbids now', () => {
    const { kinds, compile } = setUp();
    compile('let n = 1');
    kinds.set('n', 'var');
    expect(() => compile('let n = 1')).toThrow('already been declared');
  });

  it('are the latest short ones', () => {
    const { compile, isKept } = setUp();
    const first = compile('0');
    for (let n = 1; n < 30; n++) compile(`${n}`);
    expect(isKept(first, compile('0'))).toBe(false);
    const long = `'${'x'.repeat(3_000)}'`;
    expect(isKept(compile(long), compile(long))).toBe(false);
  });
});
