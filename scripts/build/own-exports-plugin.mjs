/** @import { Plugin } from 'vite' */

const loop = 'for (var name in all)';

/**
 * Lets the bundler's runtime read the own keys of a module's exports. Its `for in` also finds what the host page put on
 * `Object.prototype`, and throws there: the elements would not load.
 *
 * @returns {Plugin}
 */
export function ownExports() {
  return {
    name: 'codemode:own-exports',
    renderChunk(code) {
      if (!code.includes('__exportAll = ')) return undefined;
      if (!code.includes(loop)) throw new Error(`The bundler's runtime has no "${loop}" any more: see ownExports.`);
      return { code: code.replace(loop, 'for (var name of Object.keys(all))'), map: null };
    },
  };
}
