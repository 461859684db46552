import { describe, expect, it } from 'vitest';
import { activations } from '../context/activations/activations.js';
import { ClassDecoration } from './erase/decorate.js';
import { compileModule, type ModuleRuntime } from './index.js';
import type { CompiledModule } from './types.js';

type Code = Generator<void> | AsyncGenerator<void>;

/** Links and evaluates modules by name, in the order in which they are given: each before those that import it. */
async function evaluate(sources: Record<string, string>): Promise<Record<string, Record<string, unknown>>> {
  const namespaces: Record<string, Record<string, unknown>> = {};
  for (const name of Object.keys(sources)) namespaces[name] = Object.create(null) as Record<string, unknown>;
  const codes: Code[] = Object.entries(sources).map(([name, source]) => {
    const { code, links } = compileModule(source, { fileName: name, language: 'ts' });
    const requested = (index: number): Record<string, unknown> => namespaces[links.requests[index]!.specifier]!;
    const define = (key: string, get: () => unknown): void =>
      void Object.defineProperty(namespaces[name], key, { get, enumerable: true });
    const runtime: ModuleRuntime = {
      activations,
      meta: { url: name },
      exports: (getters, nameless) => {
        for (const key of Object.keys(getters)) define(key, getters[key]!);
        for (const { exported, name: key, from } of links.reexports)
          define(exported, () => (key === undefined ? requested(from) : requested(from)[key]));
        for (const star of links.stars)
          for (const key of Object.keys(requested(star)))
            if (key !== 'default') define(key, () => requested(star)[key]);
        if (nameless !== undefined) Object.defineProperty(nameless, 'name', { value: 'default' });
      },
      module: (request) => ({ namespace: requested(request), bindings: requested(request) }),
      import: async (specifier) => namespaces[specifier as string]!,
      decorate: () => new ClassDecoration(),
    };
    const indirectEval = globalThis.eval;
    return (indirectEval(code) as (runtime: ModuleRuntime) => Code)(runtime);
  });
  for (const code of codes) void code.next();
  for (const code of codes) await code.next();
  return namespaces;
}

const requestsOf = ({ links }: CompiledModule): string[] => links.requests.map(({ specifier }) => specifier);

