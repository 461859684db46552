const clock = performance.now.bind(performance);

/** Tells since when code has kept the event loop from its next turn. Make it before the reader's code runs. */
export class LoopTurns {
  readonly #ask: () => void;
  readonly #now: () => number;
  #asked: number | undefined;
  readonly #close: () => void;

  /** @param now milliseconds, from any start. @default performance.now */
  constructor(now: () => number = clock) {
    const { port1, port2 } = new MessageChannel();
    this.#now = now;
    this.#ask = port1.postMessage.bind(port1, undefined);
    this.#close = port1.close.bind(port1);
    port2.onmessage = () => {
      this.#asked = undefined;
    };
  }

  /** Milliseconds since this was asked first in the present turn: 0 at that time. */
  get busyFor(): number {
    const time = this.#now();
    if (this.#asked === undefined) {
      this.#asked = time;
      this.#ask();
    }
    return time - this.#asked;
  }

  close(): void {
    this.#close();
  }
}
