import { after, every } from '../resources/timers.js';

export interface HeartbeatOptions {
  /** Milliseconds of silence after which the other side counts as dead, roughly. */
  readonly timeout: number;
  /** Asks the other side for a sign of life; it answers with the same count. */
  ping(count: number): void;
  /** Called once. */
  onSilent(): void;
}

const missesAllowed = 2;
/** Of the timeout, before the first ping: most executions are over by then, and a ping would cost them a third of their time. */
const quietShare = 0.1;

/**
 * Asks for signs of life while somebody watches. Beats are counted, and not milliseconds: a page that was busy for long
 * has not listened for as long, and a browser slows down the timers of a page in the background.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #watchers = 0;
  #stop: (() => void) | undefined;
  #pings = 0;
  /** The ping whose answer the next beat expects. */
  #expected = 0;
  #answered = 0;
  readonly #probes: { readonly ping: number; readonly answered: () => void }[] = [];
  #misses = 0;
  #isOver = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** Beats until every watch is disposed. */
  watch(): { dispose(): void } {
    this.#watchers += 1;
    if (this.#watchers === 1) this.#start();
    let watching = true;
    return {
      dispose: () => {
        if (!watching) return;
        watching = false;
        this.#watchers -= 1;
        if (this.#watchers === 0) this.#rest();
      },
    };
  }

  /** Asks now. Resolves with the answer, and never without one: watch meanwhile, to hear of that. */
  probe(): Promise<void> {
    return new Promise((answered) => {
      this.#probes.push({ ping: this.#pings + 1, answered });
      this.#ping();
    });
  }

  answer(count: number): void {
    this.#answered = count;
    while (this.#probes.length > 0 && this.#probes[0]!.ping <= count) this.#probes.shift()!.answered();
  }

  /** No beat comes after this, whoever watches. */
  end(): void {
    this.#isOver = true;
    this.#rest();
  }

  #start(): void {
    if (this.#isOver) return;
    this.#misses = 0;
    const { timeout } = this.#options;
    this.#stop = after(timeout * quietShare, () => {
      this.#stop = every(timeout / missesAllowed, () => this.#beat());
      this.#expect();
    });
  }

  #beat(): void {
    this.#misses = this.#answered >= this.#expected ? 0 : this.#misses + 1;
    if (this.#misses < missesAllowed) {
      this.#expect();
    } else {
      this.end();
      this.#options.onSilent();
    }
  }

  #expect(): void {
    this.#ping();
    this.#expected = this.#pings;
  }

  #ping(): void {
    this.#pings += 1;
    this.#options.ping(this.#pings);
  }

  #rest(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
