import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { mutations, newestMutations } from './mutations/rules.mjs';
import { newerNode } from './newer-node.mjs';

/**
 * Breaks one rule at a time, in a copy of the sources, and runs the unit tests that should notice. Fails when a mutant survives,
 * and when a mutation no longer finds the text that it breaks: `node scripts/mutations.mjs [--only <part of a rule or a path>]`.
 */

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const {
  values: { only },
} = parseArgs({ options: { only: { type: 'string' } } });
const newest = await newerNode();
if (newest === undefined) console.log(`SKIPPED, because there is no newer Node: ${newestMutations.length} mutations`);

const firstFolder = (/** @type {string} */ file) => file.split('/')[0] ?? file;
const sourceFolders = new Set(mutations.flatMap(({ file, tests }) => [file, ...tests].map(firstFolder)));

/** @returns {Promise<string>} A folder with the files that the mutations change and that their tests read. */
async function copySources() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'codemode-mutations-'));
  for (const name of [...sourceFolders, 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

/**
 * @param {string} folder
 * @param {readonly string[]} tests
 * @param {number} [timeout]  In milliseconds. A mutant may make a program wait or turn for ever: a run that has to be ended
 *   has noticed it too.
 * @returns {Promise<string | undefined>}  The test that failed.
 */
async function failingTest(folder, tests, timeout) {
  try {
    await run(
      newest ?? process.execPath,
      [
        path.join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--bail=1',
        '--maxWorkers=1',
        '--reporter=json',
        ...tests,
      ],
      { cwd: folder, timeout, env: { ...process.env, DIFFERENTIAL_PROGRAMS: '60' }, maxBuffer: 2 ** 26 },
    );
    return undefined;
  } catch (error) {
    const { killed, stdout, stderr } = /** @type {{ killed?: boolean, stdout?: string, stderr?: string }} */ (error);
    if (killed === true) return 'does not end';
    // A mutant may also take all memory, and with it the process that would report.
    if (stdout === undefined || !stdout.includes('{"numTotalTestSuites"')) {
      console.error(stderr ?? error);
      return 'crashes';
    }
    const { testResults } = JSON.parse(stdout.slice(stdout.indexOf('{"numTotalTestSuites"')));
    const failed = testResults
      .flatMap((/** @type {any} */ file) => file.assertionResults)
      .find((/** @type {any} */ test) => test.status === 'failed');
    return failed?.fullName ?? 'does not load';
  }
}

/** @param {string} folder @param {import('./mutations/in-file.mjs').Mutation} mutation @param {number} timeout */
async function failingTestOf(folder, { file, from, to, tests }, timeout) {
  const address = path.join(folder, file);
  const source = await readFile(address, 'utf8');
  await writeFile(
    address,
    source.replace(from, () => to),
  );
  try {
    return await failingTest(folder, tests, timeout);
  } finally {
    await writeFile(address, source);
  }
}

const chosen = [...mutations, ...(newest === undefined ? [] : newestMutations)].filter(
  ({ rule, file }) => only === undefined || rule.includes(only) || file.includes(only),
);
const first = await copySources();
const folders = [first, await copySources()];
const survivors = [];
try {
  for (const { rule, file, from } of chosen) {
    const places = (await readFile(path.join(first, file), 'utf8')).split(from).length - 1;
    if (places !== 1)
      throw new Error(`"${rule}" must find the text that it breaks once in ${file}, but finds it ${places} times.`);
  }
  const start = performance.now();
  const failing = await failingTest(first, [...new Set(chosen.flatMap(({ tests }) => tests))]);
  if (failing !== undefined) throw new Error(`The tests fail without any mutation: ${failing}`);
  // All tests together took so long on this machine, as busy as it is: a run of some of them that takes twice the time hangs.
  const timeout = Math.max(60_000, Math.ceil(2 * (performance.now() - start)));
  const queue = chosen.values();
  await Promise.all(
    folders.map(async (folder) => {
      for (const mutation of queue) {
        const killer = await failingTestOf(folder, mutation, timeout);
        if (killer === undefined) survivors.push(mutation.rule);
        console.log(
          `${killer === undefined ? '✗ survived' : '✓ killed  '}  ${mutation.rule.padEnd(58)}  ${killer?.slice(0, 100) ?? ''}`,
        );
      }
    }),
  );
  console.log(`\n${chosen.length - survivors.length} of ${chosen.length} mutants killed`);
} finally {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}
if (survivors.length > 0) process.exitCode = 1;
