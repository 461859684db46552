import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRunner, inlineScript, insertWorker } from '../../scripts/build/runner.mjs';
import { htmlFile, pageFiles } from '../page-files.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const template = new URL('../../workers/runner.html', import.meta.url);

/**
 * The files of the page that measures, by path: itself, its script, the frame of sessions, the frame that echoes, and one that
 * echoes with the kernel as a function that is never called.
 *
 * @returns {Promise<ReadonlyMap<string, import('../page-files.mjs').File>>}
 */
export async function buildPage() {
  const [page, runner, echo] = await Promise.all([
    pageFiles(path.join(folder, 'page/index.ts')),
    buildRunner(),
    buildRunner(path.join(folder, 'page/echo.worker.ts')),
  ]);
  const frame = inlineScript(await readFile(template, 'utf8'), runner.runner.code);
  return new Map([
    ...page,
    ['/runner.html', htmlFile(runner.html)],
    ['/echo.html', htmlFile(echo.html)],
    ['/bare.html', htmlFile(insertWorker(frame, `${echo.worker.code};()=>{${runner.worker.code}\n}`))],
  ]);
}
