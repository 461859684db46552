import type { ReactiveControllerHost } from 'lit';
import type { PlaygroundTab } from './playground-tab.js';

/** A tab that was closed, and where it stood. */
export interface ClosedTab {
  readonly tab: PlaygroundTab;
  readonly index: number;
}

/** The offer to bring the tab back that was closed last. Until it has passed, the session of the tab lives on. */
export class ClosedTabOffer {
  readonly #host: ReactiveControllerHost;
  readonly #duration: number;
  #closed: ClosedTab | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param duration milliseconds for which the offer stands */
  constructor(host: ReactiveControllerHost, duration = 8000) {
    this.#host = host;
    this.#duration = duration;
  }

  get tab(): PlaygroundTab | undefined {
    return this.#closed?.tab;
  }

  /** Ends the offer before, if there is one. */
  make(tab: PlaygroundTab, index: number): void {
    this.end();
    this.#closed = { tab, index };
    this.#timer = setTimeout(() => this.end(), this.#duration);
    this.#host.requestUpdate();
  }

  /** Takes the tab back. */
  accept(): ClosedTab | undefined {
    const closed = this.#closed;
    this.#forget();
    return closed;
  }

  /** Lets the tab go, and its session with it. */
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
