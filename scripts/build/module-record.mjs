import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { Plugin } from 'vite' */

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where a build's record lies: by chunk, the characters that each module put into it before it was minified. */
export const recordOf = (/** @type {string} */ name) => path.join(root, '.cache', `modules-${name}.json`);

/**
 * @param {Record<string, { renderedLength: number }>} modules
 * @returns {Record<string, number>}
 */
export const moduleLengths = (modules) => Object.fromEntries(Object.entries(modules)
  .map(([id, { renderedLength }]) => [path.relative(root, id.replace(/^\0/, '')), renderedLength]));

/**
 * Remembers what a build's chunks are made of, for the report of sizes.
 *
 * @param {string} name
 * @returns {Plugin}
 */
export function recordModules(name) {
  return {
    name: 'codemode:record-modules',
    async writeBundle(_options, bundle) {
      const record = Object.fromEntries(Object.values(bundle)
        .flatMap((file) => file.type === 'chunk' ? [[file.fileName, moduleLengths(file.modules)]] : []));
      await mkdir(path.dirname(recordOf(name)), { recursive: true });
      await writeFile(recordOf(name), JSON.stringify(record));
    },
  };
}
