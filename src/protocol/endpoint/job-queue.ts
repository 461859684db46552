/**
 * Work that others cause on a thread that has more to do, such as drawing the page: it is done in order, at once as long as it takes
 * little of the thread, and else in slices, between which everything else that waits has its turn.
 */

/** Milliseconds of a slice. */
const slice = 8;
/** Milliseconds without work after which the thread has had its turn. */
const rest = 4;

/** Does its work in steps; throws what went wrong. */
export type Job = Iterator<unknown>;

/** Shares a thread's time out to queues. One is enough for a page. */
export class Pacer {
  readonly #now: () => number;
  /** Queues with work that was put off. */
  readonly #waiting = new Set<JobQueue>();
  #spent = 0;
  #rested = 0;
  #turn: MessageChannel | undefined;

  /** @param now  Milliseconds, from any start. @default performance.now */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @internal Works for a queue as long as the slice lasts; `true` when it has nothing left to do. */
  work(queue: JobQueue): boolean {
    const started = this.#now();
    if (started - this.#rested > rest) this.#spent = 0;
    let time = started;
    let isDone = false;
    try {
      while (!isDone && this.#spent + time - started < slice) {
        isDone = !queue.step();
        time = this.#now();
      }
    } finally {
      this.#spent += this.#now() - started;
      this.#rested = this.#now();
      if (isDone) this.#waiting.delete(queue);
      else this.putOff(queue);
    }
    return isDone;
  }

  /** @internal */
  putOff(queue: JobQueue): void {
    this.#waiting.add(queue);
    if (this.#turn !== undefined) return;
    this.#turn = new MessageChannel();
    this.#turn.port1.onmessage = () => this.#takeTurn();
    this.#askForTurn();
  }

  /** @internal */
  forget(queue: JobQueue): void {
    this.#waiting.delete(queue);
  }

  /** Whatever waits in the thread's queue now comes first. */
  #askForTurn(): void {
    this.#turn?.port2.postMessage(null);
  }

  /** Waiting queues take one step each, in turn, so that one with much to do delays another by a step and not by a slice. */
  #takeTurn(): void {
    const started = this.#now();
    try {
      for (const queue of this.#waiting) {
        this.#waiting.delete(queue);
        try {
          queue.step();
        } finally {
          if (queue.length > 0) this.#waiting.add(queue);
        }
        if (this.#now() - started >= slice) break;
      }
    } finally {
      this.#rested = this.#now();
      this.#spent = this.#rested - started;
      if (this.#waiting.size > 0) {
        this.#askForTurn();
      } else {
        this.#turn?.port1.close();
        this.#turn = undefined;
      }
    }
  }
}

const pagePacer = new Pacer();

/** Jobs of one source, done in the order in which they came. */
export class JobQueue {
  readonly #pacer: Pacer;
  readonly #jobs: Job[] = [];

  constructor(pacer: Pacer = pagePacer) {
    this.#pacer = pacer;
  }

  /** Jobs that are not done. */
  get length(): number {
    return this.#jobs.length;
  }

  /** Does the job now, where nothing waits before it and the thread has time. */
  push(job: Job): void {
    this.#jobs.push(job);
    if (this.#jobs.length === 1) this.#pacer.work(this);
  }

  clear(): void {
    this.#jobs.length = 0;
    this.#pacer.forget(this);
  }

  /** @internal One step of the first job; `false` when there is none left. */
  step(): boolean {
    const job = this.#jobs[0];
    if (job === undefined) return false;
    let isOver = true;
    try {
      isOver = job.next().done === true;
    } finally {
      // A job may have cleared the queue.
      if (isOver && this.#jobs[0] === job) this.#jobs.shift();
    }
    return this.#jobs.length > 0;
  }
}
