import { describe, expect, it } from 'vitest';
import { compileCell } from '../cell.js';
import { CompileError } from '../compile-error.js';
import { compileModule } from '../module.js';
import type { CompileOptions, ModuleLinks } from '../types.js';
import type { JsxOptions } from './jsx-options.js';
import { cellValue } from './testing/recorded-elements.js';

const compile = (source: string, options: Partial<CompileOptions> = {}): ReturnType<typeof compileCell> =>
  compileCell(source, { kind: () => undefined }, { fileName: 'cell.ts', ...options });

const requestsOf = ({ links }: { readonly links: ModuleLinks }): string[] =>
  links.requests.map(({ specifier }) => specifier);

function failure(source: string, options?: Partial<CompileOptions>): CompileError {
  try {
    compile(source, options);
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error(`Expected a refusal of: ${source}`);
}

/** The place in a cell of the text that its output has where the engine would report an error. */
function placeOf(source: string, text: string): unknown {
  const { code, originalPosition } = compile(source);
  const before = code.slice(0, code.indexOf(text)).split('\n');
  return originalPosition({ line: before.length, column: before.at(-1)!.length + 1 });
}

describe('a cell with elements', () => {
  it.each([
    '<div/>',
    '<div>hello</div>',
    'const a = 1; const view = () => (<p className="x">{a}</p>)',
    '{ view: <b/> }',
    'a ? <b>1</b> : <i>2</i>',
    'const one = <T,>(x: T) => x; one<string>(<></>)',
    '/* <T>x */ <ul>{[1, 2].map((n) => <li key={n}>{n}</li>)}</ul>',
  ])('is known by what it contains: %s', (source) => {
    expect(requestsOf(compile(source))).toEqual(['react/jsx-runtime']);
  });

  it.each([
    'import a from "a"',
    'type X = Y',
    'let a: any',
    'interface X {}',
    'enum X { A }',
    'namespace X { export const a = 1 }',
    'declare const a: X',
    'const view = () => {}',
    'function view() {}',
  ])('may begin a statement with one after %s without a semicolon', (before) => {
    expect(compile(`${before}\n<a/>`).code).toMatch(/jsx\)\("a",\{\}\)/);
  });

  it.each(['<T>x', '<any>{ a: 1 }.a', 'const f = <T>(x: T) => <string>x', 'a < b > (c)', '`</b>`; <T>/>/', '(<T>x)'])(
    'is not seen in TypeScript without any: %s',
    (source) => {
      expect(requestsOf(compile(source))).toEqual([]);
    },
  );

  it('is known by its name, where a type assertion would read the same', () => {
    expect(() => compile('<div>hello')).not.toThrow();
    expect(failure('<div>hello', { elements: true }).message).toBe('The end of the JSX contents is missing.');
    expect(failure('const f = <T>x', { elements: true }).message).toBe('The end of the JSX contents is missing.');
    expect(requestsOf(compile('const f = <T extends {}>(x: T) => x', { elements: true }))).toEqual([]);
  });

  it('keeps lines, and the columns of names and expressions', () => {
    const source = '<Foo\n  a="x" b={nope1}\n  {...nope2}>\n  text &amp;\n  {nope3}<b>{\n nope4 }</b>\n</Foo>';
    expect(placeOf(source, '$c_k.late("Foo")')).toEqual({ line: 1, column: 2 });
    expect(placeOf(source, '$c_k.late("nope1")')).toEqual({ line: 2, column: 12 });
    expect(placeOf(source, '$c_k.late("nope2")')).toEqual({ line: 3, column: 7 });
    expect(placeOf(source, '$c_k.late("nope3")')).toEqual({ line: 5, column: 4 });
    expect(placeOf(source, '$c_k.late("nope4")')).toEqual({ line: 6, column: 2 });
    expect(compile(source).code.split('\n')).toHaveLength(source.split('\n').length + 2);
  });

  it('keeps the place of a key, which becomes an argument', () => {
    expect(placeOf('<i a={1}\n  key={nope}>x</i>', '$c_k.late("nope")')).toEqual({ line: 2, column: 8 });
  });

  it.each([
    ['const a = <div><b></div>', 'Expected corresponding JSX closing tag for <b>.', 1, 19],
    ['<ul><li>a</ul>', 'Expected corresponding JSX closing tag for <li>.', 1, 10],
    ['<a/><b/>', 'Adjacent JSX elements must be wrapped in an enclosing tag.', 1, 5],
    ['<a b={}/>', 'JSX attributes must only be assigned a non-empty expression.', 1, 6],
    ['<p>\n 1 > 2</p>', 'Unexpected token `>`. Did you mean `&gt;` or `{">"}`?', 2, 4],
    ['<a:b.c/>', "Unexpected token '.'", 1, 5],
    ['<div className="x">', 'Unexpected end of input', 1, 20],
    ['<T>x; if (', 'Unexpected end of input', 1, 11],
    ['<a>// x', 'Unexpected end of input', 1, 8],
    ['<T>x y', "Unexpected token 'y'. Put `;`, a line break or an operator before it.", 1, 6],
    ['let x: <T>() => T = 5 5', "Unexpected token '5'. Put `;`, a line break or an operator before it.", 1, 23],
  ])('refuses %j at its place', (source, message, line, column) => {
    const error = failure(source);
    expect([error.message, error.position]).toEqual([message, { line, column }]);
  });

  it('reads nested tags in time that does not double with each, also where some are not closed', () => {
    for (const source of ['<a>'.repeat(2_000), '<a>{'.repeat(300), '<a b={'.repeat(300), `${'<a>'.repeat(400)}</b>`])
      expect(failure(source, { elements: true })).toBeInstanceOf(CompileError);
    for (const [open, close] of [
      ['<a>', '</a>'],
      ['<a>(', ')</a>'],
      ['(<a>', '</a>)'],
      ['f(<a>{', '}</a>)'],
      ['<a b={(x) => (', ')}/>'],
      ['<T>(', ')'],
      ['(<T>', ')'],
    ] as const)
      expect(() => compile(`${open.repeat(25)}1${close.repeat(25)}`)).not.toThrow();
  });
});

