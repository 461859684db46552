import { after } from '../../../protocol/resources/timers.js';

/** Longest delay that a browser's timers take. */
const longestTimer = 2 ** 31 - 1;

/** How long something has been idle. Calls back each time the idle time reaches the timeout, until it is stopped. */
export class IdleTimer {
  readonly #timeout: number;
  readonly #onTimeout: () => void;
  #since: number | undefined;
  #cancel: (() => void) | undefined;

  /** @param timeout milliseconds; `Infinity` for never */
  constructor(timeout: number, onTimeout: () => void) {
    this.#timeout = timeout;
    this.#onTimeout = onTimeout;
  }

  /** Start of the idle time, on the clock of `performance.now()`; `undefined` while stopped. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Starts, or starts again from zero. */
  start(): void {
    this.stop();
    this.#since = performance.now();
    this.#wait();
  }

  stop(): void {
    this.#since = undefined;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wait(): void {
    if (this.#timeout > longestTimer) return;
    this.#cancel = after(this.#timeout, () => {
      this.#wait();
      this.#onTimeout();
    });
  }
}
