import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PlayedModules } from './testing/played-modules.js';
import { observer, randomModules } from './testing/random-modules.js';

const graphs = Number(process.env['DIFFERENTIAL_PROGRAMS'] ?? 150);
const firstSeed = Number(process.env['DIFFERENTIAL_SEED'] ?? 1);
const seeds = Array.from({ length: graphs }, (_, index) => firstSeed + index);

type Observe = (paths: readonly string[], importOf: (path: string) => Promise<object>) => Promise<string[]>;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'modules-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the modules of each seed do in the engine's own loader. */
async function nativeOutcomes(): Promise<string[][]> {
  for (const seed of seeds) {
    await mkdir(path.join(folder, String(seed)));
    for (const [name, source] of Object.entries(randomModules(seed)))
      await writeFile(path.join(folder, String(seed), name), source);
  }
  const runs = seeds.map((seed) => [seed, Object.keys(randomModules(seed))]);
  await writeFile(
    path.join(folder, 'main.mjs'),
    `${observer}
    const all = [];
    for (const [seed, paths] of ${JSON.stringify(runs)}) all.push(await observe(paths, (path) => import('./' + seed + '/' + path)));
    process.stdout.write(JSON.stringify(all));`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(folder, 'main.mjs')], {
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(stdout) as string[][];
}

it(`links and evaluates the random modules of seeds ${firstSeed} to ${firstSeed + graphs - 1} as the engine does`, async () => {
  const native = await nativeOutcomes();
  const indirectEval = globalThis.eval;
  indirectEval(observer);
  const { observe } = globalThis as unknown as { observe: Observe };
  for (const [index, seed] of seeds.entries()) {
    const sources = randomModules(seed);
    const modules = new PlayedModules(sources);
    const outcome = await observe(Object.keys(sources), (name) => modules.import(name));
    expect(outcome, `seed ${seed}:\n${JSON.stringify(sources, undefined, 2)}`).toEqual(native[index]);
  }
  const lines = native.flat();
  for (const kind of [
    'fails: SyntaxError',
    'fails: thrown by',
    'ReferenceError',
    'goes on',
    'function default',
    'namespace',
  ])
    expect(lines.filter((line) => line.includes(kind)).length, kind).toBeGreaterThan(graphs / 20);
}, 240_000);
