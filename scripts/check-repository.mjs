import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** Checks that no linter makes: the repository must work for everybody, on any machine and with any registry. */

const root = fileURLToPath(new URL('../', import.meta.url));
const homePath = /(?<![\w.:/-])\/(?:home|Users|root|work)\/[\w.-]+/;

/**
 * @param {string} name  Relative to the project.
 * @param {string} text
 * @returns {string[]}  Problems, each with its file and line.
 */
export function findProblems(name, text) {
  const problems = [];
  const base = path.basename(name);
  for (const [index, line] of text.split('\n').entries()) {
    const where = `${name}:${index + 1}`;
    if (base === 'package-lock.json' && line.includes('"resolved": "http')) {
      problems.push(`${where}: the lockfile names a registry; install with the project's .npmrc.`);
      break;
    }
    if (base === '.npmrc' && /^\s*(@[^:]+:)?registry\s*=/.test(line)) problems.push(`${where}: a registry is set.`);
    const found = homePath.exec(line);
    if (found) problems.push(`${where}: "${found[0]}" is a path of one machine.`);
  }
  return problems;
}

/**
 * The part of a lockfile that is checked.
 *
 * @typedef {object} LockedPackage
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {string} [integrity]  Hash of the package's archive.
 * @property {string} [resolved]  Absent for packages of a registry; a `file:` address for folders.
 * @property {boolean} [link]
 *
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

/**
 * Packages that npm would install without a check of their content. npm loses hashes when it writes a lockfile from an installed
 * `node_modules`, mostly hashes of packages for other platforms.
 *
 * @param {string} name  Of the lockfile.
 * @param {Lockfile} lock
 */
export function findUncheckedPackages(name, { packages }) {
  return Object.entries(packages)
    .filter(([place, { integrity, link, resolved }]) => {
      const isFolder = place === '' || link || resolved?.startsWith('file:');
      return !isFolder && !integrity?.startsWith('sha512-');
    })
    .map(
      ([place]) =>
        `${name}: ${place} has no sha512 integrity. Remove it, and the package that needs it, from the lockfile, ` +
        'and run `npm install --package-lock-only` in a copy without node_modules.',
    );
}

/**
 * Packages that a lockfile needs but does not list. `npm ci` would refuse it. npm easily loses packages for other platforms.
 *
 * @param {string} name  Of the lockfile.
 * @param {Lockfile} lock
 */
export function findMissingPackages(name, { packages }) {
  return Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((needed) => {
        for (let folder = place; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
          if (`${folder ? `${folder}/` : ''}node_modules/${needed}` in packages) return false;
          if (folder === '') return true;
        }
      })
      .map((needed) => `${name}: ${place || 'the project'} needs ${needed}, which is not locked.`),
  );
}

/** @returns {Promise<string[]>}  A sentence for each problem; none where there is no Git to list the files. */
export async function checkRepository() {
  const files = await promisify(execFile)('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 1 << 26 }).catch(() => {
    console.log('SKIPPED: this is no checkout of Git.');
    return { stdout: '' };
  });
  const names = files.stdout.split('\0').filter((name) => name && !/\.(png|ico|woff2|ttf)$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(root, name), 'utf8').catch(() => '');
      return findProblems(name, text);
    }),
  );
  const locks = names
    .filter((name) => path.basename(name) === 'package-lock.json')
    .map(async (name) => {
      const lock = JSON.parse(await readFile(path.join(root, name), 'utf8'));
      return [...findMissingPackages(name, lock), ...findUncheckedPackages(name, lock)];
    });
  return [found, await Promise.all(locks)].flat(2);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = await checkRepository();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
