import { describe, expect, it } from 'vitest';
import { CompileError } from '../compiler/compile-error.js';
import { activationsModule, instrumentModule, type SourceLanguage } from './instrument-module.js';

const codeOf = (source: string, language?: SourceLanguage): string | undefined =>
  instrumentModule(source, '/x.js', language)?.code;

describe('instrumentModule', () => {
  it.each([
    ['nothing that suspends', 'export const a = 1;'],
    ['an async function that does nothing', 'export async function f() { }'],
    ['an await at the top level, which comes back to the empty context', 'export const a = await load();'],
    ['words alone', 'export const text = "await"; // async yield'],
  ])('leaves %s as it is', (_name, source) => {
    expect(instrumentModule(source, '/x.js')).toBeUndefined();
  });

  it('imports what it uses, and moves no line', () => {
    const source = "import a from 'a';\nexport async function f() {\n  await a;\n}\n";
    const code = codeOf(source)!;
    expect(code).toContain(
      `import{enter as $c_enter,exit as $c_exit,resume as $c_resume,suspend as $c_suspend,rejected as $c_rejected}from'${activationsModule}';import a from 'a';\n`,
    );
    expect(code.split('\n')).toHaveLength(source.split('\n').length);
    expect(code.split('\n')[2]).toBe('  await $c_suspend($c_f, a),$c_resume($c_f);');
  });

  it('leaves directives and a #! line first', () => {
    expect(codeOf('"use client"\nexport const f = async () => { await 1 };')).toMatch(/^"use client";import\{/);
    expect(codeOf('#!/usr/bin/env node\nexport const f = async () => { await 1 };')).toMatch(
      /^#!\/usr\/bin\/env node\nimport\{/,
    );
  });

  it('keeps CommonJS what it is, sloppy code too', () => {
    expect(codeOf('exports.f = async () => { await 1 };')).toMatch(
      new RegExp(`^const\\{enter:\\$c_enter,.*\\}=require\\('${activationsModule}'\\);exports`),
    );
    expect(codeOf('with (module) { exports.f = async () => { await 1 } }')).toMatch(/^const\{/);
    expect(codeOf('export const f = async (require) => { await require };')).toMatch(/^import\{/);
  });

  it('leaves types and elements for the bundler', () => {
    const source =
      'export const View = async <T,>(value: Promise<T>): Promise<T> => <p title="x">it will await {await value as T}</p>;';
    expect(codeOf(source, 'tsx')).toContain(
      '$c_returned( <p title="x">it will await {($c_r=await $c_suspend($c_f, value),$c_resume($c_f),$c_r) as T}</p>)',
    );
    expect(() => codeOf(source, 'ts')).toThrow(CompileError);
    expect(codeOf('export const f = async (a: number) => <number>await g<string>(a);', 'ts')).toContain(
      '<number>($c_r=await $c_suspend($c_f, g<string>(a)),$c_resume($c_f),$c_r)',
    );
  });

  it('takes names that the module has not', () => {
    expect(codeOf('const $c_enter = 1; export async function f() { await $c_enter; }')).toContain('enter as $c1_enter');
  });

  it('throws where the source can’t be read', () => {
    expect(() => codeOf('async function f( { await 1 }')).toThrow(CompileError);
  });

  it('maps back to the source', () => {
    const { map } = instrumentModule('export async function f() {\n  await g();\n}', '/x.js')!;
    expect(map.sources).toEqual(['/x.js']);
    expect(map.mappings.split(';')).toHaveLength(3);
  });
});
