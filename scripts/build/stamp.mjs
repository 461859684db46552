import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashFiles } from './hash-files.mjs';

/** Tells whether the last build still belongs to the sources, by one hash over all inputs of a build. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const stamp = path.join(root, '.cache/build-stamp');
const inputs = [
  'src',
  'workers',
  'public',
  'docs',
  'scripts',
  'index.html',
  'vite.config.ts',
  'custom-elements-manifest.config.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
];
const outputs = ['dist/index.js', 'dist/runner.html', 'dist/cdn/codemode-playground.js', 'site/index.html'];

const exists = (/** @type {string} */ name) =>
  stat(path.join(root, name)).then(
    () => true,
    () => false,
  );

const hashInputs = () => hashFiles(root, inputs, (name) => /\.test\.m?ts$/.test(name));

export async function isBuilt() {
  const all = await Promise.all(outputs.map(exists));
  if (all.includes(false)) return false;
  const known = await readFile(stamp, 'utf8').catch(() => '');
  return known === (await hashInputs());
}

/** Take it before a build: a file that changes during the build then counts as not built. */
export async function takeStamp() {
  const hash = await hashInputs();
  await rm(stamp, { force: true });
  return {
    async write() {
      await mkdir(path.dirname(stamp), { recursive: true });
      await writeFile(stamp, hash);
    },
  };
}
