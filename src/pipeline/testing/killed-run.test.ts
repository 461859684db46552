import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runIds, runInFolder } from './killed-run.js';

let folder: string;
let script: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'killed-'));
  script = path.join(folder, 'run.mjs');
  await build({
    stdin: {
      contents: `import { runIds, runInFolder } from './killed-run.js'; await runInFolder(process.argv[2], runIds, console.log);`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['yaml'],
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    outfile: script,
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const resultsOf = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^result (\S+) (.*)$/gm)].map(([, runId, result]) => [runId!, result!]));

/** Runs, or goes on, until all have ended or so many lines were written. @returns the results of the runs that have ended */
async function runUntil(place: string, lines: number): Promise<Map<string, string>> {
  const child = spawn(process.execPath, [script, place], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data: Buffer) => {
    text += data.toString();
    if (text.split('\n').length > lines) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.on('close', resolve));
  return resultsOf(text);
}

const whatCounts = (results: ReadonlyMap<string, string>): unknown[] =>
  [...results.values()].map((text) => ({ ...(JSON.parse(text) as object), twice: 0, done: 0 }));

/** The results of runs that nothing interrupts. */
async function wholeResults(place: string, ids: readonly string[]): Promise<Map<string, string>> {
  const lines: string[] = [];
  await runInFolder(place, ids, (line) => lines.push(line));
  return resultsOf(lines.join('\n'));
}

it('D7 runs that are killed with their process, fifty times, go on each time to the same result', async () => {
  const expected = await wholeResults(path.join(folder, 'whole'), runIds);
  expect(JSON.parse(expected.get('r-3')!)).toMatchObject({
    status: 'success',
    parameters: { sum: 55, count: 3 },
    left: [],
    twice: [],
    ended: true,
    storageError: 'undefined',
  });
  let kills = 0;
  for (let number = 0; kills < 50; number += 1) {
    const place = path.join(folder, `run ${number}`);
    let results = new Map<string, string>();
    for (let attempt = 0; results.size < runIds.length; attempt += 1) {
      results = await runUntil(place, attempt < 4 ? 5 + ((kills * 7) % 60) : Infinity);
      kills += runIds.length - results.size;
    }
    expect(results).toEqual(expected);
  }
}, 300_000);

it('D7 a log that is cut off at any byte goes on, to the same result', async () => {
  const original = path.join(folder, 'original');
  const ids = ['r-0'];
  const expected = await wholeResults(original, ids);
  const { length } = await readFile(path.join(original, 'logs/r-0.jsonl'));
  for (let cut = 0; cut < 50; cut += 1) {
    const place = path.join(folder, `cut ${cut}`);
    await cp(original, place, { recursive: true });
    await truncate(path.join(place, 'logs/r-0.jsonl'), Math.floor((length * (cut + 0.5)) / 50));
    // What was kept in the catalog was removed when the run succeeded, so that its task runs again.
    expect(whatCounts(await wholeResults(place, ids))).toEqual(whatCounts(expected));
  }
}, 300_000);
