import { parseArgs } from 'node:util';
import { openHost } from '../control/host.mjs';
import { longestTask } from './longest-task.mjs';
import { buildPage } from './build.mjs';
import { places, shapes, texts } from './inputs.mjs';

/** @import { Page } from '@playwright/test' */
/** @import { Shown } from './page/index.js' */

/*
 * Prints how long the page's longest task is while it shows what code sends, in milliseconds of the processor, beside that of as many
 * characters of plain text: texts of all
 * scripts in each place that shows one, and values that are wide, deep or many. `--only texts --only shapes --only calls`, and
 * `--text` and `--place` and `--shape` choose.
 */

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    text: { type: 'string', multiple: true, default: [] },
    place: { type: 'string', multiple: true, default: [] },
    shape: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '2' },
  },
});
const rounds = Number(options.rounds);
/** @param {string} section */
const isWanted = (section) => options.only.length === 0 || options.only.includes(section);
/** @template T @param {Readonly<Record<string, T>>} all @param {readonly string[]} names */
const chosen = (all, names) => Object.entries(all).filter(([name]) => names.length === 0 || names.includes(name));

/**
 * The least of some rounds: what the machine does besides only adds to it.
 *
 * @param {Page} page @param {string} code @param {string} [fileName]
 * @returns {Promise<Shown & { longest: number }>}
 */
async function least(page, code, fileName) {
  /** @type {(Shown & { longest: number })[]} */
  const all = [];
  for (let round = 0; round < rounds; round++) {
    all.push(
      await longestTask(page, () =>
        page.evaluate(([text, name]) => /** @type {any} */ (globalThis).bench.show(text, name), [code, fileName]),
      ),
    );
  }
  return all.reduce((one, other) => (other.longest < one.longest ? other : one));
}

/**
 * What the browser itself needs to show a text: of a writing that it has to shape, several times as much as of plain text.
 *
 * @param {Page} page @param {string} text
 */
async function leastBare(page, text) {
  let bare = Infinity;
  for (let round = 0; round < rounds; round++) {
    const { longest } = await longestTask(page, () =>
      page.evaluate((shown) => /** @type {any} */ (globalThis).bench.bare(shown), text),
    );
    bare = Math.min(bare, longest);
  }
  return bare;
}

/** @param {string} name @param {Shown & { longest: number }} shown @param {number} plain @param {number} [bare] */
function line(name, { longest, nodes, characters }, plain, bare = Number.NaN) {
  const ratio = longest / Math.max(plain, 5);
  const beside = Number.isNaN(bare)
    ? ''
    : `, the browser alone ${bare.toFixed(1)} ms (×${(longest / Math.max(bare, 5)).toFixed(1)})`;
  console.log(
    `${name.padEnd(34)} ${longest.toFixed(0).padStart(6)} ms  ×${ratio.toFixed(1).padStart(5)}  ${nodes} nodes, ${characters} characters${beside}${ratio > 5 ? '   MORE THAN 5' : ''}`,
  );
}

/** @param {string} text @param {string} code */
const cell = (text, code) => `const t: any = JSON.parse(${JSON.stringify(JSON.stringify(text))}); ${code}`;

const host = await openHost(await buildPage());
try {
  console.log(host.name);
  if (isWanted('texts')) {
    for (const [place, code] of chosen(places, options.place)) {
      console.log(`\n${place}`);
      await host.withPage(async (page) => {
        await least(page, cell(texts['plain'] ?? '', code));
        const plain = await least(page, cell(texts['plain'] ?? '', code));
        line('plain', plain, plain.longest, await leastBare(page, plain.text));
        for (const [name, text] of chosen(texts, options.text)) {
          if (name === 'plain') continue;
          const shown = await least(page, cell(text, code));
          line(name, shown, plain.longest, await leastBare(page, shown.text));
        }
      });
    }
  }
  if (isWanted('shapes')) {
    console.log('\nshapes');
    for (const [name, [code, characters]] of chosen(shapes, options.shape)) {
      await host.withPage(async (page) => {
        const plain = await least(
          page,
          `for (let i = 0; i < ${characters / 1_000}; i++) console.log('plain text'.repeat(100))`,
        );
        line(name, await least(page, code), plain.longest);
      });
    }
  }
  if (isWanted('calls')) {
    console.log('\ncalls, with another session beside them');
    for (const [name, code] of Object.entries({
      'plain text': "for (let i = 0; i < 2_000; i++) console.log('plain text'.repeat(900)); 1",
      '200 calls of 1 MB':
        "const b = 'y'.repeat(1e6); (await Promise.all(Array.from({ length: 200 }, (_, i) => tools.echo({ i, b })))).length",
      '4 calls of 15 MB, binary':
        'const b = new Uint8Array(15e6); (await Promise.all(Array.from({ length: 4 }, (_, i) => tools.echo({ i, b })))).length',
      '200 calls of 10,000 numbers':
        'const b = Array.from({ length: 10_000 }, (_, i) => i); (await Promise.all(Array.from({ length: 200 }, (_, i) => tools.echo({ i, b })))).length',
    })) {
      const { longest, outcome, trips } = await host.withPage((page) =>
        longestTask(page, () => page.evaluate((flood) => /** @type {any} */ (globalThis).bench.beside(flood), code)),
      );
      console.log(
        `${name.padEnd(34)} ${longest.toFixed(0).padStart(6)} ms   ${outcome}; ${trips.length} executions beside it, the longest ${trips
          .slice(0, 3)
          .map((/** @type {number} */ trip) => trip.toFixed(0))
          .join(', ')} ms`,
      );
    }
  }
} finally {
  await host.close();
}
