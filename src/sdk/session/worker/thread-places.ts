/** A place for one thread, until it is left. */
export interface ThreadPlace {
  /** Of the thread in its session, from 1. */
  readonly number: number;
  /** Twice is safe. */
  leave(): void;
}

/** Places for the threads of a session. When all are taken, others wait in their order. */
export class ThreadPlaces {
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
