import path from 'node:path';
import { build } from 'esbuild';
import { root } from './blocks.mjs';
import { runnableText } from './modules.mjs';

/** @import { Module } from './modules.mjs' */

/** Entry points that a page without a bundler finds in the files for a CDN. */
const inCdnFile = /^codemode-playground(?:\/(?:sdk|context|snippet|pipeline|agents))?$/;
const style = /\.css$/;

/** The file for a CDN that has an entry point. @param {string} name @param {string} sdkAddress */
function fileOf(name, sdkAddress) {
  const own = /\/(?:pipeline|agents)$/.exec(name)?.[0];
  return own === undefined ? sdkAddress : sdkAddress.replace(/\/[^/]*$/, `${own}.js`);
}

/** Whether a page with the SDK can run a module as it stands, without other tools and without reasons against it. @param {Module} module */
export function canRun({ place, block, specifiers }) {
  const isOnPage =
    place === 'page' ? specifiers.every((name) => inCdnFile.test(name) || name === 'zod') : block.words.has('cell');
  return isOnPage && !block.words.has('html') && !block.words.has('no-run');
}

/**
 * Bundles the blocks of a page that can run to one script. It runs them in their order: code in the page itself, cells in the session
 * `guide` of the `codemode` that earlier blocks have made. It calls `documented(place, actual, expected)` for each value in the guide, and
 * `failed(place, error)` for a block that fails.
 *
 * @param {readonly Module[]} modules  Of one page.
 * @param {string} sdkAddress  Of `codemode-playground.js`.
 * @returns {Promise<string>}
 */
export async function bundlePage(modules, sdkAddress) {
  const runnable = modules.filter(canRun);
  const entry = runnable.map((module, index) => {
    const { name, place, block } = module;
    const where = JSON.stringify(`${block.page}:${block.line}`);
    const run = place === 'page' ? `await import('./${name}.js');` : cellRun(runnable.slice(0, index), module);
    return `try { ${run} } catch (error) { globalThis.failed(${where}, error); }`;
  });
  const result = await build({
    stdin: { contents: entry.join('\n'), resolveDir: root, sourcefile: 'entry.js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
    plugins: [
      {
        name: 'guide',
        setup(plugin) {
          plugin.onResolve({ filter: inCdnFile }, ({ path: name }) => ({
            path: fileOf(name, sdkAddress),
            external: true,
          }));
          plugin.onResolve({ filter: style }, ({ path: file }) => ({ path: file, namespace: 'nothing' }));
          plugin.onResolve({ filter: /given\/page\.js$/ }, () => ({
            path: path.join(root, 'scripts/documentation/given/page.ts'),
          }));
          plugin.onResolve({ filter: /^\.\/.*\.js$/ }, ({ path: file }) =>
            modules.some(({ name }) => file === `./${name}.js`) ? { path: file, namespace: 'guide' } : undefined,
          );
          plugin.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: '' }));
          plugin.onLoad({ filter: /.*/, namespace: 'guide' }, ({ path: file }) => {
            const module = modules.find(({ name }) => file === `./${name}.js`);
            return (
              module && {
                contents: runnableText(module),
                loader: /** @type {'ts'} */ (module.extension),
                resolveDir: root,
              }
            );
          });
        },
      },
    ],
  });
  return result.outputFiles[0]?.text ?? '';
}

/**
 * @param {readonly Module[]} before
 * @param {Module} cell
 */
function cellRun(before, { block, checks }) {
  const owner = before.findLast(({ place, declared }) => place === 'page' && declared.includes('codemode'));
  const source = owner === undefined ? './given/page.js' : `./${owner.name}.js`;
  const [check] = checks.slice(-1);
  const where = JSON.stringify(`${block.page}:${check?.line ?? block.line}`);
  return [
    `const { codemode } = await import('${source}');`,
    `const result = await codemode.session('guide').execute(${JSON.stringify(block.text)}, { context: { client_id: 'acme', locale: 'en' } });`,
    `if (!result.ok) throw result.error;`,
    check === undefined ? '' : `globalThis.documented(${where}, result.value, (${check.expected}));`,
  ].join(' ');
}
