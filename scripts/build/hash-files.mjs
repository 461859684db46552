import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * One hash over the names and the contents of files. Absent files add nothing.
 *
 * @param {string} root  Absolute.
 * @param {readonly string[]} inputs  Files and folders in `root`; a folder stands for all files in it.
 * @param {(name: string) => boolean} [isSkipped]  Called with the path of a file or a folder from `root`, with slashes.
 * @returns {Promise<string>}  SHA-256, in hexadecimal digits.
 */
export async function hashFiles(root, inputs, isSkipped = () => false) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const name of await filesIn(root, input, isSkipped)) {
      hash
        .update(`${name}\0`)
        .update(await readFile(path.join(root, name)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {string} root @param {string} name @param {(name: string) => boolean} isSkipped @returns {Promise<string[]>} */
async function filesIn(root, name, isSkipped) {
  if (isSkipped(name)) return [];
  const found = await stat(path.join(root, name)).catch(() => undefined);
  if (found?.isFile()) return [name];
  if (!found?.isDirectory()) return [];
  const names = (await readdir(path.join(root, name))).toSorted();
  return (await Promise.all(names.map((each) => filesIn(root, path.posix.join(name, each), isSkipped)))).flat();
}
