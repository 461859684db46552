import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Checks of single built scripts. Each gives its findings as sentences. */

/** Monaco's own workers, helpers of the bundler, and what runs as text in a sandbox, where no debugger finds a map. */
const scriptsOfOthers = /(?:^|\/)(?:(?:[\w.]+\.worker|rolldown-runtime|decorate)-[\w-]{8}|runner-dom|output-vega)\.js$/;

const onlyPassesOn = (/** @type {string} */ code) =>
  code
    .replaceAll(/^\/\/.*$/gm, '')
    .replaceAll(/(?:import\s*|(?:import|export)\s*\{[^}]*\}(?:\s*from\s*)?)(?:["'`][^"'`]+["'`])?;/g, '')
    .trim() === '';

/**
 * A debugger can show the sources of a script only when its map holds their text, because the package has no `src/`.
 *
 * @param {string} folder
 * @param {string} file  A script, relative to the folder.
 * @returns {Promise<string[]>}
 */
export async function findMapProblems(folder, file) {
  const code = await readFile(path.join(folder, file), 'utf8');
  if (scriptsOfOthers.test(file) || onlyPassesOn(code)) return [];
  const map = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(code)?.[1];
  if (map === undefined) return [`${file} names no source map.`];
  const text = await readFile(path.join(folder, path.dirname(file), map), 'utf8').catch(() => undefined);
  if (text === undefined) return [`${file} names the source map ${map}, which does not exist.`];
  /** @type {{ sources: string[], sourcesContent?: (string | null)[] }} */
  const { sources, sourcesContent } = JSON.parse(text);
  return sources
    .filter((_source, at) => sourcesContent?.[at] == null)
    .map((source) => `${map} does not contain the text of ${source}.`);
}

/**
 * Bundlers of sites copy the files that a script names with `new URL(…, import.meta.url)`.
 *
 * @param {string} folder
 * @param {string} file  A script, relative to the folder.
 */
export async function findMissingAddresses(folder, file) {
  const code = await readFile(path.join(folder, file), 'utf8');
  return [...code.matchAll(/new URL\(\s*["'`]([^"'`$]+\.js)["'`]\s*,\s*import\.meta\.url/g)]
    .map(([, address = '']) => address)
    .filter((address) => !existsSync(path.join(folder, path.dirname(file), address)))
    .map((address) => `${file} names ${address}, which does not exist.`);
}

/**
 * Vite 5 and 6 break `const { … } = await import(…).then(…)` when they build a site: they move only a part of it into a function.
 *
 * @param {string} folder
 * @param {string} file  A script, relative to the folder.
 */
export async function findBrokenImports(folder, file) {
  const code = await readFile(path.join(folder, file), 'utf8');
  return [...code.matchAll(/\{[^{}.=]+\}\s*=\s*await\s+import\([^)]+\)\.then/g)].map(
    ([text]) => `${file} has "${text}", which sites that Vite 5 or 6 builds cannot load.`,
  );
}
