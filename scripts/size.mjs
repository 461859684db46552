import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { compactStylesPlugin } from './build/compact-styles-plugin.mjs';
import { inlineConstants } from './build/inline-constants.mjs';
import { buildOutputPage, buildPlotScript } from './build/output-page.mjs';
import { plainDynamicImports } from './build/plain-imports-plugin.mjs';
import { buildRunner } from './build/runner.mjs';

/**
 * Compares the size of each part of the product, minified and gzipped at level 9, with its budget in `size-budgets.json` (KB of
 * 1,000 bytes). The first load counts: static imports with all dependencies, and no dynamic imports.
 *
 * - worker: the script of a session's worker
 * - runner: `runner.html`, with the worker
 * - dom: the part of the worker that components need
 * - frame: `output.html`, with the script of components
 * - vega: `output-vega.js`, which the first plot loads
 * - shell: the elements, without Monaco
 * - cdn: the file for a CDN, with the elements and the whole SDK
 * - context: the entry point `./context`
 * - output: what a page loads when the first rich output is shown, with Lit
 * - timeline: what a page loads for `<codemode-timeline>`, with Lit
 * - markdown: what it loads for the first Markdown
 * - variables, tools, history, pending: what a page loads for a panel when it is first shown, with Lit
 * - pipeline: the entry point `./pipeline`
 * - agents: the entry point `./agents`
 * - activations: the entry point `./context/activations`, an import of instrumented code, with all of `AsyncContext`
 *
 * @typedef {{ bytes: number, modules: Record<string, { renderedLength: number }> }} Part
 */

const root = fileURLToPath(new URL('../', import.meta.url));
const gzipped = (/** @type {string} */ text) => gzipSync(text, { level: 9 }).length;

/** @param {string} entry @returns {Promise<Part>} */
async function measure(entry) {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [plainDynamicImports(), compactStylesPlugin()],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: path.join(root, entry),
        optimization: inlineConstants,
        preserveEntrySignatures: 'strict',
        external: /^monaco-editor/,
      },
    },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error(`Bundling ${entry} gave no output.`);
  const chunks = output.output.filter((file) => file.type === 'chunk');
  const first = chunks.find((chunk) => chunk.isEntry);
  const eager = new Set(first && [first]);
  for (const chunk of eager) {
    for (const name of chunk.imports) {
      const imported = chunks.find(({ fileName }) => fileName === name);
      if (imported) eager.add(imported);
    }
  }
  return {
    bytes: [...eager].reduce((sum, { code }) => sum + gzipped(code), 0),
    modules: Object.assign({}, ...[...eager].map(({ modules }) => modules)),
  };
}

/** The folder or the dependency that a module is counted for. */
function groupOf(/** @type {string} */ id) {
  const dependency = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
  if (dependency) return dependency;
  const module = path.relative(root, id);
  return /^((?:src|workers)\/[^/]+)\//.exec(module)?.[1] ?? module;
}

/** The modules of a part, the largest first: shares of the text before minification. */
function breakdown(/** @type {Part['modules']} */ modules) {
  /** @type {Map<string, number>} */
  const groups = new Map();
  for (const [id, { renderedLength }] of Object.entries(modules)) {
    groups.set(groupOf(id), (groups.get(groupOf(id)) ?? 0) + renderedLength);
  }
  const total = [...groups.values()].reduce((sum, length) => sum + length, 0);
  return [...groups]
    .sort(([, a], [, b]) => b - a)
    .filter(([, length]) => length / total >= 0.01)
    .map(([group, length]) => `    ${((100 * length) / total).toFixed(0).padStart(3)} %  ${group}`);
}

/** @type {Record<string, number>} */
const budgets = JSON.parse(await readFile(path.join(root, 'size-budgets.json'), 'utf8'));
const { worker, html, parts: workerParts } = await buildRunner();
const outputPage = await buildOutputPage();
const plotScript = await buildPlotScript();

/** @type {Record<string, Part>} */
const parts = {
  worker: { bytes: gzipped(worker.code), modules: worker.rendered },
  runner: { bytes: gzipped(html), modules: {} },
  dom: { bytes: gzipped(workerParts['dom']?.code ?? ''), modules: workerParts['dom']?.rendered ?? {} },
  frame: { bytes: gzipped(outputPage.html), modules: {} },
  vega: { bytes: gzipped(plotScript.code), modules: {} },
  shell: await measure('src/elements/index.ts'),
  cdn: await measure('src/cdn.ts'),
  context: await measure('src/context/index.ts'),
  output: await measure('src/elements/output/output.ts'),
  timeline: await measure('src/elements/timeline/index.ts'),
  markdown: await measure('src/elements/output/markdown.ts'),
  variables: await measure('src/elements/namespace-panel/namespace-panel.ts'),
  tools: await measure('src/elements/tools-panel/tools-panel.ts'),
  history: await measure('src/elements/history-panel/history-panel.ts'),
  pending: await measure('src/elements/pending-panel/pending-panel.ts'),
  pipeline: await measure('src/pipeline/index.ts'),
  agents: await measure('src/agents/index.ts'),
  activations: await measure('src/context/activations/installed-activations.ts'),
};

console.log('part         gzipped     budget');
for (const [name, { bytes, modules }] of Object.entries(parts)) {
  const budget = budgets[name];
  if (budget === undefined) throw new Error(`size-budgets.json has no budget for ${name}.`);
  const over = bytes > budget * 1000;
  const size = `${(bytes / 1000).toFixed(2).padStart(7)} KB ${String(budget).padStart(7)} KB`;
  console.log(`${name.padEnd(9)} ${size}${over ? '  OVER BUDGET' : ''}`);
  for (const line of breakdown(modules)) console.log(line);
  if (over) process.exitCode = 1;
}
