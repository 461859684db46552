import { expect, it } from 'vitest';
import { compiledText, compileSource, readCompiled } from './module-text.js';
import { PlayedModules } from './testing/played-modules.js';

const context = { runId: 'r', correlationId: 'r', variables: {}, metadata: {} };
const module = {
  url: 'https://page.example/a.tsx',
  source: `/** @jsx h */
const base = '⌂';
export const f = (n: number) => { for (;;) if (n > 0) return () => n + base; };
export class Point { x = 1; set(n: number) { this.x = f(n) as never; return this; } }
export const twice = [(n: string) => n as any, (n: number) => n];
const h = (...all: any[]) => all;
export const Badge = () => <b>{f(1)}</b>;
export { x } from "./b.js"`,
};

it('is the same module after the way through the page', () => {
  const whole = compileSource({ ...module, jsx: undefined });
  const compiled: string[] = [];
  const { sourceOf, ...read } = readCompiled(compiledText({ context, ...module }), (source) => {
    compiled.push(source);
    return whole;
  });
  expect([read.code, read.links, read.suspends]).toEqual([whole.code, whole.links, whole.suspends]);
  for (const [text, source] of read.functionSources()) expect(source).toBe(whole.functionSources().get(text) ?? text);
  expect([...read.functionOrigins()]).toEqual([...whole.functionOrigins()]);
  expect(sourceOf()).toBe(module.source);
  expect(compiled).toEqual([]);
  const place = { line: 3, column: 30 };
  expect(read.originalPosition(place)).toEqual(whole.originalPosition(place));
  expect(compiled).toEqual([module.source]);
});

it('is used in place of the source', async () => {
  const compiled = compiledText({
    context,
    url: 'https://page.example/a.js',
    source: 'export const from = "the page"',
  });
  const modules = new PlayedModules({ 'a.js': { source: 'export const from = "the source"', compiled } });
  expect(await modules.import('a.js')).toHaveProperty('from', 'the page');
});
