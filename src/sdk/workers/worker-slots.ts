import { after, listen } from '../../protocol/resources.js';
import { SessionLimitError } from '../errors/errors.js';

export interface WorkerSlotsOptions {
  /** How many may be taken at a time. */
  readonly max: number;
  /** Milliseconds that somebody waits for one before it is an error. */
  readonly patience: number;
  /** Frees one that is taken and not needed. Resolves with whether it could. */
  readonly makeRoom: () => Promise<boolean>;
  /** Who has them, for the error. */
  readonly holders: () => readonly string[];
}

/** How many sessions may have a worker at a time. Who comes when all are taken waits, first come, first served. */
export class WorkerSlots {
  readonly #options: WorkerSlotsOptions;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #isMakingRoom = false;
  /** Also set while room is being made: who could not spare one a moment ago may be able to now. */
  #mayBeRoom = false;

  constructor(options: WorkerSlotsOptions) {
    this.#options = options;
  }

  get free(): number {
    return this.#options.max - this.#taken;
  }

  /**
   * Resolves with the way to give the slot back; twice is safe.
   * @throws SessionLimitError when none became free in time; the signal's reason
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
      else next();
    };
  }

  /** Somebody who has one may be able to spare it now. */
  async lookForRoom(): Promise<void> {
    this.#mayBeRoom = true;
    if (this.#isMakingRoom) return;
    this.#isMakingRoom = true;
    try {
      while (this.#waiting.length > 0 && this.#mayBeRoom) {
        this.#mayBeRoom = false;
        if (await this.#options.makeRoom()) this.#mayBeRoom = true;
      }
    } finally {
      this.#isMakingRoom = false;
    }
  }

  #whenFree(signal: AbortSignal): Promise<void> {
    const { max, patience, holders } = this.#options;
    return new Promise((resolve, reject) => {
      const settle = (run: () => void): void => {
        for (const release of releases) release();
        const index = this.#waiting.indexOf(enter);
        if (index >= 0) this.#waiting.splice(index, 1);
        run();
      };
      // It is handed over taken.
      const enter = (): void => settle(resolve);
      const releases = [
        after(patience, () => settle(() => reject(new SessionLimitError(max, patience, holders())))),
        listen(signal, 'abort', () => settle(() => reject(signal.reason as Error))),
      ];
      this.#waiting.push(enter);
      void this.lookForRoom();
    });
  }
}
