import { build } from 'esbuild';

/**
 * The bundle of a site that imports something from the package. It shows a wrong `sideEffects` in package.json: the bundle is too
 * large, or elements are not registered.
 *
 * @typedef {object} Import
 * @property {string} code
 * @property {number} [atMost]  Bytes of the bundle, minified, without dynamic imports.
 * @property {string} [contains]
 */

/** @type {readonly Import[]} */
export const imports = [
  { code: `import { Codemode } from 'codemode-playground/sdk'`, atMost: 0 },
  { code: `import 'codemode-playground/context'`, atMost: 0 },
  { code: `import { definePipeline } from 'codemode-playground/pipeline'`, atMost: 0 },
  { code: `import { createAgentRuntime } from 'codemode-playground/agents'`, atMost: 0 },
  { code: `import { CodemodeSnippet } from 'codemode-playground/react'`, atMost: 0 },
  { code: `export { defineTool } from 'codemode-playground/sdk'`, atMost: 10_000, contains: 'defineTool' },
  { code: `export { SessionLimitError } from 'codemode-playground/sdk'`, atMost: 5_000 },
  { code: `export { parseTraceparent } from 'codemode-playground/context'`, atMost: 1_000 },
  { code: `import 'codemode-playground'`, contains: 'codemode-playground' },
  { code: `import { setLocale } from 'codemode-playground'; setLocale('de')`, contains: 'codemode-tab-bar' },
  { code: `import 'codemode-playground/snippet'`, contains: 'codemode-run-all' },
  { code: `import 'codemode-playground/context/activations'`, contains: 'setTimeout' },
];

/**
 * @param {string} folder  Of the package, or of a site that has installed it.
 * @param {Import} wanted
 * @returns {Promise<string[]>}
 */
export async function findBundleProblems(folder, { code, atMost = Infinity, contains = '' }) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    write: false,
    outdir: 'out',
    logLevel: 'error',
    external: ['monaco-editor', '@codemirror/*', 'react', '@lit/react'],
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [path.replace(/^.*[/\\]/, ''), text]));
  const eager = new Set(['stdin.js']);
  for (const name of eager)
    for (const [, imported = ''] of (texts.get(name) ?? '').matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
      eager.add(imported);
  const text = [...eager]
    .map((name) => texts.get(name) ?? '')
    .join('')
    .trim();
  return [
    ...(text.length > atMost ? [`${code} brings ${text.length} bytes instead of at most ${atMost}.`] : []),
    ...(text.includes(contains) ? [] : [`${code} does not bring "${contains}".`]),
  ];
}
