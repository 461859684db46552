import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startBusyProcesses } from './busy-processes.mjs';
import { checkRepository } from './check-repository.mjs';
import { buildExamples, installExamples } from './examples.mjs';
import { ensureBrowser } from './find-browser.mjs';
import { newerNode } from './newer-node.mjs';
import { findChangedFiles, readDifferences } from './working-tree.mjs';

/**
 * Runs all checks and tests, the fastest first. A check counts as one, a suite as the number of its tests.
 *
 * @typedef {{ passed: number, failed: number }} Count
 */

const root = fileURLToPath(new URL('../', import.meta.url));
const bin = (/** @type {string} */ name) => path.join(root, 'node_modules', name);
const report = (/** @type {string} */ name) => path.join(root, '.cache', name);

/**
 * @param {string[]} args  Of Node.
 * @param {string} executable
 * @returns {Promise<boolean>}  Whether it ended well.
 */
function node(args, executable = process.execPath) {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** @param {Promise<boolean>} ended @returns {Promise<Count>} */
const check = async (ended) => ((await ended) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** A suite that ended badly without a failed test broke as a whole: that counts as one failure. */
const suite = (/** @type {boolean} */ ok, /** @type {Count} */ { passed, failed }) => ({
  passed,
  failed: !ok && failed === 0 ? 1 : failed,
});

/** @param {string} name @param {string} [executable] @param {string[]} [files] @returns {Promise<Count>} */
async function unitTests(name, executable, files = []) {
  const output = report(`${name}.json`);
  await rm(output, { force: true });
  const ok = await node(
    [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`, ...files],
    executable,
  );
  const { numPassedTests, numTotalTests, numPendingTests, numTodoTests } = JSON.parse(await readFile(output, 'utf8'));
  const failed = numTotalTests - numPassedTests - numPendingTests - numTodoTests;
  return suite(ok, { passed: numPassedTests, failed });
}

/** @param {readonly string[]} problems @returns {Count} */
function withoutProblems(problems) {
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @type {import('./working-tree.mjs').Differences | undefined} */
let differencesBefore;

/** The installations for the examples. They mostly wait for the network, so they run beside the first steps. @type {Promise<unknown>} */
let installing = Promise.resolve();

/** @type {Record<string, () => Promise<Count>>} */
const steps = {
  lint: () => check(node([bin('oxlint/bin/oxlint')])),

  format: () =>
    check(
      node([
        bin('prettier/bin/prettier.cjs'),
        '--check',
        '--log-level=warn',
        '--cache',
        '--cache-location=.cache/prettier',
        '.',
      ]),
    ),

  repository: async () => withoutProblems(await checkRepository()),

  unused: () => check(node([bin('knip/bin/knip.js'), '--no-config-hints', '--no-progress'])),

  types: () => check(node([bin('typescript/bin/tsc')])),

  documentation: () => check(node([path.join(root, 'scripts/check-documentation.mjs')])),

  unit: () => unitTests('unit'),

  /** Contexts of the engine itself, and new syntax. Where the running Node is new enough, the step `unit` tests all of that. */
  async node24() {
    const executable = await newerNode();
    if (executable === undefined)
      console.log(
        'SKIPPED: without a newer Node, the context engine is not compared with contexts of the engine itself.',
      );
    if (executable === undefined || executable === process.execPath) return { passed: 0, failed: 0 };
    return unitTests('node24', executable, [
      'src/compiler/testing/differential.test.ts',
      'src/compiler/testing/protocol-matrix.test.ts',
      'src/compiler/instrument/instrument.test.ts',
      'src/context/',
    ]);
  },

  async build() {
    // npm packs `dist/` for each example.
    await installing;
    return check(node([path.join(root, 'scripts/build.mjs')]));
  },

  package: () => check(node([path.join(root, 'scripts/check-package.mjs')])),

  api: () => check(node([path.join(root, 'scripts/api.mjs'), '--check'])),

  size: () => check(node([path.join(root, 'scripts/size.mjs')])),

  async e2e() {
    const { executablePath, source } = ensureBrowser();
    console.log(`Browser: ${executablePath} (${source})`);
    await rm(report('e2e.json'), { force: true });
    const ok = await node([bin('@playwright/test/cli.js'), 'test']);
    const { stats } = JSON.parse(await readFile(report('e2e.json'), 'utf8'));
    return suite(ok, { passed: stats.expected + stats.flaky, failed: stats.unexpected });
  },

  async examples() {
    await installing;
    await buildExamples();
    ensureBrowser();
    await rm(report('examples.json'), { force: true });
    const ok = await node([bin('@playwright/test/cli.js'), 'test', '-c', 'playwright.examples.config.ts']);
    const { stats } = JSON.parse(await readFile(report('examples.json'), 'utf8'));
    return suite(ok, { passed: stats.expected + stats.flaky, failed: stats.unexpected });
  },

  /** A run changes no file of the checkout, and leaves none there that Git does not ignore. */
  async checkout() {
    const differences = await readDifferences(root);
    if (differencesBefore === undefined || differences === undefined) {
      console.log('SKIPPED: this is no checkout of Git.');
      return { passed: 0, failed: 0 };
    }
    const changed = findChangedFiles(differencesBefore, differences);
    return withoutProblems(changed.map((name) => `${name} has changed since the run began.`));
  },
};

/** Steps that need a build. */
const ofTheBuild = new Set(['package', 'api', 'size', 'e2e', 'examples']);

const {
  values: { only, busy, times },
} = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    /** Runs everything beside two processes that keep two cores busy. */
    busy: { type: 'boolean', default: false },
    /** Number of runs in a row. A run that fails is the last. Files that one run leaves must not break the next. */
    times: { type: 'string', default: '1' },
  },
});
const unknown = only?.filter((name) => !(name in steps)) ?? [];
if (unknown.length > 0) throw new Error(`--only takes ${Object.keys(steps).join(', ')}, not "${unknown.join(', ')}".`);

/** @returns {Promise<Count>} */
async function runSteps() {
  const total = { passed: 0, failed: 0 };
  const summary = [];
  let isBuilt = true;
  differencesBefore = await readDifferences(root);
  // Where an installation fails, the step `examples` tries again and says why.
  if (!only || only.includes('examples')) installing = installExamples().catch(() => {});
  for (const [name, step] of Object.entries(steps)) {
    if (only && !only.includes(name)) continue;
    console.log(`\n── ${name}`);
    const start = performance.now();
    if (!isBuilt && ofTheBuild.has(name)) {
      console.error('Not run, because the build failed.');
      total.failed += 1;
      summary.push(`✗ ${name.padEnd(13)} not run`);
      continue;
    }
    const { passed, failed } = await step().catch((error) => {
      console.error(error);
      return { passed: 0, failed: 1 };
    });
    if (name === 'build') isBuilt = failed === 0;
    total.passed += passed;
    total.failed += failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
    summary.push(
      `${failed ? '✗' : '✓'} ${name.padEnd(13)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds} s`,
    );
  }
  console.log(`\n${summary.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
  return total;
}

const endBusyProcesses = busy ? startBusyProcesses(2) : () => {};
try {
  for (let run = 1; run <= Number(times) && !process.exitCode; run++) {
    if (Number(times) > 1) console.log(`\n━━ run ${run} of ${times}`);
    if ((await runSteps()).failed > 0) process.exitCode = 1;
  }
} finally {
  endBusyProcesses();
}
