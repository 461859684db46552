import { expect, it } from 'vitest';
import { compiledText, compileSource, readCompiled } from './module-text.js';
import { PlayedModules } from './testing/played-modules.js';

const context = { runId: 'r', correlationId: 'r', variables: {}, metadata: {} };
const module = {
  url: 'https://page.example/a.ts',
  source: 'export const f = (n: number) => n + 1;\nexport { x } from "./b.js"',
};

it('is the same module after the way through the page', () => {
  const whole = compileSource({ ...module, jsx: undefined });
  let compiles = 0;
  const read = readCompiled(compiledText({ context, ...module }), () => {
    compiles += 1;
    return whole;
  });
  expect([read.code, read.links, read.suspends]).toEqual([whole.code, whole.links, whole.suspends]);
  expect(compiles).toBe(0);
  expect([...read.functionSources().values()]).toEqual([...whole.functionSources().values()]);
  expect([...read.functionOrigins().keys()]).toEqual([...whole.functionOrigins().keys()]);
  expect(compiles).toBe(1);
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
