import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { openHost } from '../bench/control/host.mjs';
import { htmlFile, pageFiles } from '../bench/page-files.mjs';
import { buildRunner } from './build/runner.mjs';
import { observe } from './compare-imports/observe.js';

/*
 * Imports packages in a session and by the browser itself, and prints where code would see a difference: names and texts of exports, and
 * what they give for a few arguments. What differs between two runs of the browser is left out. `--from folder` has the packages in its
 * `node_modules`, and `--only name` chooses.
 */

const { values: options } = parseArgs({
  options: {
    from: { type: 'string', default: process.cwd() },
    only: { type: 'string', multiple: true, default: [] },
  },
});

/** @param {string} folder */
async function packagesIn(folder) {
  const names = await readdir(folder);
  const scoped = names.filter((name) => name.startsWith('@'));
  const inScopes = await Promise.all(
    scoped.map(async (scope) => (await readdir(path.join(folder, scope))).map((name) => `${scope}/${name}`)),
  );
  return [...names.filter((name) => !/^[.@]/.test(name)), ...inScopes.flat()];
}

/** A package as one module; `undefined` if it is not made for browsers. @param {string} name */
async function bundled(name) {
  try {
    const { outputFiles } = await build({
      stdin: { contents: `export * from ${JSON.stringify(name)};`, resolveDir: path.resolve(options.from) },
      bundle: true,
      write: false,
      format: 'esm',
      logLevel: 'silent',
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    return outputFiles[0]?.text;
  } catch {
    return undefined;
  }
}

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = new Map([
  ...(await pageFiles(path.join(folder, 'compare-imports/page.ts'))),
  /** @type {const} */ (['/runner.html', htmlFile((await buildRunner()).html)]),
]);
const script = (/** @type {string} */ body) => ({ type: 'text/javascript; charset=utf-8', body });
files.set(
  '/native.js',
  script(
    `const observe = ${observe};\nonmessage = async ({ data }) => postMessage(await import(data).then(observe, String));`,
  ),
);
const names = options.only.length > 0 ? options.only : await packagesIn(path.join(options.from, 'node_modules'));
const host = await openHost(files, 'importHere');
let compared = 0;
let different = 0;
try {
  for (const name of names) {
    const body = await bundled(name);
    if (body === undefined || !/\bexport\b/.test(body)) continue;
    const url = `/${name}.js`;
    files.set(url, script(body));
    await host.withPage(async (page) => {
      const natively = () => page.evaluate((address) => globalThis.importNatively(address), url);
      const [first, again] = [await natively(), await natively()];
      // A string is the error of the import.
      if (typeof first === 'string' || first.length < 2) return;
      const here = await page.evaluate(
        ([address, code]) => globalThis.importHere(address ?? '', code ?? ''),
        [url, `${observe}`],
      );
      compared += 1;
      const lines = first.filter((line, index) => line === again[index]);
      const own = new Set(here);
      const missing = lines.filter((line) => !own.has(line));
      console.log(`${name}: ${lines.length} lines, ${missing.length} differ`);
      if (missing.length === 0) return;
      different += 1;
      for (const line of missing.slice(0, 5)) {
        const subject = line.slice(0, line.search(/ (?:is|gives) /));
        const other = here.find((one) => one.startsWith(subject)) ?? here[0] ?? '';
        const at = [...line].findIndex((character, index) => character !== other[index]);
        const part = (/** @type {string} */ text) => text.slice(Math.max(0, at - 60), at + 120).replaceAll('\n', '↵');
        console.log(`    ${subject}\n      browser …${part(line)}\n      session …${part(other)}`);
      }
    });
  }
} finally {
  await host.close();
}
console.log(`\n${compared} packages compared, ${different} with differences`);
