import { after } from '../../protocol/resources/timers.js';
import { listen } from '../../protocol/resources/listen.js';
import { SessionLimitError } from '../errors/session-errors.js';

export interface WorkerLimitOptions {
  /** Workers at a time. */
  readonly max: number;
  /** Milliseconds that a caller waits for a place, from when one was handed to a caller before it. */
  readonly timeout: number;
  /** Gives back a place that its holder can spare. Resolves with whether there was one. */
  readonly freeOne: () => Promise<boolean>;
  /** Names of the sessions that hold the places, for the error. */
  readonly holders: () => readonly string[];
}

/** Places for a limited number of workers. When all are taken, callers wait in their order. */
export class WorkerLimit {
  readonly #options: WorkerLimitOptions;
  readonly #waiting: { readonly enter: () => void; readonly waitOn: () => void }[] = [];
  #taken = 0;
  #isFreeing = false;
  /** Set while a place is being freed, too: a holder that could not spare its place a moment ago may be able to now. */
  #maySpareOne = false;

  constructor(options: WorkerLimitOptions) {
    this.#options = options;
  }

  get free(): number {
    return this.#options.max - this.#taken;
  }

  /**
   * Takes a place. The returned function gives it back; calling it twice is safe.
   * @throws SessionLimitError when no place became free in time; the signal's reason
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#taken < this.#options.max) this.#taken++;
    else await this.#whenFree(signal);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const next = this.#waiting.shift();
      if (next === undefined) this.#taken--;
      else next.enter();
      // Of many that wait, the last one has as much patience as the first.
      for (const { waitOn } of this.#waiting) waitOn();
    };
  }

  /** Frees places for those who wait. To be called when a holder may be able to spare its place. */
  async freeForWaiting(): Promise<void> {
    this.#maySpareOne = true;
    if (this.#isFreeing) return;
    this.#isFreeing = true;
    try {
      while (this.#waiting.length > 0 && this.#maySpareOne) {
        this.#maySpareOne = false;
        if (await this.#options.freeOne()) this.#maySpareOne = true;
      }
    } finally {
      this.#isFreeing = false;
    }
  }

  #whenFree(signal: AbortSignal): Promise<void> {
    const { max, timeout, holders } = this.#options;
    return new Promise((resolve, reject) => {
      let cancelTimer = (): void => undefined;
      const settle = (run: () => void): void => {
        cancelTimer();
        unlisten();
        const index = this.#waiting.indexOf(waiting);
        if (index >= 0) this.#waiting.splice(index, 1);
        run();
      };
      const waiting = {
        // Whoever gives the place back hands it over, still taken.
        enter: () => settle(resolve),
        waitOn: () => {
          cancelTimer();
          cancelTimer = after(timeout, () => settle(() => reject(new SessionLimitError(max, timeout, holders()))));
        },
      };
      const unlisten = listen(signal, 'abort', () => settle(() => reject(signal.reason as Error)));
      waiting.waitOn();
      this.#waiting.push(waiting);
      void this.freeForWaiting();
    });
  }
}