describe('comments and options of JSX', () => {
  const element = (text: string): string => JSON.stringify(text).slice(1, -1);

  it.each<[string, JsxOptions | undefined, string[], string]>([
    ['', undefined, ['react/jsx-runtime'], '$c_m[0].bindings.jsx'],
    ['/** @jsxImportSource preact */', undefined, ['preact/jsx-runtime'], '$c_m[0].bindings.jsx'],
    ['// @jsxImportSource preact', { runtime: 'classic' }, ['preact/jsx-runtime'], '$c_m[0].bindings.jsx'],
    ['/* @jsxRuntime classic */', undefined, [], '.createElement('],
    ['/** @jsx h */', undefined, [], '$c_k.late("h")'],
    ['/** @jsx h, as Preact has it */', undefined, ['react/jsx-runtime'], '$c_m[0].bindings.jsx'],
    ['/**\n * @jsx Preact.h\n * @jsxFrag null\n */', undefined, [], '.h(null,null'],
    ['/** @jsxRuntime automatic @jsx h */', undefined, ['react/jsx-runtime'], '$c_m[0].bindings.jsx'],
    ['', { importSource: 'preact' }, ['preact/jsx-runtime'], '$c_m[0].bindings.jsx'],
    ['', { factory: 'h', fragment: 'Fragment' }, [], '($c_k.late("Fragment"))'],
    ['/** @jsxRuntime automatic */', { factory: 'h' }, ['react/jsx-runtime'], '$c_m[0].bindings.jsx'],
    ['const a = "@jsx h";', undefined, ['react/jsx-runtime'], '$c_m[0].bindings.jsx'],
  ])('%s with %o', (comment, jsx, imports, text) => {
    const cell = compile(`${comment}\n<></>`, { jsx });
    expect(requestsOf(cell)).toEqual(imports);
    expect(cell.code).toContain(element(text).replaceAll('\\"', '"'));
  });

  it('takes a factory from where the element stands', async () => {
    const source = '/** @jsx h */ ((h) => <b>{1}</b>)((...args: unknown[]) => args)';
    expect(await cellValue(source)).toBe('[["b",null,1],[]]');
  });

  it.each<[object, string]>([
    [{ factory: '1a' }, 'The option jsx.factory can\'t be "1a".'],
    [{ importsource: 'preact' }, 'The option jsx.importsource can\'t be "preact".'],
    [{ runtime: 'preserve' }, 'The option jsx.runtime can\'t be "preserve".'],
    [{ fragment: 5 }, "The option jsx.fragment can't be 5."],
  ])('refuses the options %o', (jsx, message) => {
    expect(() => compile('<b/>', { jsx: jsx as JsxOptions })).toThrow(message);
  });
});

describe('what elements become', () => {
  it.each([
    ['<a key="1" {...obj}/>', 'jsx'],
    ['<a {...obj} key="1"/>', 'createElement'],
    ['<a>{1}{2}</a>', 'jsxs'],
    ['<a>{...list}</a>', 'jsxs'],
    ['<a>{}</a>', 'jsx'],
  ])('%s is made by %s', async (source, maker) => {
    expect(await cellValue(source)).toContain(`["maker","${maker}"]`);
  });

  it.each([
    ['<a __proto__="p"/>', '[["__proto__","p"]]'],
    ['<a b="line\n  two"/>', '[["b","line\\n  two"]]'],
    ["<a b='\"\\n'/>", '[["b","\\"\\\\n"]]'],
    ['<a>&#x110000;&#1114111;&toString;&ThickSpace;</a>', JSON.stringify('&#x110000;\u{10ffff}&toString;&ThickSpace;')],
    ['<a>\u2028b\u2029c </a>', '"b c "'],
    ['<a>{"a", "b"}</a>', '"b"'],
  ])('%s has %s', async (source, text) => {
    expect(await cellValue(source)).toContain(text);
  });

  it('names functions of attributes as properties are named', async () => {
    expect(await cellValue('<a onClick={() => 1}/>')).toContain('function onClick');
  });

  it('imports nothing for a module without elements, and keeps what a module in JavaScript imports', () => {
    const options = { fileName: 'a.jsx', elements: true } as const;
    expect(requestsOf(compileModule('import "side"; export const a = 1', options))).toEqual(['side']);
    const compiled = compileModule('import React from "react"; export const a = <b/>', options);
    expect(requestsOf(compiled)).toEqual(['react/jsx-runtime', 'react']);
  });

  it('gives functions their own text, and what they need to be compiled again', () => {
    const source = '/** @jsx h */ const f = (k) => <a b={(x) => x} key={() => 2}>{() => 3}</a>';
    const { functionSources, functionOrigins } = compile(source);
    expect([...functionSources().values()]).toContain('(k) => <a b={(x) => x} key={() => 2}>{() => 3}</a>');
    const sources = [...functionOrigins().values()].map((origin) => origin.source);
    expect(sources).toContain('/*@jsx h*/(x) => x');
  });
});
