import type { PendingEntry } from '../../../protocol/messages/wire.js';
import type { ExecutorClient } from '../../workers/executor-client.js';

/** A place for one thread, until it is left. */
export interface ThreadPlace {
  /** Of the thread in its session, from 1. */
  readonly number: number;
  /** Twice is safe. */
  leave(): void;
}

/** Milliseconds after which a thread that does not answer is left out. */
const answerTimeout = 500;

/** Places for the threads of a session. When all are taken, others wait in their order. */
export class ThreadPlaces {
  /** Threads in which code runs. */
  readonly running = new Set<Pick<ExecutorClient, 'request'>>();
  #free: number;
  #number = 0;
  readonly #waiting: ((place: ThreadPlace) => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  take(): Promise<ThreadPlace> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#admit();
    });
  }

  /** What is pending in the session itself and in its threads, oldest first. */
  async pending(own: readonly PendingEntry[]): Promise<readonly PendingEntry[]> {
    const options = { timeout: answerTimeout };
    const asked = [...this.running].map((client) => client.request('listPending', {}, options).catch(() => []));
    return [...own, ...(await Promise.all(asked)).flat()].sort((a, b) => a.since - b.since);
  }

  #admit(): void {
    while (this.#free > 0 && this.#waiting.length > 0) {
      this.#free--;
      let isTaken = true;
      const leave = (): void => {
        if (!isTaken) return;
        isTaken = false;
        this.#free++;
        this.#admit();
      };
      this.#waiting.shift()!({ number: ++this.#number, leave });
    }
  }
}
