import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { findApiChanges, makeApiReports, readReports } from './package/api-reports.mjs';

/**
 * Writes the public API of the package to `api/`, a file for each entry point. With `--check` it writes nothing: it fails where
 * the files differ from the package that was built last.
 */

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = path.join(root, 'api');

/** @returns {Promise<string>}  Folder with the declaration files of the sources as they are now. */
async function emitTypes() {
  const types = path.join(root, '.cache/api-types');
  await rm(types, { recursive: true, force: true });
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', types], { cwd: root });
  return types;
}

async function write() {
  const reports = await makeApiReports(root, await emitTypes());
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, text] of reports) await writeFile(path.join(folder, name), text);
}

async function check() {
  const reports = await makeApiReports(root, path.join(root, 'dist/types'));
  const changes = findApiChanges(await readReports(folder), reports);
  if (changes.length === 0) return;
  for (const change of changes) console.error(change);
  console.error('The public API has changed. If you want that, run `npm run api` and commit the folder api/.');
  process.exitCode = 1;
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
await (values.check ? check() : write());
