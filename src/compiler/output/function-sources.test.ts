import { describe, expect, it } from 'vitest';
import { compileCell, compileDirectEval, compileEval, compileFunction } from '../index.js';

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

  const scope = { kind: () => undefined };
  const options = { fileName: 'eval-1.js', guards: true };
  const loop = 'function f(a) { for (;;) if (a) break; }';

  it.each(['with (f) a;', 'var b = 010;', 'delete f;', 'var await = 1, yield = 2, let = 3;', '<!-- text'])(
    'finds those of sloppy code with %s',
    (sloppy) => {
      const { functionSources, functionOrigins } = compileEval(`${loop}\n${sloppy}`, scope, options);
      expect([...functionSources().values()]).toEqual([loop]);
      expect([...functionOrigins().values()]).toEqual([expect.objectContaining({ source: loop })]);
      const made = compileFunction(`(function anonymous(a\n) {\n${loop}\n${sloppy}\n})`, scope, options);
      expect([...made.functionSources().values()]).toContain(loop);
    },
  );

  it('finds those of code that is evaluated in a method', () => {
    const unit = { runtime: '$c_k', hasNamespace: false, dynamic: false, lenient: false, places: {} };
    const site = { strict: true, locals: [], inWith: false, atTop: false };
    const { functionSources } = compileDirectEval(`${loop}; new.target; super.m(this.#p)`, scope, {
      ...options,
      unit: unit,
      site: site,
    });
    expect([...functionSources().values()]).toEqual([loop]);
  });
});
