import type { ReactiveControllerHost } from 'lit';
import type { PlaygroundTab } from './playground-tab.js';

/** A closed tab and its former position. */
export interface ClosedTab {
  readonly tab: PlaygroundTab;
  readonly index: number;
}

/** The offer to reopen the tab that was closed last. The session of the tab stays open until the offer ends. */
export class ClosedTabOffer {
  readonly #host: ReactiveControllerHost;
  readonly #duration: number;
  #closed: ClosedTab | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param duration of the offer, in milliseconds */
  constructor(host: ReactiveControllerHost, duration = 8000) {
    this.#host = host;
    this.#duration = duration;
  }

  get tab(): PlaygroundTab | undefined {
    return this.#closed?.tab;
  }

  /** Ends the previous offer, if any. */
  make(tab: PlaygroundTab, index: number): void {
    this.end();
    this.#closed = { tab, index };
    this.#timer = setTimeout(() => this.end(), this.#duration);
    this.#host.requestUpdate();
  }

  /** Reopens the tab. */
  accept(): ClosedTab | undefined {
    const closed = this.#closed;
    this.#forget();
    return closed;
  }

  /** Releases the tab and its session. */
  end(): void {
    const closed = this.#closed;
    this.#forget();
    void closed?.tab.release();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#closed = undefined;
    this.#host.requestUpdate();
  }
}
