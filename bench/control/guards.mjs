import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { loadCompiler } from '../context/build.mjs';

/** @import { Page } from '@playwright/test' */

const loops = new URL('./guard-loops.js', import.meta.url);

/**
 * A script for a worker with the loops twice, as cells are compiled and without guards. It answers a message with the
 * milliseconds of each round, the two of a loop taking turns.
 */
export async function buildGuardScript() {
  const { compileModule } = await loadCompiler();
  const source = await readFile(loops, 'utf8');
  const plain = compileModule(source, { fileName: 'loops.js' }).code;
  const guarded = compileModule(source, { fileName: 'guarded-loops.js', guards: true }).code;
  const {
    outputFiles: [file],
  } = await build({
    stdin: {
      contents: `
        import { activations } from './src/context/activations/activations.js';
        import { LoopGuard } from './workers/kernel/execution/loop-guard.js';
        import { current } from './src/context/current.js';
        const execution = { cell: 1, started: performance.now(), settled: false, interruption: undefined, timeLimit: { milliseconds: 1e9 } };
        current.mapping = { execution, values: new Map() };
        const options = { interrupt() {}, cancelled: undefined, turns: { busyFor: 0 }, keepsLoop() {}, lateWork: 1e9 };
        const load = (link) => {
          let exported;
          const evaluation = link({ activations, guard: new LoopGuard(options), exports: (getters) => (exported = getters) });
          evaluation.next();
          evaluation.next();
          return exported.loops();
        };
        const ways = [load(${plain.replace(/\n\/\/# sourceURL.*$/, '')}), load(${guarded.replace(/\n\/\/# sourceURL.*$/, '')})];
        onmessage = ({ data: rounds }) => {
          postMessage(ways[0].map(({ name }, index) => {
            const times = [[], []];
            for (let round = -20; round < rounds; round++) {
              for (const way of round % 2 === 0 ? [0, 1] : [1, 0]) {
                const { run, count } = ways[way][index];
                const from = performance.now();
                run(count);
                if (round >= 0) times[way].push(performance.now() - from);
              }
            }
            return { name, plain: times[0], guarded: times[1] };
          }));
        };`,
      resolveDir: new URL('../../', import.meta.url).pathname,
      loader: 'js',
    },
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
  });
  return file?.text ?? '';
}

/**
 * The cost of guards for code that never waits, in a worker of the page's browser. The page's clock has to be fine.
 *
 * @param {Page} page
 * @param {number} rounds
 * @returns {Promise<readonly { name: string, plain: readonly number[], guarded: readonly number[] }[]>}  Milliseconds.
 */
export async function measureGuards(page, rounds) {
  return page.evaluate(
    ([script, count]) =>
      new Promise((resolve, reject) => {
        const url = URL.createObjectURL(new Blob([/** @type {string} */ (script)], { type: 'text/javascript' }));
        const worker = new Worker(url);
        worker.onmessage = ({ data }) => {
          worker.terminate();
          URL.revokeObjectURL(url);
          resolve(data);
        };
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(count);
      }),
    [await buildGuardScript(), rounds],
  );
}
