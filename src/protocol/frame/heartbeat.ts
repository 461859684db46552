import { after, every } from '../resources.js';

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
  #answered = 0;
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

  answer(count: number): void {
    this.#answered = count;
  }

  /** No beat comes after this, whoever watches. */
  end(): void {
    this.#isOver = true;
    this.#rest();
  }

  #start(): void {
    if (this.#isOver) return;
    // An answer that was outstanding when nobody watched says nothing.
    this.#answered = this.#pings;
    this.#misses = 0;
    const { timeout } = this.#options;
    this.#stop = after(timeout * quietShare, () => {
      this.#stop = every(timeout / missesAllowed, () => this.#beat());
      this.#ping();
    });
  }

  #beat(): void {
    this.#misses = this.#answered === this.#pings ? 0 : this.#misses + 1;
    if (this.#misses < missesAllowed) {
      this.#ping();
    } else {
      this.end();
      this.#options.onSilent();
    }
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
