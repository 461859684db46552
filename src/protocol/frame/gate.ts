import { packetSize, isPacket } from '../endpoint/envelope.js';
import { enforcedTraffic, type TrafficLimits } from '../endpoint/traffic.js';
import { TokenBucket } from '../endpoint/token-bucket.js';

/**
 * Stands in the frame between the worker and the page and looks at every message of the worker. The size of a message
 * is unknowable before it is deserialized, and that happens here, in the frame's process, and not in the page's.
 */
export class Gate {
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor(now: number, traffic: TrafficLimits = enforcedTraffic) {
    this.#messages = new TokenBucket(traffic.messages, now);
    this.#bytes = new TokenBucket(traffic.bytes, now);
  }

  /** Why a message must not pass, or `undefined` when it may. `now` is in milliseconds, from any start. */
  refuse(data: unknown, ports: number, now: number): string | undefined {
    if (!this.#messages.take(1, now)) return 'too many messages';
    if (ports > 0 || !isPacket(data)) return 'a message that is invalid or too large';
    return this.#bytes.take(packetSize(data), now) ? undefined : 'too many bytes';
  }
}
