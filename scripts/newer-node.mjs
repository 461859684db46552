import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * A Node of version 24 or later. Its engine carries `AsyncLocalStorage` itself, and it knows `using` and `Array.fromAsync`. The
 * project also builds with an older Node, so `scripts/node-24` describes a separate installation, made once, in `.cache`.
 */

const root = fileURLToPath(new URL('../', import.meta.url));
const recipe = path.join(root, 'scripts/node-24');
const least = 24;

/** Of the package for this platform. */
function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${platform === 'darwin' && process.arch === 'arm64' ? 'bin-' : ''}${platform}-${process.arch}`;
}

/** @param {string} folder */
async function installWithNpm(folder) {
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    await cp(path.join(recipe, name), path.join(folder, name));
  const runner = process.env['npm_execpath'] ?? '';
  const npm = path.basename(runner) === 'npm-cli.js';
  const [command, ...first] = npm ? [process.execPath, runner] : ['npm'];
  await new Promise((resolve, reject) => {
    const child = spawn(/** @type {string} */ (command), [...first, 'ci', '--ignore-scripts', '--silent'], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: 120_000,
      shell: !npm && process.platform === 'win32',
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve(undefined) : reject(new Error(`npm ci ended with ${code}`))));
  });
}

/**
 * @param {{ version?: string, cache?: string, install?: (folder: string) => Promise<void> }} [options]
 * @returns {Promise<string | undefined>}  Path of its executable. `undefined`, after a notice on the console, where it cannot be installed.
 */
export async function newerNode({
  version = process.versions.node,
  cache = path.join(root, '.cache/node-24'),
  install = installWithNpm,
} = {}) {
  if (Number.parseInt(version, 10) >= least) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const executable = path.join(cache, name);
  const lock = await readFile(path.join(recipe, 'package-lock.json'), 'utf8');
  if ((await readFile(path.join(cache, 'installed-lock.json'), 'utf8').catch(() => '')) === lock) return executable;
  const folder = `${cache}-installing`;
  try {
    for (const each of [folder, cache]) {
      await rm(each, { recursive: true, force: true });
      await mkdir(each, { recursive: true });
    }
    console.log(`Node ${version} is older than ${least}: installing a newer Node for some tests …`);
    await install(folder);
    await rename(path.join(folder, 'node_modules', packageName(), 'bin', name), executable);
    await writeFile(path.join(cache, 'installed-lock.json'), lock);
    return executable;
  } catch (error) {
    console.log(`Node ${least} cannot be installed: ${error instanceof Error ? error.message : error}`);
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const found = await newerNode();
  if (found === undefined) process.exitCode = 1;
  else console.log(found);
}
