import { parseArgs } from 'node:util';
import { buildPage } from './build.mjs';
import { measureGuards } from './guards.mjs';
import { openHost } from './host.mjs';
import { distribution, milliseconds, quantile, ratio } from './statistics.mjs';

/** @import { Page } from '@playwright/test' */
/** @import { Bench } from './page/index.js' */

/*
 * Prints the cost of control over an execution, in Chromium: round trips beside an echo over the same frame, gate, ports and
 * envelope; the time to start a session beside a bare frame and worker, to stop it and to bring it back; the number of small
 * executions in a second; loops with and without guards; and the longest gaps in the page's event loop while code floods it.
 */

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '20' },
    flood: { type: 'string', multiple: true, default: [] },
  },
});
const rounds = Number(options.rounds);

/** @param {string} name @param {string} value */
const line = (name, value) => console.log(`${name.padEnd(44)}${value}`);

/** @type {string[]} */
const missed = [];

/** A ratio or a time, beside what it is to be at most. @param {string} name @param {number} value @param {number} most */
function goal(name, value, most, unit = '×') {
  const isReached = value <= most;
  const [told, limit] = [value, most].map((number) =>
    unit === '×' ? `×${number.toFixed(2)}` : `${number.toFixed(0)} ${unit}`,
  );
  if (!isReached) missed.push(`${name}: ${told} for ${limit}`);
  line(`    ${name}`, `${told}   (goal: at most ${limit}, ${isReached ? 'reached' : 'missed'})`);
}

/** Runs a function of the page's bench. @param {Page} page @param {keyof Bench} name @param {...unknown} given */
const inPage = (page, name, ...given) =>
  page.evaluate(({ which, parameters }) => /** @type {any} */ (globalThis).bench[which](...parameters), {
    which: name,
    parameters: given,
  });

/** @type {Record<string, (page: Page) => Promise<void>>} */
const sections = {
  async 'round trips'(page) {
    const times = await inPage(page, 'roundTrips', rounds * 10);
    line('echo, page to worker', distribution(times.echo));
    line('1 + 1', distribution(times.value));
    goal('1 + 1, of the echo', ratio(times.value, times.echo), 2);
    line('another text each time', distribution(times.otherValue));
    line('', `×${ratio(times.otherValue, times.echo).toFixed(2)} of the echo`);
    line('a cell that changes a name', distribution(times.names));
    line('', `×${ratio(times.names, times.echo).toFixed(2)} of the echo`);
    line('echo, worker to page', distribution(times.echoCall));
    line('tool call', distribution(times.toolCall));
    goal('tool call, of the echo', ratio(times.toolCall, times.echoCall), 1.4);
  },

  async starts(page) {
    const { first, further, bare } = await inPage(page, 'coldStarts', rounds);
    line('first session of a page, to its first result', milliseconds(first));
    line('a frame and a worker of as many bytes', distribution(bare));
    line('further sessions', distribution(further));
    goal('further session, of the frame and worker', ratio(further, bare), 1.5);
  },

  async stops(page) {
    for (const [kind, name] of /** @type {const} */ ([
      ['neverEnds', 'code that awaits'],
      ['busy', 'a busy loop'],
    ])) {
      const { stopped, recovered, killed } = await inPage(page, 'stops', kind, Math.ceil(rounds / 2));
      line(`Stop of ${name}`, distribution(stopped));
      if (kind === 'neverEnds') goal('Stop, median', quantile(stopped, 0.5), 100, 'ms');
      line('    until the next result, variables kept', distribution(recovered));
      line('    workers that had to be ended', `${killed} of ${stopped.length}`);
    }
  },

  async throughput(page) {
    const { sequential, concurrent } = await inPage(page, 'throughput', rounds * 100);
    line('1 + 1, one after the other', `${Math.round(sequential)} a second`);
    line('1 + 1, a hundred at once', `${Math.round(concurrent)} a second`);
  },

  async guards(page) {
    for (const { name, plain, guarded } of await measureGuards(page, rounds * 10)) {
      line(name, `${milliseconds(quantile(plain, 0.1))} without`);
      goal(`${name}, guarded`, ratio(guarded, plain), 1.1);
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
    await host.withPage(measure, name === 'guards');
  }
  if (options.only.length === 0 || options.only.includes('floods')) {
    console.log('\nfloods');
    await measureFloods(host);
  }
  console.log(missed.length === 0 ? '\nall goals reached' : `\ngoals missed\n${missed.join('\n')}`);
} finally {
  await host.close();
}
