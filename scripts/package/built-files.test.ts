import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrokenImports, findMapProblems, findMissingAddresses } from './built-files.mjs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'built-files-'));
  await mkdir(path.join(folder, 'chunks'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (file: string, text: string) => writeFile(path.join(folder, file), text);

describe('source maps of built scripts', () => {
  const code = 'const a = 1;\n//# sourceMappingURL=a.js.map';

  it.each([
    ['no map', 'const a = 1;', undefined, 'a.js names no source map'],
    ['a map that is not there', code, undefined, 'which does not exist'],
    ['a map without texts', code, { sources: ['a.ts'] }, 'does not contain the text of a.ts'],
    ['a map without one text', code, { sources: ['a.ts', 'b.ts'], sourcesContent: ['', null] }, 'the text of b.ts'],
  ])('refuses %s', async (_name, text, map, problem) => {
    await write('chunks/a.js', text);
    if (map) await write('chunks/a.js.map', JSON.stringify(map));
    expect(await findMapProblems(folder, 'chunks/a.js')).toEqual([expect.stringContaining(problem)]);
  });

  it('accepts a map with all texts', async () => {
    await write('chunks/a.js', code);
    await write('chunks/a.js.map', JSON.stringify({ sources: ['a.ts'], sourcesContent: ['let a'] }));
    expect(await findMapProblems(folder, 'chunks/a.js')).toEqual([]);
  });

  it.each([
    ['a.js', '// a comment\nimport { a } from "./b.js";\nimport "./c.js";\nexport { a };\n'],
    ['a.js', 'export{t as a}from"./b.js";'],
    ['chunks/ts.worker-CVbFdYz4.js', 'self.onmessage = () => {}'],
    ['chunks/rolldown-runtime-DK3Fl9T5.js', 'const a = 1'],
  ])('needs none for %s: %s', async (file, text) => {
    await write(file, text);
    expect(await findMapProblems(folder, file)).toEqual([]);
  });
});

describe('addresses in built scripts', () => {
  it('have to lead to files', async () => {
    await write('worker.js', '');
    await write('chunks/a.js', `new URL('../worker.js', import.meta.url); new URL("gone.js", import.meta.url)`);
    expect(await findMissingAddresses(folder, 'chunks/a.js')).toEqual([expect.stringContaining('gone.js')]);
  });
});

describe('imports in built scripts', () => {
  it('may not be rewritten by the bundler of a site', async () => {
    await write('a.js', 'const { a } = await import("./b.js").then((n) => n.t);');
    await write('b.js', 'const { a } = await import("./b.js"); import("./c.js").then((n) => n.t);');
    expect(await findBrokenImports(folder, 'a.js')).toHaveLength(1);
    expect(await findBrokenImports(folder, 'b.js')).toEqual([]);
  });
});
