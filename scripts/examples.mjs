import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Builds the sites of `examples/`, each with its own generator, against the package as it was built last. What a lockfile asks for is
 * installed once.
 */

const root = fileURLToPath(new URL('../', import.meta.url));
export const generators = ['vitepress', 'docusaurus', 'starlight', 'react'];

/** @param {string} command @param {string[]} args @param {string} cwd */
async function run(command, args, cwd) {
  /** @type {Buffer[]} */
  const output = [];
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', DOCUSAURUS_NO_UPDATE_CHECK: '1' },
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (/** @type {Buffer} */ data) => output.push(data));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} failed in ${path.relative(root, cwd)}:\n${Buffer.concat(output)}`);
}

/** @param {string} file */
const readJson = async (file) => JSON.parse(await readFile(file, 'utf8'));

/** @param {string} folder */
async function install(folder) {
  const stamp = path.join(root, '.cache/examples', path.basename(folder));
  const lockfile = path.join(folder, 'package-lock.json');
  const [lock, { dependencies }] = await Promise.all([readJson(lockfile), readJson(path.join(root, 'package.json'))]);
  const locked = lock.packages['node_modules/codemode-playground']?.dependencies;
  const isCurrent =
    JSON.stringify(Object.entries(locked ?? {}).sort()) === JSON.stringify(Object.entries(dependencies).sort());
  if (!isCurrent) {
    console.log(`${path.relative(root, lockfile)} is behind the project's dependencies: it is brought up to date.`);
    await rm(path.join(folder, 'node_modules/codemode-playground'), { recursive: true, force: true });
  }
  const hash = async () =>
    createHash('sha256')
      .update(await readFile(lockfile))
      .digest('hex');
  const known = await readFile(stamp, 'utf8').catch(() => '');
  if (isCurrent && known === (await hash())) return;
  await run('npm', [isCurrent ? 'ci' : 'install', '--no-audit', '--no-fund'], folder);
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, await hash());
}

/** Puts the last build in the place of the installed package. @param {string} folder */
async function takeBuild(folder) {
  const installed = path.join(folder, 'node_modules/codemode-playground');
  await rm(path.join(installed, 'dist'), { recursive: true, force: true });
  await cp(path.join(root, 'dist'), path.join(installed, 'dist'), { recursive: true });
  await cp(path.join(root, 'package.json'), path.join(installed, 'package.json'));
}

/** @param {string} name */
async function buildExample(name) {
  const folder = path.join(root, 'examples', name);
  if (name === 'html') {
    await run('npm', ['run', 'copy'], folder);
    return;
  }
  await install(folder);
  await takeBuild(folder);
  await run('npm', ['run', 'build'], folder);
}

/** @param {readonly string[]} only  Names of folders in `examples/`; all are built where it is empty. */
export async function buildExamples(only = []) {
  const names = ['html', ...generators];
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--only takes ${names.join(', ')}, not "${unknown.join(', ')}".`);
  for (const name of only.length > 0 ? only : names) {
    const start = performance.now();
    await buildExample(name);
    console.log(`built ${name.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } });
  await buildExamples(values.only);
}