describe('compiled modules', () => {
  it('takes a deferred import for one of the namespace', async () => {
    const { reader } = await evaluate({
      counter: 'export let count = 1',
      defer: 'export default 2',
      reader:
        'import defer * as ns from "counter"; import /**/ defer /**/ * as more from "counter"; import defer from "defer"; export const sum = ns.count + more.count + defer',
    });
    expect(reader!['sum']).toBe(4);
  });

  it.each([
    ['import source x from "y"', 'Remove `source`', 8],
    ['import\nsource from from "y"', 'Remove `source`', 1],
    ['import defer x from "y"', "Unexpected token 'x'", 14],
    ['await import.defer("y")', 'Only `import()` and `import.meta` are supported here.', 14],
    ['await import.source("y")', 'Only `import()` and `import.meta` are supported here.', 14],
  ])('refuses %j', (source, message, column) => {
    for (const language of ['ts', 'js'] as const) {
      const compile = (): unknown => compileModule(source, { fileName: 'a', language });
      expect(compile).toThrow(message);
      expect(compile).toThrow(expect.objectContaining({ position: expect.objectContaining({ column }) }));
    }
  });

  it.each([
    ['export default 1; export default function f() {}', 'default', 19],
    ['let a = 1; export { a }; export { a as b, b as a }; let b', 'a', 43],
    ['export * as a from "y"; export { b as a } from "y"', 'a', 34],
    ['export let a; export { b as a } from "y"', 'a', 24],
  ])('refuses to export a name twice: %j', (source, name, column) => {
    const message = `Duplicate export '${name}'`;
    expect(() => compileModule(source, { fileName: 'a', language: 'js' })).toThrow(message);
    expect(() => compileModule(source, { fileName: 'a', language: 'ts' })).toThrow(
      expect.objectContaining({ message, position: expect.objectContaining({ column }) as unknown }),
    );
  });

  it('exports no types', async () => {
    const { type, names, assigned } = await evaluate({
      type: 'type N = 1\nexport default N // the end',
      names: 'interface A {} type B = 1; let c = 2; export { A, B, c }; export { B as D }',
      assigned: 'namespace N {}\nexport = N',
    });
    expect([type, names, assigned].map((module) => Object.keys(module!))).toEqual([[], ['c'], []]);
  });

  it('takes what CommonJS assigns and requires for the default export', async () => {
    const { main, again } = await evaluate({
      lib: 'export = function lib() { return 5 }',
      again: 'export import type = require("lib"); import unused = require("none")',
      main: 'import lib = require("lib"); import type T = require("lib"); export const five = lib() as T',
    });
    expect(main!['five']).toBe(5);
    expect((again!['type'] as () => number)()).toBe(5);
  });

  it.each(['import source from "y"', 'import source, { a } from "y"', 'import { source as defer } from "y"'])(
    'takes the name of a phase for a name: %j',
    (source) => {
      for (const language of ['ts', 'js'] as const)
        expect(requestsOf(compileModule(`${source}; source; defer`, { fileName: 'a', language }))).toEqual(['y']);
    },
  );

  it('takes a type that is named from for a type', () => {
    const compiled = compileModule('import type from from "y"\nexport const a = 1 as from', {
      fileName: 'a',
      language: 'ts',
    });
    expect(requestsOf(compiled)).toEqual([]);
    expect(compiled.code).not.toContain('import');
  });

  it('exports live bindings under their names', async () => {
    const { counter, reader } = await evaluate({
      counter:
        'export let count = 0; export const add = () => { count += 1 }; const local = 5; export { local as renamed }',
      reader:
        'import { count, add, renamed as five } from "counter"; export const before = count; add(); export const after = [count, five, { count }.count]',
    });
    expect(counter!['count']).toBe(1);
    expect([reader!['before'], reader!['after']]).toEqual([0, [1, 5, 1]]);
  });

  it('hoists functions for cycles, and keeps the dead zone of the rest', async () => {
    const { even } = await evaluate({
      even: 'import odd from "odd"; export const ready = true; export function even(n) { return n === 0 || odd(n - 1) } export const four = even(4)',
      odd: 'import { even, ready } from "even"; export default function (n) { return n !== 0 && even(n - 1) } export const probe = () => ready',
    });
    expect(even!['four']).toBe(true);
    await expect(
      evaluate({ a: 'import { late } from "b"; export const seen = late', b: 'export let late = 1' }),
    ).rejects.toThrow(ReferenceError);
  });

  it('names what a default export is', async () => {
    const names = await evaluate({
      a: 'export default () => 1',
      b: 'export default function () {}',
      c: 'export default class {}',
      d: 'export default function named() {}',
      e: 'export default class Named { static make() { return Named } }',
      f: 'export default async function* () {}',
      g: 'export default function /* ( */ <T extends (a: 1) => 2>(x?: T) {}',
    });
    expect(Object.values(names).map((module) => (module['default'] as { name: string }).name)).toEqual([
      'default',
      'default',
      'default',
      'named',
      'Named',
      'default',
      'default',
    ]);
  });

  it('passes on what other modules export', async () => {
    const { all } = await evaluate({
      part: 'export const a = 1; export default 2',
      all: 'export * from "part"; export * as part from "part"; export { default as two, a as "with space" } from "part"',
    });
    expect([all!['a'], all!['two'], all!['with space'], Object.keys(all!).sort()]).toEqual([
      1,
      2,
      1,
      ['a', 'part', 'two', 'with space'],
    ]);
  });

  it('awaits at its top level, imports on demand and knows its address', async () => {
    const { main } = await evaluate({
      lib: 'export const x = 1',
      main: 'const lib = await import("lib"); export const x = (await Promise.resolve(lib)).x; export const url = import.meta.url; export const self = this',
    });
    expect([main!['x'], main!['url'], main!['self']]).toEqual([1, 'main', undefined]);
  });

  it('leaves local names alone that shadow an import', async () => {
    const { main } = await evaluate({
      lib: 'export const value = "imported"; export const call = function () { return this }',
      main: 'import { value, call } from "lib"; const shadow = (value) => value; export const seen = [value, shadow("local"), call(), (() => { const value = 1; return value })()]',
    });
    expect(main!['seen']).toEqual(['imported', 'local', undefined, 1]);
  });

  it('exports namespaces, aliases and classes with decorators', async () => {
    const source = `const d = (C, { name }) => { C.tag = name; return class extends C { extra = 1 } };
      export namespace N { export const a = 1 } export namespace N { export const b = a + 1 } export namespace Types { export type T = 1 }
      export import Alias = N.b; @d export class A { self() { return A } } @d export default class {}`;
    const { lib } = await evaluate({ lib: source });
    const {
      A,
      N,
      Alias,
      default: anonymous,
    } = lib as {
      A: { new (): { self(): unknown }; tag: string };
      N: unknown;
      Alias: unknown;
      default: { tag: string };
    };
    expect([A.tag, new A().self() === A, N, Alias, anonymous.tag]).toEqual(['A', true, { a: 1, b: 2 }, 2, 'default']);
    expect(Object.keys(lib!)).not.toContain('Types');
  });
});
