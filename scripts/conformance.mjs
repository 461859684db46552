import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readTests } from './conformance/read-tests.mjs';
import { newerNode } from './newer-node.mjs';

/**
 * Compares the compiler with TypeScript's and with the raw engine over the tests of other projects, and prints what is lost, by
 * kind: `npm run conformance -- path/to/tests [more] [--show 5] [--typescript path/to/typescript] [--timeout 10000]`. It reads
 * TypeScript's cases, the tests of test262 (with `harness/` where that suite has it), esbuild's tables in Go, and plain sources.
 *
 * @typedef {import('./conformance/read-tests.mjs').ConformanceTest} ConformanceTest
 * @typedef {import('./conformance/compare.mjs').Verdict} Verdict
 * @typedef {import('./conformance/compare.mjs').Kind} Kind
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    show: { type: 'string', default: '5' },
    typescript: { type: 'string' },
    timeout: { type: 'string', default: '10000' },
  },
});
if (positionals.length === 0) {
  console.error('Give the folder of a suite: npm run conformance -- path/to/tests');
  process.exit(2);
}

const executable = (await newerNode()) ?? process.execPath;
const timeout = Number(values.timeout);

/** One process that compares. It is started anew after a test that hung. */
class Comparer {
  /** @type {Promise<import('node:child_process').ChildProcess> | undefined} */
  #process;

  /** @param {ConformanceTest} test @returns {Promise<Verdict>} */
  async verdict(test) {
    const child = await (this.#process ??= this.#start());
    return new Promise((resolve) => {
      const end = (/** @type {Verdict} */ verdict) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(verdict);
      };
      const replace = (/** @type {Verdict} */ verdict) => {
        this.close();
        end(verdict);
      };
      const timer = setTimeout(() => replace({ kind: 'hangs', detail: `longer than ${timeout} ms` }), timeout);
      child.once('message', (verdict) => end(/** @type {Verdict} */ (verdict)));
      child.once('exit', (code) => replace({ kind: 'crashed', detail: `the process ended with ${code}` }));
      child.send(test);
    });
  }

  /** @returns {Promise<import('node:child_process').ChildProcess>} */
  #start() {
    const child = fork(
      fileURLToPath(new URL('conformance/compare.mjs', import.meta.url)),
      values.typescript === undefined ? [] : [values.typescript],
      { execPath: executable, execArgv: ['--experimental-vm-modules', '--no-warnings'] },
    );
    return new Promise((resolve, reject) => {
      child.once('message', () => resolve(child));
      child.once('exit', (code) => reject(new Error(`The comparing process ended with ${code}.`)));
    });
  }

  close() {
    void this.#process?.then((child) => child.kill('SIGKILL'));
    this.#process = undefined;
  }
}

/** Cases that have the same cause mostly differ in names and numbers. @param {string} detail */
const kindOfDetail = (detail) =>
  detail
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, '…')
    .replaceAll(/\d+/g, 'n')
    .slice(0, 160);

/** @type {Map<Kind, { count: number, causes: Map<string, string[]> }>} */
const found = new Map();
let total = 0;

async function* allTests() {
  for (const target of positionals) yield* readTests(target);
}

const tests = allTests();
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    const comparer = new Comparer();
    for (;;) {
      const { value: test, done } = await tests.next();
      if (done === true) break;
      const { kind, detail } = await comparer.verdict(test);
      total += 1;
      const entry = found.get(kind) ?? { count: 0, causes: new Map() };
      found.set(kind, entry);
      entry.count += 1;
      const cause = kindOfDetail(detail);
      const names = entry.causes.get(cause) ?? [];
      entry.causes.set(cause, names);
      names.push(`${test.name}  ${JSON.stringify(test.source.slice(0, 100))}`);
    }
    comparer.close();
  }),
);

const shown = Number(values.show);
for (const [kind, { count, causes }] of [...found].sort(([, a], [, b]) => b.count - a.count)) {
  console.log(`\n${kind}: ${count} (${((100 * count) / total).toFixed(1)} %)`);
  for (const [cause, names] of [...causes].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`  ${names.length} × ${cause.replaceAll('\n', ' ')}`);
    if (kind !== 'agreed' && kind !== 'left out')
      for (const name of names.slice(0, shown)) console.log(`      ${name}`);
  }
}
console.log(`\n${total} tests, ${found.get('agreed')?.count ?? 0} agreed`);
