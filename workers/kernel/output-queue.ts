import type { WireOutput } from '../../src/protocol/wire.js';

export interface OutputQueueOptions {
  /** Sends entries to the host; `acknowledged` is called when the host has taken them. */
  send(entries: readonly WireOutput[], dropped: number, acknowledged: () => void): void;
  /** Runs `task` after the code that is running now, before the next task of the event loop. */
  schedule(task: () => void): void;
  /** Entries in one message. @default 500 */
  batchSize?: number;
  /** Characters of the texts in one message, roughly; one entry may exceed it. @default 256 Ki */
  batchCharacters?: number;
  /** Messages on their way that the host has not acknowledged. @default 4 */
  credits?: number;
  /** Entries that wait; beyond it they are dropped and counted. @default 2,000 */
  capacity?: number;
}

/**
 * Output on its way to the host, in order, with back-pressure: a flood costs what is dropped, never the host's time.
 * `flush` empties it regardless of credits, so that output arrives before the result that ends it (C8).
 */
export class OutputQueue {
  readonly #send: OutputQueueOptions['send'];
  readonly #schedule: OutputQueueOptions['schedule'];
  readonly #batchSize: number;
  readonly #batchCharacters: number;
  readonly #capacity: number;
  #credits: number;
  #waiting: WireOutput[] = [];
  #dropped = 0;
  #scheduled = false;

  constructor(options: OutputQueueOptions) {
    this.#send = options.send;
    this.#schedule = options.schedule;
    this.#batchSize = options.batchSize ?? 500;
    this.#credits = options.credits ?? 4;
    this.#batchCharacters = options.batchCharacters ?? 256 * 1024;
    this.#capacity = options.capacity ?? 2_000;
  }

  /** Whether an entry pushed now would be dropped: a caller may then save itself the making of it. */
  get isFull(): boolean {
    return this.#waiting.length >= this.#capacity;
  }

  /** Takes an entry, or counts it as dropped. */
  push(entry: WireOutput): void {
    if (this.isFull) {
      this.drop();
      return;
    }
    this.#waiting.push(entry);
    if (this.#waiting.length >= this.#batchSize) this.#sendBatches();
    else this.#sendSoon();
  }

  drop(): void {
    this.#dropped++;
    this.#sendSoon();
  }

  /** Sends what waits as far as there are credits: before a call of a tool, which would overtake it. */
  sendWaiting(): void {
    this.#sendBatches();
  }

  flush(): void {
    while (this.#waiting.length > 0 || this.#dropped > 0) this.#sendBatch();
  }

  #sendSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => {
      this.#scheduled = false;
      this.#sendBatches();
    });
  }

  #sendBatches(): void {
    while (this.#credits > 0 && (this.#waiting.length > 0 || this.#dropped > 0)) this.#sendBatch();
  }

  #batchLength(): number {
    let characters = 0;
    let length = 0;
    while (length < this.#waiting.length && length < this.#batchSize) {
      characters += this.#waiting[length]!.text.length;
      if (length > 0 && characters > this.#batchCharacters) break;
      length++;
    }
    return length;
  }

  #sendBatch(): void {
    const batch = this.#waiting.splice(0, this.#batchLength());
    const dropped = this.#dropped;
    this.#dropped = 0;
    this.#credits--;
    this.#send(batch, dropped, () => {
      this.#credits++;
      this.#sendBatches();
    });
  }
}
