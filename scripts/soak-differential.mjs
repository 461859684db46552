import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { newerNode } from './newer-node.mjs';

/**
 * The differential tests of the compiler and of checkpoints over many more programs and namespaces than a test run has time for,
 * from a seed that is new each time: `node scripts/soak-differential.mjs [--programs 100000] [--seed 1]`, under a Node
 * whose contexts the engine carries, where one is to be had. A failure names its seed and shows the shrunk program.
 * `DIFFERENTIAL_PROGRAMS` sets the count for `npm run soak`.
 */

const root = fileURLToPath(new URL('../', import.meta.url));
const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: process.env['DIFFERENTIAL_PROGRAMS'] ?? '100000' },
    seed: { type: 'string' },
  },
});
const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));

const executable = (await newerNode()) ?? process.execPath;
console.log(`${values.programs} programs from seed ${seed}`);
const child = spawn(
  executable,
  [
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    '--bail=1',
    'src/compiler/testing/differential.test.ts',
    'src/compiler/testing/token-mutation.test.ts',
    'src/compiler/jsx/differential.test.ts',
    'workers/kernel/checkpoint/random-namespaces.test.ts',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      DIFFERENTIAL_PROGRAMS: values.programs,
      DIFFERENTIAL_SEED: seed,
      JSX_PROGRAMS: values.programs,
      JSX_SEED: seed,
      CHECKPOINT_NAMESPACES: String(Math.ceil(Number(values.programs) / 5)),
      CHECKPOINT_SEED: seed,
    },
  },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
