import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRunner } from '../../scripts/build/runner.mjs';
import { htmlFile, pageFiles } from '../page-files.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
/** The font is that of the bare text beside them: a page's own playground defines it. */
const style =
  'html { --_mono: ui-monospace, monospace } codemode-console, codemode-namespace-panel { position: absolute; inset: 0 50% 0 0 } codemode-namespace-panel { inset: 0 0 0 50% }';

/**
 * The files of the page that shows what sessions send, by path.
 *
 * @returns {Promise<ReadonlyMap<string, import('../page-files.mjs').File>>}
 */
export async function buildPage() {
  const [page, runner] = await Promise.all([pageFiles(path.join(folder, 'page/index.ts'), style), buildRunner()]);
  return new Map([...page, ['/runner.html', htmlFile(runner.html)]]);
}
