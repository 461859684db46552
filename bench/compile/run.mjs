import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { parse } from 'acorn';
import { loadCompiler } from '../context/build.mjs';
import { milliseconds, quantile, ratio } from '../control/statistics.mjs';
import { measureImports } from './imports.mjs';
import { installedPeers } from './peers.mjs';
import { cell, namesOf } from './sources.mjs';

/*
 * Prints the speed of the compiler, warm: a cell of TypeScript beside other compilers, a module beside acorn alone, cells of many
 * names, and imports of packages beside the browser's own. The ways take turns in short portions, of which the lowest tenth counts.
 * Times are of the processor, with what collects garbage beside the compiler.
 */

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '100' },
  },
});
const rounds = Number(options.rounds);

/** @param {string} name @param {string} value */
const line = (name, value) => console.log(`${name.padEnd(44)}${value}`);

/** @type {string[]} */
const missed = [];

/** @param {string} name @param {string} told @param {string} limit @param {boolean} isReached */
function goal(name, told, limit, isReached) {
  if (!isReached) missed.push(`${name}: ${told} for ${limit}`);
  line(`    ${name}`, `${told}   (goal: ${limit}, ${isReached ? 'reached' : 'missed'})`);
}

/** @param {string} name @param {number} value @param {number} most */
const atMost = (name, value, most) => goal(name, `×${value.toFixed(2)}`, `at most ×${most.toFixed(2)}`, value <= most);

const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Milliseconds of each portion by the way it was done, after as many rounds to get warm.
 *
 * @param {Readonly<Record<string, () => unknown>>} ways
 * @param {number} count
 */
async function takeTurns(ways, count) {
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, /** @type {number[]} */ ([])]));
  for (let round = -count; round < count; round++) {
    for (const [name, work] of Object.entries(ways)) {
      const from = spent();
      await work();
      if (round >= 0) times[name]?.push(spent() - from);
    }
  }
  return times;
}

const compiler = await loadCompiler();
const scope = { kind: () => undefined, isGlobal: () => false };
/** As a session compiles them. @param {string} source */
const compileCell = (source) => compiler.compileCell(source, scope, { fileName: 'cell.ts', guards: true });

/** @type {Readonly<Record<string, () => Promise<void>>>} */
const sections = {
  async cell() {
    const portion = 10;
    const ways = { 'a cell of TypeScript': compileCell, ...(await installedPeers()) };
    const times = await takeTurns(
      Object.fromEntries(
        Object.entries(ways).map(([name, compile]) => [
          name,
          async () => {
            for (let count = 0; count < portion; count++) await compile(cell);
          },
        ]),
      ),
      5 * rounds,
    );
    for (const [name, taken] of Object.entries(times)) {
      const speed = (portion * cell.length) / 1000 / quantile(taken, 0.1);
      const told = `${speed.toFixed(1)} MB/s`;
      if (name === 'a cell of TypeScript') goal(name, told, 'at least 4 MB/s', speed >= 4);
      else line(`    ${name}`, told);
    }
  },

  async module() {
    const source = await readFile(
      createRequire(import.meta.url)
        .resolve('acorn')
        .replace(/\.js$/, '.mjs'),
      'utf8',
    );
    const { alone, compiled, guarded } = await takeTurns(
      {
        alone: () => parse(source, { ecmaVersion: 'latest', sourceType: 'module' }),
        compiled: () => compiler.compileModule(source, { fileName: 'acorn.js' }),
        guarded: () => compiler.compileModule(source, { fileName: 'acorn.js', guards: true }),
      },
      Math.ceil(rounds / 5),
    );
    line('acorn, parsed by acorn alone', milliseconds(quantile(alone ?? [], 0.1)));
    atMost('compiled, of that', ratio(compiled ?? [], alone ?? []), 2.5);
    line('    with guards, as a session compiles it', `×${ratio(guarded ?? [], alone ?? []).toFixed(2)}`);
  },

  async names() {
    /** @type {number[]} */
    const perName = [];
    for (const count of [1000, 10_000, 100_000]) {
      const source = namesOf(count);
      const { taken } = await takeTurns({ taken: () => compileCell(source) }, Math.ceil(20_000 / count));
      const each = quantile(taken ?? [], 0) / count;
      line(`a cell of ${count.toLocaleString('en')} names`, `${(each * 1000).toFixed(1)} µs for each`);
      perName.push(each);
    }
    const [few = Number.NaN, more = Number.NaN, most = Number.NaN] = perName;
    atMost('10,000 names, each, of 1,000', more / few, 1.5);
    line('    100,000 names, each, of 1,000', `×${(most / few).toFixed(2)}`);
  },

  async imports() {
    await measureImports({ line, atMost, rounds: Math.ceil(rounds / 20) });
  },
};

for (const [name, measure] of Object.entries(sections)) {
  if (options.only.length > 0 && !options.only.includes(name)) continue;
  console.log(`\n${name}`);
  await measure();
}
console.log(missed.length === 0 ? '\nall goals reached' : `\ngoals missed\n${missed.join('\n')}`);
