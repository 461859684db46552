import type { Rate } from './endpoint/token-bucket.js';

const kibi = 1024;
const mebi = 1024 * 1024;

/**
 * Characters of a frame that travels as one string. A longer text travels as UTF-8 in a buffer, whose size is known
 * cheaply.
 */
export const maxFrameCharacters = 256 * kibi;
export const maxFrameBuffers = 16;
/** Bytes of all the buffers of one frame. */
export const maxFrameBytes = 64 * mebi;
/** UTF-16 units of the text of one payload. What an encoder with its defaults writes stays below it. */
export const maxTextCharacters = 4 * mebi;

/**
 * What a worker may send, told twice. The worker keeps to the first; the gate and the host kill at the second. The second
 * is larger by what piles up while a thread is busy: every call that is in flight, at once. A small call and its reply
 * cost the page's main thread 125 to 167 µs on two busy cores, so a worker at its limit can take half of that thread.
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

/** Calls of a worker without a reply: how many it sends, and how many the host puts up with. */
export const workerInFlight = 200;
/** What output may use beyond that. */
export const workerOrderedInFlight = 250;
export const enforcedInFlight = 256;
