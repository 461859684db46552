import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildParts, integrityOf } from './worker-parts.mjs';
import { inlineConstants } from './inline-constants.mjs';
import { parserNames, withShortNames } from './parser-names.mjs';
import { withoutIdentifierTables } from './identifier-tables-plugin.mjs';
import { withoutJsxEntities } from './jsx-entities-plugin.mjs';
import { withShortMessages } from './parser-messages-plugin.mjs';
import { withParserOptions } from './parser-options-plugin.mjs';
import { withoutRegExpValidator } from './regexp-validator-plugin.mjs';
import { withoutUnusedMethods } from './unused-methods-plugin.mjs';

/**
 * The frame and its worker, each bundled to one classic script: a shared chunk would give user code a module instance in common
 * with the kernel, and a frame of opaque origin can start a worker only from source that it already holds.
 *
 * @typedef {{ code: string, modules: string[], rendered: Record<string, { renderedLength: number }> }} Script
 *   The bundled text, the absolute paths of its modules, and the length of each module in it.
 * @typedef {{ worker: Script, runner: Script, parts: Record<string, import('./worker-parts.mjs').Part>, html: string, modules: string[] }} Runner
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const workerEntry = path.join(root, 'workers/executor.worker.ts');
const runnerEntry = path.join(root, 'workers/runner.ts');
const template = path.join(root, 'workers/runner.html');

/**
 * @param {string} entry
 * @param {import('vite').PluginOption[]} plugins
 * @param {Record<string, string>} [define]  Texts of expressions that stand for names.
 * @returns {Promise<Script>}
 */
export async function bundleClassicScript(entry, plugins, define = {}) {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins,
    define,
    // Fields are defined there: assigning one would run a setter that code has put on `Object.prototype`.
    tsconfig: path.join(root, 'scripts/build/runner.tsconfig.json'),
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { optimization: inlineConstants },
      lib: { entry, formats: ['iife'], name: 'codemode', fileName: () => 'script.js' },
    },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error(`Bundling ${entry} gave no output.`);
  const [chunk, ...rest] = output.output;
  if (rest.length > 0) {
    throw new Error(
      `${entry} must become one file, but ${rest.map((file) => file.fileName).join(', ')} came with it: ` +
        'remove dynamic imports and assets from its graph.',
    );
  }
  const modules = Object.keys(chunk.modules)
    .map((id) => id.replace(/[\0?].*$/s, ''))
    .filter(path.isAbsolute);
  return { code: chunk.code.trim(), modules, rendered: chunk.modules };
}

/** Keeps a script from ending, or opening a comment in, the HTML element that it stands in. */
export const escapeForHtml = (/** @type {string} */ code) =>
  code.replaceAll(/<\/(script)/gi, String.raw`<\/$1`).replaceAll('<!--', String.raw`\x3C!--`);

/**
 * Puts the script and its hash (CSP level 3, section 2.3.1) into the frame's page.
 *
 * @param {string} html  Has one `<script>` element with an address and, in its policy, `__SCRIPT_HASH__`.
 * @param {string} code
 */
export function inlineScript(html, code) {
  const scripts = html.match(/<script\b[^>]*\ssrc=[^>]*>.*?<\/script>/gis) ?? [];
  if (scripts.length !== 1)
    throw new Error(`The runner's page needs one <script> element with an address, but has ${scripts.length}.`);
  if (!html.includes('__SCRIPT_HASH__')) throw new Error("The runner's page needs __SCRIPT_HASH__ in its policy.");
  const text = escapeForHtml(code);
  return html
    .replaceAll('__SCRIPT_HASH__', integrityOf(text))
    .replace(/** @type {string} */ (scripts[0]), () => `<script>${text}</script>`);
}

/**
 * Puts the source of the worker into the frame's page, as a block of data that the browser does not parse. The scripts before it
 * run while it still arrives.
 *
 * @param {string} html  Has `__WORKER_SOURCE__` once.
 * @param {string} worker
 */
export function insertWorker(html, worker) {
  // Named, or each frame of a stack would carry the address that the worker was started from.
  return insertData(html, '__WORKER_SOURCE__', `${worker}\n//# sourceURL=codemode-kernel.js`);
}

/**
 * Puts a text into a page, as JSON in a block of data.
 *
 * @param {string} html
 * @param {string} place  Stands in it once.
 * @param {string} text
 */
export function insertData(html, place, text) {
  const [before, after, ...more] = html.split(place);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`The page needs ${place} exactly once.`);
  return `${before}${JSON.stringify(text).replaceAll('<', String.raw`\u003c`)}${after}`;
}

/**
 * @param {string} entry  Absolute path of the worker that the frame holds.
 * @param {() => import('vite').Plugin} [collect]  Makes a plugin that is told of all modules.
 * @returns {Promise<Runner>}
 */
export async function buildRunner(entry = workerEntry, collect) {
  const parser = [
    withoutIdentifierTables(),
    withParserOptions(),
    withShortMessages(),
    withoutJsxEntities(),
    withoutRegExpValidator(),
    withoutUnusedMethods(),
  ];
  const parts = await buildParts(bundleClassicScript, collect);
  const integrity = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.integrity]));
  const define = { __PART_INTEGRITY__: JSON.stringify(integrity) };
  const bundled = await bundleClassicScript(entry, [...parser, collect?.()], define);
  const worker = { ...bundled, code: withShortNames(bundled.code, await parserNames()) };
  const runner = await bundleClassicScript(runnerEntry, [collect?.()]);
  const html = insertWorker(inlineScript(await readFile(template, 'utf8'), runner.code), worker.code);
  const modules = [worker, runner, ...Object.values(parts)].flatMap((script) => script.modules);
  return { worker, runner, parts, html, modules: [...new Set([template, ...modules])] };
}
