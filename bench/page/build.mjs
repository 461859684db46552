import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildRunner } from '../../scripts/build/runner.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * The files of the page that shows what sessions send, by path.
 *
 * @returns {Promise<ReadonlyMap<string, { type: string, body: string }>>}
 */
export async function buildPage() {
  const html = { type: 'text/html; charset=utf-8' };
  const [
    {
      outputFiles: [script],
    },
    runner,
  ] = await Promise.all([
    build({
      entryPoints: [path.join(folder, 'page/index.ts')],
      bundle: true,
      write: false,
      outdir: 'out',
      format: 'esm',
      target: 'es2022',
      minify: true,
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    }),
    buildRunner(),
  ]);
  const style =
    'codemode-console, codemode-namespace-panel { position: absolute; inset: 0 50% 0 0 } codemode-namespace-panel { inset: 0 0 0 50% }';
  return new Map([
    [
      '/',
      {
        ...html,
        body: `<!doctype html><title>Bench</title><link rel="icon" href="data:,"><style>${style}</style><body><script type="module" src="/page.js"></script>`,
      },
    ],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: script?.text ?? '' }],
    ['/runner.html', { ...html, body: runner.html }],
  ]);
}
