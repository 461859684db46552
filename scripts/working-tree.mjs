import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * Files that differ from the last commit or are not tracked: the state and a hash of the content by the name.
 *
 * @typedef {ReadonlyMap<string, string>} Differences
 */

/**
 * @param {string} root  Of the checkout; absolute.
 * @returns {Promise<Differences | undefined>}  Nothing where there is no Git, or no repository.
 */
export async function readDifferences(root) {
  const status = await promisify(execFile)('git', ['status', '--porcelain', '-z', '--no-renames', '-uall'], {
    cwd: root,
    maxBuffer: 1 << 26,
  }).catch(() => undefined);
  if (status === undefined) return undefined;
  const entries = status.stdout.split('\0').filter((entry) => entry !== '');
  return new Map(
    await Promise.all(
      entries.map(async (entry) => {
        const name = entry.slice(3);
        const content = await readFile(path.join(root, name)).catch(() => '');
        const hash = createHash('sha256').update(content).digest('hex');
        return /** @type {const} */ ([name, `${entry.slice(0, 2)} ${hash}`]);
      }),
    ),
  );
}

/**
 * Names of the files that changed between two readings.
 *
 * @param {Differences} before
 * @param {Differences} after
 */
export function findChangedFiles(before, after) {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .toSorted();
}
