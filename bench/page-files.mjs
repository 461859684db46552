import { build } from 'esbuild';

/** @typedef {{ type: string, body: string }} File  What a server answers with. */

/** @param {string} body @returns {File} */
export const htmlFile = (body) => ({ type: 'text/html; charset=utf-8', body });

/**
 * A page and its script, by path.
 *
 * @param {string} entry  Absolute path of the script's source.
 * @param {string} [style]
 * @returns {Promise<[path: string, file: File][]>}
 */
export async function pageFiles(entry, style = '') {
  const {
    outputFiles: [script],
  } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    target: 'es2022',
    minify: true,
    // TypeScript's decorators of the sources, as the build of the product has them.
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
  });
  const page = `<!doctype html><title>Bench</title><link rel="icon" href="data:,"><style>${style}</style><body><script type="module" src="/page.js"></script>`;
  return [
    ['/', htmlFile(page)],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: script?.text ?? '' }],
  ];
}
