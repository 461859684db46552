import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildRunner } from '../../scripts/build/runner.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * The files of the page that measures, by path: itself, its script, the frame of sessions and the frame that echoes.
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
    echo,
  ] = await Promise.all([
    build({
      entryPoints: [path.join(folder, 'page/index.ts')],
      bundle: true,
      write: false,
      outdir: 'out',
      format: 'esm',
      target: 'es2022',
      minify: true,
      // TypeScript's decorators of the sources, as the build of the product has them.
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    }),
    buildRunner(),
    buildRunner(path.join(folder, 'page/echo.worker.ts')),
  ]);
  return new Map([
    [
      '/',
      {
        ...html,
        body: '<!doctype html><title>Bench</title><link rel="icon" href="data:,"><body><script type="module" src="/page.js"></script>',
      },
    ],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: script?.text ?? '' }],
    ['/runner.html', { ...html, body: runner.html }],
    ['/echo.html', { ...html, body: echo.html }],
  ]);
}
