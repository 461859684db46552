import { parseArgs } from 'node:util';
import { buildRealms, loadCompiler } from './build.mjs';
import { chromiumHost, nodeHost } from './hosts.mjs';
import { loops } from './loops.js';

/*
 * Prints the cost of the ambient context: loops native, compiled and with zone.js, in Node and in a worker of Chromium. The ways
 * take turns loop by loop, and the fastest run of each counts: other work of the machine only adds time.
 */

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '25' },
    host: { type: 'string', multiple: true, default: ['node', 'chromium'] },
  },
});
const rounds = Number(options.rounds);

/** The share of its count that each way runs at a time: short enough for a quiet moment, and long enough for a clock of 0.1 ms. */
const shares = /** @type {const} */ ({ native: 0.5, instrumented: 0.5, zone: 0.05 });

/** @typedef {keyof typeof shares} Way */

/**
 * Least milliseconds of a loop by way to run it, for its whole count.
 *
 * @param {import('./hosts.mjs').Host} host
 * @param {readonly Way[]} ways
 * @param {number} loop
 */
async function measure(host, ways, loop) {
  const best = new Map(ways.map((way) => [way, Infinity]));
  for (const way of ways) await host.run(way, loop, 2 * shares[way]);
  for (let round = 0; round < rounds; round++) {
    for (const [way, least] of best) {
      const share = shares[way];
      best.set(way, Math.min(least, (await host.run(way, loop, share)) / share));
    }
  }
  return best;
}

/** @param {number} milliseconds @param {number} native */
const cellOf = (milliseconds, native) =>
  `${milliseconds.toFixed(0)} ms`.padStart(9) + `  ×${(milliseconds / native).toFixed(2)}`.padEnd(9);

const compiler = await loadCompiler();
const scripts = await buildRealms(compiler);
const ways = /** @type {Way[]} */ (Object.keys(scripts));
const hosts = { node: nodeHost, chromium: chromiumHost };

for (const [key, makeHost] of Object.entries(hosts)) {
  if (!options.host.includes(key)) continue;
  const host = await makeHost(scripts);
  try {
    console.log(`\n${host.name}\n${''.padEnd(34)}native      instrumented      zone.js + ES2016`);
    for (const [index, { name, count }] of loops.entries()) {
      const times = await measure(host, ways, index);
      const native = /** @type {number} */ (times.get('native'));
      const others = /** @type {const} */ (['instrumented', 'zone']).map((way) =>
        cellOf(/** @type {number} */ (times.get(way)), native),
      );
      console.log(
        `${`${name} (${count.toLocaleString('en')})`.padEnd(34)}${native.toFixed(0).padStart(3)} ms ${others.join('  ')}`,
      );
    }
  } finally {
    await host.close();
  }
}
