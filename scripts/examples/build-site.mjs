import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashFiles } from '../build/hash-files.mjs';
import { root, run } from './run.mjs';

const writtenByGenerators = /(?:^|\/)(?:node_modules|dist|build|cache|\.temp|\.astro|\.docusaurus|codemode)$/;

const stampOf = (/** @type {string} */ file) => readFile(file, 'utf8').catch(() => '');

/**
 * Puts the last build in the place of the installed package.
 *
 * @param {string} folder
 * @param {string} hash  Of that build.
 */
async function takePackage(folder, hash) {
  const installed = path.join(folder, 'node_modules/codemode-playground');
  const stamp = path.join(installed, '.build-stamp');
  if ((await stampOf(stamp)) === hash) return;
  await rm(stamp, { force: true });
  await rm(path.join(installed, 'dist'), { recursive: true, force: true });
  await cp(path.join(root, 'dist'), path.join(installed, 'dist'), { recursive: true });
  await cp(path.join(root, 'package.json'), path.join(installed, 'package.json'));
  await writeFile(stamp, hash);
}

/**
 * Builds the site of an example, unless the last build had the same sources, dependencies and package. The stamp lies in the output
 * and is written last: an interrupted build has no stamp.
 *
 * @param {string} folder  Of the example, installed; absolute.
 * @param {string} output  Folder in `folder` that the generator writes to.
 * @returns {Promise<boolean>}  Whether there was something to build.
 */
export async function buildSite(folder, output) {
  const packageHash = await hashFiles(root, ['dist', 'package.json']);
  await takePackage(folder, packageHash);
  const sourcesHash = await hashFiles(folder, ['.'], (name) => writtenByGenerators.test(name));
  const key = `${process.version} ${sourcesHash} ${packageHash}`;
  const stamp = path.join(folder, output, '.build-stamp');
  if ((await stampOf(stamp)) === key) return false;
  await rm(path.join(folder, output), { recursive: true, force: true });
  await run('npm', ['run', 'build'], folder);
  await writeFile(stamp, key);
  return true;
}
