import type { Rate } from './token-bucket.js';

const kibi = 1024;
const mebi = 1024 * 1024;

/**
 * How much a worker may send, twice. The worker keeps to the first; the gate and the host close the port at the second.
 * The second is larger by what piles up while a thread is busy: every call that is in flight, at once. A small call and
 * its reply cost the page's main thread 125 to 167 µs on two busy cores, so a worker at its limit can take half of that
 * thread.
 */
export interface TrafficLimits {
  readonly messages: Rate;
  readonly bytes: Rate;
}

export const workerTraffic: TrafficLimits = {
  messages: { burst: 50, perMillisecond: 3 },
  bytes: { burst: 72 * mebi, perMillisecond: 8 * kibi },
};

export const enforcedTraffic: TrafficLimits = {
  messages: { burst: 320, perMillisecond: 4 },
  bytes: { burst: 128 * mebi, perMillisecond: 16 * kibi },
};

/** Calls of a worker without a reply: how many it sends, and how many the host accepts. */
export const workerInFlight = 200;
/** How many of them output may use. */
export const workerOrderedInFlight = 250;
export const enforcedInFlight = 256;
