import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildRunner, inlineScript, insertWorker } from '../../scripts/build/runner.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const template = new URL('../../workers/runner.html', import.meta.url);

/**
 * The files of the page that measures, by path: itself, its script, the frame of sessions, the frame that echoes, and one that
 * echoes with the kernel as a function that is never called.
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
  const frame = inlineScript(await readFile(template, 'utf8'), runner.runner.code);
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
    ['/bare.html', { ...html, body: insertWorker(frame, `${echo.worker.code};()=>{${runner.worker.code}\n}`) }],
  ]);
}
