import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashFiles } from '../build/hash-files.mjs';
import { root, run } from './run.mjs';

/** @param {string} file */
const readJson = async (file) => JSON.parse(await readFile(file, 'utf8'));

/** An installation with native packages for another platform does not work. */
const machine = `${process.platform} ${process.arch} ${process.version.split('.')[0]}`;

/**
 * Installs the dependencies of an example from its lockfile, unless the last installation still fits. The stamp lies in
 * `node_modules`, and npm removes that folder before it installs: an interrupted installation has no stamp.
 *
 * @param {string} folder  Of the example; absolute.
 */
export async function install(folder) {
  const stamp = path.join(folder, 'node_modules/.install-stamp');
  const lockfile = path.join(folder, 'package-lock.json');
  const [lock, { dependencies }] = await Promise.all([readJson(lockfile), readJson(path.join(root, 'package.json'))]);
  const locked = lock.packages['node_modules/codemode-playground']?.dependencies;
  const isCurrent =
    JSON.stringify(Object.entries(locked ?? {}).sort()) === JSON.stringify(Object.entries(dependencies).sort());
  const key = async () => `${machine} ${await hashFiles(folder, ['package-lock.json', 'package.json'])}`;
  if (isCurrent) {
    if ((await readFile(stamp, 'utf8').catch(() => '')) === (await key())) return;
  } else {
    console.log(`${path.relative(root, lockfile)} is behind the project's dependencies: npm brings it up to date.`);
    await rm(stamp, { force: true });
    await rm(path.join(folder, 'node_modules/codemode-playground'), { recursive: true, force: true });
  }
  await run('npm', [isCurrent ? 'ci' : 'install', '--prefer-offline', '--no-audit', '--no-fund'], folder);
  await writeFile(stamp, await key());
}
