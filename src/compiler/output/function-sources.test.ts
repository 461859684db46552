import { describe, expect, it } from 'vitest';
import { compileCell } from '../index.js';

/** What a function of the compiled source says it is, by the text that it says without compiling. */
function originals(source: string): string[] {
  return [
    ...compileCell(source, { kind: () => undefined }, { fileName: 'cell-1.ts' })
      .functionSources()
      .values(),
  ];
}

describe('sources of functions', () => {
  it.each([
    ['const f = async (a: number) => await a', ['async (a: number) => await a']],
    [
      'namespace N { export let x = 1; export function f(a: number) { return a } }',
      ['function f(a: number) { return a }'],
    ],
    [
      'const d = () => {}; class A { @d m(a: number) { return a } @d accessor x = 1 }',
      ['class A { @d m(a: number) { return a } @d accessor x = 1 }', 'm(a: number) { return a }'],
    ],
    [
      'const d = () => {}; @d class A { @d x = (a: number) => a }',
      ['@d class A { @d x = (a: number) => a }', '(a: number) => a'],
    ],
  ])('finds those of %j', (source, expected) => expect(originals(source)).toEqual(expected));
});
