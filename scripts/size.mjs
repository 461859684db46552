import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, parseSync } from 'vite';
import { moduleLengths, recordOf } from './build/module-record.mjs';
import { buildRunner } from './build/runner.mjs';

/**
 * What each part of the product weighs, gzipped at level 9, against its budget in `size-budgets.json` (KB of 1,000 bytes):
 * the worker's script; `runner.html`, which holds it; the shell (all that loading `dist/cdn/codemode-playground.js` loads, so the
 * elements without Monaco); and the entry point `./context` minified.
 *
 * @typedef {{ bytes: number, modules: Record<string, number> }} Part
 */

const root = fileURLToPath(new URL('../', import.meta.url));
const gzipped = (/** @type {string} */ text) => gzipSync(text, { level: 9 }).length;

/** The chunks that a module's static imports lead to, itself among them. */
async function eagerChunks(/** @type {string} */ entry) {
  const folder = path.join(root, 'dist/cdn');
  /** @type {Map<string, string>} */
  const chunks = new Map();
  const queue = [entry];
  for (const name of queue) {
    if (chunks.has(name)) continue;
    const code = await readFile(path.join(folder, name), 'utf8');
    chunks.set(name, code);
    const { module } = parseSync(name, code);
    const reexports = module.staticExports.flatMap(({ entries }) => entries.flatMap((found) => found.moduleRequest ?? []));
    for (const { value } of [...module.staticImports.map((found) => found.moduleRequest), ...reexports]) {
      queue.push(path.posix.normalize(value));
    }
  }
  return chunks;
}

/** @returns {Promise<Part>} */
async function measureShell() {
  const chunks = await eagerChunks('codemode-playground.js');
  /** @type {Record<string, Record<string, number>>} */
  const record = JSON.parse(await readFile(recordOf('cdn'), 'utf8'));
  const bytes = [...chunks.values()].reduce((sum, code) => sum + gzipped(code), 0);
  return { bytes, modules: Object.assign({}, ...[...chunks.keys()].map((name) => record[name])) };
}

/** @returns {Promise<Part>} */
async function measureContext() {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: path.join(root, 'src/context/index.ts'), preserveEntrySignatures: 'strict' },
    },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error('Bundling src/context gave no output.');
  const [chunk] = output.output;
  return { bytes: gzipped(chunk.code), modules: moduleLengths(chunk.modules) };
}

/** The folder or the dependency that a module is counted for. */
function groupOf(/** @type {string} */ module) {
  const dependency = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1];
  if (dependency) return dependency;
  return /^((?:src|workers)\/[^/]+)\/[^/]+/.exec(module)?.[1] ?? module;
}

/** What a part consists of, heaviest first: shares of the text before it was minified. */
function breakdown(/** @type {Record<string, number>} */ modules) {
  /** @type {Map<string, number>} */
  const groups = new Map();
  for (const [module, length] of Object.entries(modules)) {
    groups.set(groupOf(module), (groups.get(groupOf(module)) ?? 0) + length);
  }
  const total = [...groups.values()].reduce((sum, length) => sum + length, 0);
  return [...groups].sort(([, a], [, b]) => b - a).filter(([, length]) => length / total >= 0.01)
    .map(([group, length]) => `    ${(100 * length / total).toFixed(0).padStart(3)} %  ${group}`);
}

/** @type {Record<string, number>} */
const budgets = JSON.parse(await readFile(path.join(root, 'size-budgets.json'), 'utf8'));
const { worker, html } = await buildRunner();

/** @type {Record<string, Part>} */
const parts = {
  worker: { bytes: gzipped(worker.code), modules: moduleLengths(worker.rendered) },
  runner: { bytes: gzipped(html), modules: {} },
  shell: await measureShell(),
  context: await measureContext(),
};

console.log('part         gzipped     budget');
for (const [name, { bytes, modules }] of Object.entries(parts)) {
  const budget = budgets[name];
  if (budget === undefined) throw new Error(`size-budgets.json has no budget for ${name}.`);
  const over = bytes > budget * 1000;
  console.log(`${name.padEnd(9)} ${(bytes / 1000).toFixed(2).padStart(7)} KB ${String(budget).padStart(7)} KB${over ? '  OVER BUDGET' : ''}`);
  for (const line of breakdown(modules)) console.log(line);
  if (over) process.exitCode = 1;
}
