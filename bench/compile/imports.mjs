import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildRunner } from '../../scripts/build/runner.mjs';
import { openHost } from '../control/host.mjs';
import { milliseconds, quantile } from '../control/statistics.mjs';
import { htmlFile, pageFiles } from '../page-files.mjs';

/** @import { Imports } from './page/index.js' */

const folder = fileURLToPath(new URL('.', import.meta.url));
const packages = ['lodash-es', 'three'];

/** A package as a CDN serves it: one module. `undefined` where it is not installed. @param {string} name */
async function bundled(name) {
  try {
    createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
  const { outputFiles } = await build({
    stdin: { contents: `export * from ${JSON.stringify(name)};`, resolveDir: folder },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    minify: true,
  });
  return outputFiles[0]?.text ?? '';
}

export const buildImportsPage = async () =>
  new Map([
    ...(await pageFiles(path.join(folder, 'page/index.ts'))),
    /** @type {const} */ (['/runner.html', htmlFile((await buildRunner()).html)]),
  ]);

/**
 * Prints the time to import each package by the browser, by a first session, by a further one and after a reload. Each round has
 * modules of its own, by their address.
 *
 * @param {object} out
 * @param {(name: string, value: string) => void} out.line
 * @param {(name: string, value: number, most: number) => void} out.atMost
 * @param {number} out.rounds
 */
export async function measureImports({ line, atMost, rounds }) {
  const files = await buildImportsPage();
  /** @type {string[]} */
  const found = [];
  for (const name of packages) {
    const body = await bundled(name);
    if (body === undefined) {
      line(name, 'not installed: npm i --no-save lodash-es three');
      continue;
    }
    found.push(name);
    for (let round = 0; round < rounds; round++)
      files.set(`/${name}-${round}.js`, { type: 'text/javascript', body: `${body}\n//${round}` });
  }
  const host = await openHost(files);
  try {
    for (const name of found) {
      /** @type {Imports[]} */
      const fresh = [];
      /** @type {Imports[]} */
      const reloaded = [];
      for (let round = 0; round < rounds; round++) {
        await host.withPage(async (page) => {
          const inPage = () => page.evaluate((url) => globalThis.bench.imports(url), `/${name}-${round}.js`);
          fresh.push(await inPage());
          await page.reload();
          await page.waitForFunction(() => 'bench' in globalThis);
          reloaded.push(await inPage());
        });
      }
      for (const { names } of [...fresh, ...reloaded])
        if (new Set(names).size > 1) throw new Error(`${name} has ${names.join(', ')} exports.`);
      const median = (/** @type {readonly number[]} */ times) => quantile(times, 0.5);
      const native = median(fresh.map((one) => one.native));
      line(name, `${milliseconds(native)} by the browser`);
      line('    in a first session', milliseconds(median(fresh.map(({ first }) => first))));
      atMost('in a further session', median(fresh.map(({ second }) => second)) / native, 0.5);
      atMost('after a reload', median(reloaded.map(({ first }) => first)) / native, 0.5);
    }
  } finally {
    await host.close();
  }
}
