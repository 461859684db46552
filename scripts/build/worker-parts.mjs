import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The parts that a worker loads when it first needs them, each a file of its own beside `runner.html`. The worker asks for a part by
 * the digest that it had in the same build, so no other text is ever evaluated.
 *
 * @typedef {import('./runner.mjs').Script & { integrity: string }} Part
 */

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Their entries, by name. @type {Readonly<Record<string, string>>} */
export const partEntries = { dom: path.join(root, 'workers/dom/dom.part.ts') };

/** What `integrity` and policies call a text. @param {string} text */
export const integrityOf = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** @param {string} name */
export const fileOfPart = (name) => `runner-${name}.js`;

/**
 * @param {typeof import('./runner.mjs').bundleClassicScript} bundle
 * @param {() => import('vite').Plugin} [collect]  Makes a plugin that is told of all modules.
 * @returns {Promise<Record<string, Part>>}
 */
export async function buildParts(bundle, collect) {
  /** @type {Record<string, Part>} */
  const parts = {};
  for (const [name, entry] of Object.entries(partEntries)) {
    const script = await bundle(entry, [collect?.()]);
    const code = `${script.code}\n//# sourceURL=codemode-${name}.js`;
    parts[name] = { ...script, code, integrity: integrityOf(code) };
  }
  return parts;
}
