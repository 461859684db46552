import { parseArgs } from 'node:util';
import { buildPage } from './build.mjs';
import { measureGuards } from './guards.mjs';
import { openHost } from './host.mjs';
import { distribution, milliseconds, quantile } from './statistics.mjs';

/** @import { Page } from '@playwright/test' */
/** @import { Bench } from './page/index.js' */

/*
 * Prints the cost of control over an execution, in Chromium: round trips beside an echo over the same frame, gate, ports and
 * envelope; the time to start a session, to stop it and to bring it back; the number of small executions in a second; and the
 * longest gaps in the page's event loop while code floods it.
 */

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '20' },
    flood: { type: 'string', multiple: true, default: [] },
  },
});
const rounds = Number(options.rounds);

/** @typedef {{ readonly bench: Bench }} BenchWindow */

/** @param {string} name @param {string} value @param {string} [target] */
const line = (name, value, target) =>
  console.log(`${name.padEnd(44)}${value}${target === undefined ? '' : `   (to reach: ${target})`}`);

/** @type {Record<string, (page: Page) => Promise<void>>} */
const sections = {
  async 'round trips'(page) {
    const times = await page.evaluate((portions) => /** @type {any} */ (globalThis).bench.roundTrips(portions), rounds);
    line('echo, page to worker', distribution(times.echo));
    line('1 + 1', distribution(times.value));
    line('', `×${(quantile(times.value, 0.5) / quantile(times.echo, 0.5)).toFixed(2)} of the echo`, 'at most ×2');
    line('echo, worker to page', distribution(times.echoCall));
    line('tool call', distribution(times.toolCall));
    line(
      '',
      `×${(quantile(times.toolCall, 0.5) / quantile(times.echoCall, 0.5)).toFixed(2)} of the echo`,
      'at most ×1.5',
    );
  },

  async starts(page) {
    const { first, further } = await page.evaluate(
      (count) => /** @type {any} */ (globalThis).bench.coldStarts(count),
      rounds,
    );
    line('first session of a page, to its first result', milliseconds(first));
    line('further sessions', distribution(further), 'at most 150 ms');
  },

  async stops(page) {
    for (const [kind, name] of /** @type {const} */ ([
      ['neverEnds', 'code that awaits'],
      ['busy', 'a busy loop'],
    ])) {
      const { stopped, recovered, killed } = await page.evaluate(
        ({ kind: which, count }) => /** @type {any} */ (globalThis).bench.stops(which, count),
        { kind, count: Math.ceil(rounds / 2) },
      );
      line(`Stop of ${name}`, distribution(stopped), kind === 'neverEnds' ? 'at most 100 ms' : undefined);
      line('    until the next result, variables kept', distribution(recovered), 'at most 1 s');
      line('    workers that had to be ended', `${killed} of ${stopped.length}`);
    }
  },

  async throughput(page) {
    const { sequential, concurrent } = await page.evaluate(
      (count) => /** @type {any} */ (globalThis).bench.throughput(count),
      rounds * 100,
    );
    line('1 + 1, one after the other', `${Math.round(sequential)} a second`);
    line('1 + 1, a hundred at once', `${Math.round(concurrent)} a second`);
  },

  async guards(page) {
    for (const { name, plain, guarded } of await measureGuards(page, 2 * rounds)) {
      line(name, `${milliseconds(plain)} without, ×${(guarded / plain).toFixed(2)} with guards`, 'at most ×1.1');
    }
  },
};

/** Each runs in a page of its own: the garbage of one must not slow the next. @param {import('./host.mjs').Host} host */
async function measureFloods(host) {
  const names = Object.keys(
    await host.withPage((page) => page.evaluate(() => /** @type {any} */ (globalThis).bench.floods)),
  );
  for (const name of names) {
    if (options.flood.length > 0 && !options.flood.includes(name)) continue;
    /** @type {import('./page/floods.js').Flood} */
    const { ok, took, gaps, lines, notices, heap } = await host.withPage((page) =>
      page.evaluate((flood) => /** @type {any} */ (globalThis).bench.flood(flood), name),
    );
    const told = [
      `${lines} lines`,
      `${milliseconds(took)}${ok ? '' : ', failed'}`,
      heap === undefined ? '' : `heap +${heap.toFixed(0)} MB`,
    ];
    line(name, `longest gaps ${gaps.map((gap) => gap.toFixed(0)).join(', ')} ms   ${told.join(', ')}`);
    for (const notice of notices) line('', notice);
  }
}

const host = await openHost(await buildPage());
try {
  console.log(host.name);
  for (const [name, measure] of Object.entries(sections)) {
    if (options.only.length > 0 && !options.only.includes(name)) continue;
    console.log(`\n${name}`);
    await host.withPage(measure);
  }
  if (options.only.length === 0 || options.only.includes('floods')) {
    console.log('\nfloods');
    await measureFloods(host);
  }
} finally {
  await host.close();
}
