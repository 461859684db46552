/** An entry in the queue. */
export interface QueuedOutput {
  /** Increases from one entry to the next. */
  readonly sequence: number;
  /** The execution that wrote the entry. */
  readonly runId: string | undefined;
  readonly time: number;
}

/** Dropped entries of one execution; `sequence` and `time` are those of the last. */
export interface DroppedOutput extends QueuedOutput {
  readonly count: number;
}

export interface OutputQueueOptions<Entry extends QueuedOutput> {
  /** Sends notices of dropped entries, then entries; calls `acknowledged` when the host has received them. */
  send(dropped: readonly DroppedOutput[], entries: readonly Entry[], acknowledged: () => void): void;
  /** Runs `task` after the code that is running now, before the next task of the event loop. */
  schedule(task: () => void): void;
  /** Entries in one message. @default 250 */
  batchSize?: number;
  /** Weight of the entries in one message; a single entry may exceed it. @default 128 Ki */
  batchWeight?: number;
  /** Most unacknowledged messages. The host reads them in slices, regardless of their number. @default 16 */
  credits?: number;
  /** Most waiting entries. Beyond it, the oldest are dropped and counted. @default 100,000 */
  capacity?: number;
  /** Highest weight of all waiting entries. @default 32 Mi */
  maxWeight?: number;
  /** Number of waiting entries above which there is a flood. @default 2,000 */
  flood?: number;
}

/** Entries of one message. The array is full-size from the start, so that adding an entry runs no setter of a prototype. */
interface Batch<Entry> {
  readonly entries: (Entry | undefined)[];
  length: number;
  weight: number;
}

/**
 * Output on its way to the host, in order, with back-pressure: in a flood, entries are dropped, and the host keeps up. The oldest
 * waiting entries are dropped, so that the reader sees the first and the last entries, with a notice between them.
 */
export class OutputQueue<Entry extends QueuedOutput> {
  readonly #send: OutputQueueOptions<Entry>['send'];
  readonly #schedule: OutputQueueOptions<Entry>['schedule'];
  readonly #batchSize: number;
  readonly #batchWeight: number;
  readonly #maxBatches: number;
  readonly #maxWeight: number;
  readonly #flood: number;
  readonly #full: Batch<Entry>[] = [];
  readonly #awaited: { readonly position: number; readonly sent: () => void }[] = [];
  #open: Batch<Entry>;
  #dropped = new Map<string | undefined, DroppedOutput>();
  #credits: number;
  #weight = 0;
  #pushed = 0;
  /** How many of the pushed entries were sent or dropped. */
  #gone = 0;
  #scheduled = false;
  #flooded = false;

  constructor(options: OutputQueueOptions<Entry>) {
    this.#send = options.send;
    this.#schedule = options.schedule;
    this.#batchSize = options.batchSize ?? 250;
    this.#batchWeight = options.batchWeight ?? 128 * 1024;
    this.#maxBatches = (options.capacity ?? 100_000) / this.#batchSize;
    this.#maxWeight = options.maxWeight ?? 32 * 1024 * 1024;
    this.#credits = options.credits ?? 16;
    this.#flood = options.flood ?? 2_000;
    this.#open = this.#newBatch();
  }

  /** Whether so many entries wait, or were dropped, that new ones need no details. */
  get isFlooded(): boolean {
    return this.#flooded || this.#pushed - this.#gone > this.#flood;
  }

  /**
   * Adds an entry if that needs no built-in, since code may have patched them. Otherwise returns `false`: call `push` instead, with
   * the pristine built-ins.
   */
  pushQuickly(entry: Entry, weight: number): boolean {
    const batch = this.#open;
    if (
      !this.#scheduled ||
      batch.length === 0 ||
      batch.length === this.#batchSize ||
      batch.weight + weight > this.#batchWeight
    )
      return false;
    this.#add(batch, entry, weight);
    return true;
  }

  /** @param weight approximate characters of the entry */
  push(entry: Entry, weight: number): void {
    const { length, weight: filled } = this.#open;
    if (length === this.#batchSize || (length > 0 && filled + weight > this.#batchWeight)) this.#closeBatch();
    this.#add(this.#open, entry, weight);
    this.#sendSoon();
  }

  /** Sends waiting entries as far as there are credits. Call it before a tool call, which would overtake them. */
  sendWaiting(): void {
    while (this.#credits > 0 && this.#gone < this.#pushed) this.#sendBatch();
  }

  /** Calls back once all entries pushed so far were sent or dropped, so that output arrives before the result (C8). */
  whenSent(sent: () => void): void {
    this.#awaited.push({ position: this.#pushed, sent });
    this.sendWaiting();
    this.#tellSent();
  }

  /** Drops all waiting entries, and sends a notice at once. */
  discard(): void {
    this.#closeBatch();
    while (this.#full.length > 0) this.#dropOldest();
    if (this.#dropped.size > 0) this.#sendBatch();
  }

  #add(batch: Batch<Entry>, entry: Entry, weight: number): void {
    batch.entries[batch.length] = entry;
    batch.length++;
    batch.weight += weight;
    this.#weight += weight;
    this.#pushed++;
  }

  #newBatch(): Batch<Entry> {
    return {
      entries: Array.from<Entry | undefined>({ length: this.#batchSize }).fill(undefined),
      length: 0,
      weight: 0,
    };
  }

  #closeBatch(): void {
    if (this.#open.length === 0) return;
    this.#full.push(this.#open);
    this.#open = this.#newBatch();
    this.sendWaiting();
    while (this.#full.length > this.#maxBatches || this.#weight > this.#maxWeight) this.#dropOldest();
  }

  #dropOldest(): void {
    const batch = this.#full.shift();
    if (batch === undefined) return;
    for (const entry of this.#take(batch)) {
      const { runId, sequence, time } = entry;
      this.#dropped.set(runId, { runId, sequence, time, count: (this.#dropped.get(runId)?.count ?? 0) + 1 });
    }
    this.#flooded = true;
  }

  #sendSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => {
      this.#scheduled = false;
      this.sendWaiting();
    });
  }

  #sendBatch(): void {
    const dropped = [...this.#dropped.values()];
    this.#dropped.clear();
    const batch = this.#full.shift() ?? this.#open;
    const entries = this.#take(batch);
    this.#credits--;
    this.#send(dropped, entries, () => {
      this.#credits++;
      this.sendWaiting();
    });
    this.#tellSent();
  }

  /** Returns the entries of a batch and empties it. */
  #take(batch: Batch<Entry>): Entry[] {
    const entries = batch.entries.slice(0, batch.length) as Entry[];
    batch.entries.fill(undefined, 0, batch.length);
    this.#weight -= batch.weight;
    this.#gone += batch.length;
    batch.length = 0;
    batch.weight = 0;
    if (this.#gone === this.#pushed) this.#flooded = false;
    return entries;
  }

  #tellSent(): void {
    while (this.#awaited.length > 0 && this.#awaited[0]!.position <= this.#gone) this.#awaited.shift()!.sent();
  }
}
