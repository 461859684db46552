import { after } from '../../protocol/resources.js';

/** What a browser's timers take at most. */
const longestTimer = 2 ** 31 - 1;

/** Since when somebody has had nothing to do, and what happens when that lasts. */
export class Idleness {
  readonly #timeout: number;
  readonly #onLasting: () => void;
  #since: number | undefined;
  #cancel: (() => void) | undefined;

  /** @param timeout milliseconds; what lasts longer is told, again and again until it ends. `Infinity` for never */
  constructor(timeout: number, onLasting: () => void) {
    this.#timeout = timeout;
    this.#onLasting = onLasting;
  }

  /** As `performance.now()` has it; `undefined` while there is something to do. */
  get since(): number | undefined {
    return this.#since;
  }

  /** It begins, or begins anew. */
  begin(): void {
    this.end();
    this.#since = performance.now();
    this.#wait();
  }

  end(): void {
    this.#since = undefined;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wait(): void {
    if (this.#timeout > longestTimer) return;
    this.#cancel = after(this.#timeout, () => {
      this.#wait();
      this.#onLasting();
    });
  }
}
