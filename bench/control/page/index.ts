import { flood, floods } from './floods.js';
import { coldStarts, openCodemode, roundTrips, stops, throughput } from './measure.js';

/** What `bench/control/run.mjs` calls in the page. */
const bench = { coldStarts, flood, floods, openCodemode, roundTrips, stops, throughput };

export type Bench = typeof bench;

Object.assign(globalThis, { bench });
