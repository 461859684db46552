/** @import { Plugin } from 'vite' */

const prefix = '\0codemode:worker:';

/**
 * Makes the package use the editor's workers in `dist/cdn/`, and bundles none a second time: the TypeScript worker has 7 MB. Build
 * `dist/cdn/` first. A site's bundler copies the workers like any other file that a URL names.
 *
 * @param {readonly string[]} files  Names in `dist/cdn/`.
 * @returns {Plugin[]}
 */
export function workersOfCdn(files) {
  return [
    {
      name: 'codemode:workers-of-cdn',
      enforce: 'pre',
      resolveId(source) {
        const name = /\/([\w.]+\.worker)\.js\?worker&url$/.exec(source)?.[1];
        return name === undefined ? undefined : `${prefix}${name}`;
      },
      load: (id) => (id.startsWith(prefix) ? 'export default "";' : undefined),
    },
    {
      // After Vite has looked for addresses of files: the workers are not beside the module yet.
      name: 'codemode:addresses-of-workers',
      enforce: 'post',
      transform(_code, id) {
        if (!id.startsWith(prefix)) return undefined;
        const name = id.slice(prefix.length);
        const file = files.find((each) => each.startsWith(`${name}-`) && each.endsWith('.js'));
        if (file === undefined) throw new Error(`dist/cdn/ has no file for the worker ${name}.`);
        return { code: `export default new URL('../cdn/${file}', import.meta.url).href;`, map: null };
      },
    },
  ];
}
