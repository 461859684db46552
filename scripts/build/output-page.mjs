import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleClassicScript, escapeForHtml, insertData } from './runner.mjs';

/**
 * The page that stands around the HTML of an output. Its policy has no hash, since that would forbid the inline scripts of the
 * output, which inherits the policy.
 *
 * @typedef {{ html: string, modules: string[] }} OutputPage
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const entry = path.join(root, 'workers/output.ts');
const componentEntry = path.join(root, 'workers/component-frame.ts');
const template = path.join(root, 'workers/output.html');
const scriptElement = '<script src="./output.ts"></script>';

/** The file with Vega, which pages load with the first plot. */
export const plotFile = 'output-vega.js';

/**
 * The script of the page that shows a plot. It comes to that page as text of an element.
 *
 * @param {() => import('vite').Plugin} [collect]  Makes a plugin that is told of all modules.
 */
export async function buildPlotScript(collect) {
  const { code, modules } = await bundleClassicScript(path.join(root, 'src/elements/plot/plot-frame.ts'), [
    collect?.(),
  ]);
  return { code: escapeForHtml(code), modules };
}

/**
 * @param {() => import('vite').Plugin} [collect]  Makes a plugin that is told of all modules.
 * @returns {Promise<OutputPage>}
 */
export async function buildOutputPage(collect) {
  const { code, modules } = await bundleClassicScript(entry, [collect?.()]);
  const [before, after, ...more] = (await readFile(template, 'utf8')).split(scriptElement);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`The output's page needs ${scriptElement} exactly once.`);
  const component = await bundleClassicScript(componentEntry, [collect?.()]);
  // It stands before the script, which reads it.
  const data = insertData(before, '__COMPONENT_SOURCE__', escapeForHtml(component.code));
  const html = `${data}<script>${escapeForHtml(code)}</script>${after}`;
  return { html, modules: [template, ...modules, ...component.modules] };
}
