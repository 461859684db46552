export interface Rate {
  /** Tokens the bucket holds when full, and holds at first. */
  readonly burst: number;
  /** Tokens that flow in per millisecond. */
  readonly perMillisecond: number;
}

/** Limits a rate. It has no clock: each call passes the time, in milliseconds. */
export class TokenBucket {
  #tokens: number;
  #filledAt: number;

  constructor(
    readonly rate: Rate,
    now: number,
  ) {
    this.#tokens = rate.burst;
    this.#filledAt = now;
  }

  /** Takes tokens if there are enough of them, and otherwise none. */
  take(tokens: number, now: number): boolean {
    this.#fill(now);
    if (tokens > this.#tokens) return false;
    this.#tokens -= tokens;
    return true;
  }

  /**
   * Milliseconds until so many tokens can be taken; 0 when they can now, Infinity when the bucket never holds as many.
   */
  delay(tokens: number, now: number): number {
    this.#fill(now);
    if (tokens <= this.#tokens) return 0;
    return tokens > this.rate.burst ? Infinity : (tokens - this.#tokens) / this.rate.perMillisecond;
  }

  #fill(now: number): void {
    // A clock that is set back must not take tokens away.
    if (now > this.#filledAt) {
      const filled = this.#tokens + (now - this.#filledAt) * this.rate.perMillisecond;
      this.#tokens = filled > this.rate.burst ? this.rate.burst : filled;
    }
    this.#filledAt = now;
  }
}
