import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** What no linter looks at: the repository holds for everybody, whatever machine and registry it was written with. */

const root = fileURLToPath(new URL('../', import.meta.url));
const homePath = /(?<![\w.:/-])\/(?:home|Users|root|work)\/[\w.-]+/;

/**
 * @param {string} name  Relative to the project.
 * @param {string} text
 * @returns {string[]}  What is wrong, each with its file and line.
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
 * Packages that a lockfile needs and does not have, for which `npm ci` would refuse it: those of other platforms are easily lost.
 *
 * @param {{ packages: Record<string, { dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }> }} lock
 */
export function findMissingPackages({ packages }) {
  return Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => {
        for (let folder = place; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
          if (`${folder ? `${folder}/` : ''}node_modules/${name}` in packages) return false;
          if (folder === '') return true;
        }
      })
      .map((name) => `package-lock.json: ${place} needs ${name}, which is not locked.`),
  );
}

export async function checkRepository() {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 1 << 26 });
  const names = stdout.split('\0').filter((name) => name && !/\.(png|ico|woff2|ttf)$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(root, name), 'utf8').catch(() => '');
      return findProblems(name, text);
    }),
  );
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'));
  return [...found.flat(), ...findMissingPackages(lock)];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = await checkRepository();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
