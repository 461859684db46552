import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { noticesFile } from './build/notices.mjs';
import { buildRunner } from './build/runner.mjs';
import { findBrokenImports, findMapProblems, findMissingAddresses } from './package/built-files.mjs';
import { findUnexportedTypes } from './package/exported-types.mjs';
import { findBundleProblems, imports } from './package/tree-shaking.mjs';

/** Whether the package, as it was built last, can be published: its fields, types, source maps, licence notices and bundles. */

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = path.join(root, 'dist');
const run = promisify(execFile);

/** @returns {Promise<string>}  Path of the archive that npm would publish. */
async function pack() {
  const folder = path.join(root, '.cache/pack');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const [archive = ''] = await readdir(folder);
  return path.join(folder, archive);
}

/** @param {string} archive */
async function findFieldProblems(archive) {
  const { buffer } = new Uint8Array(await readFile(archive));
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

/** @param {string} archive */
async function findTypeProblems(archive) {
  const attw = path.join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const withoutTypes = ['codemode-snippet.css', 'runner.html', 'output.html', 'runner-dom.js', 'output-vega.js'];
  const options = ['--profile', 'esm-only', '--format', 'ascii', '--no-color', '--no-emoji'];
  return await run(process.execPath, [attw, archive, ...options, '--exclude-entrypoints', ...withoutTypes]).then(
    () => [],
    ({ stdout, stderr }) => [`attw: ${stdout}${stderr}`],
  );
}

/**
 * Packages whose code was built into a script but that the notices do not name.
 *
 * @param {readonly string[]} maps  Paths of source maps.
 */
async function findUnnamedPackages(maps) {
  const notices = await readFile(path.join(dist, noticesFile), 'utf8');
  const { modules } = await buildRunner();
  const sources = await Promise.all(maps.map(async (map) => JSON.parse(await readFile(map, 'utf8')).sources));
  const names = [...modules, ...sources.flat()].flatMap(
    (source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? [],
  );
  return [...new Set(names)]
    .filter((name) => !notices.includes(`\n${name} `))
    .map((name) => `${noticesFile} does not name ${name}.`);
}

const archive = await pack();
const files = (await readdir(dist, { recursive: true })).map((file) => file.replaceAll(path.sep, '/'));
const scripts = files.filter((file) => file.endsWith('.js'));
const maps = files.filter((file) => file.endsWith('.js.map')).map((file) => path.join(dist, file));
const problems = await Promise.all([
  findFieldProblems(archive),
  findTypeProblems(archive),
  findUnnamedPackages(maps),
  findUnexportedTypes(root, dist),
  ...scripts.map((file) => findMapProblems(dist, file)),
  ...scripts.map((file) => findMissingAddresses(dist, file)),
  ...scripts.filter((file) => !file.startsWith('cdn/')).map((file) => findBrokenImports(dist, file)),
  ...imports.map((wanted) => findBundleProblems(root, wanted)),
]);
for (const problem of problems.flat()) console.error(problem);
if (problems.flat().length > 0) process.exitCode = 1;
