import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tells whether what was built still belongs to the sources: one hash over all that goes into a build. */

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

async function hashInputs() {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const name = path.join(root, input);
    const found = await stat(name).catch(() => undefined);
    if (!found) continue;
    const files = found.isDirectory()
      ? (await readdir(name, { recursive: true, withFileTypes: true }))
          .filter((entry) => entry.isFile())
          .map((entry) => path.join(entry.parentPath, entry.name))
          .sort()
      : [name];
    for (const file of files) {
      if (/\.test\.m?ts$/.test(file)) continue;
      hash
        .update(`${path.relative(root, file)}\0`)
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

export async function isBuilt() {
  const all = await Promise.all(outputs.map(exists));
  if (all.includes(false)) return false;
  const known = await readFile(stamp, 'utf8').catch(() => '');
  return known === (await hashInputs());
}

/** Taken before a build, so that what changes while it runs counts as not built. */
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
