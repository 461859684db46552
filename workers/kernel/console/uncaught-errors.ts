import { PristineMap } from '../../../src/context/pristine-collections.js';
import type { Execution } from '../execution/execution.js';
import type { ConsoleEntry } from './console.js';

/** Most uncaught errors described in one turn of the event loop. */
const maxDescribed = 200;

export interface UncaughtErrorsOptions {
  /** Runs `task` in the next turn of the event loop. */
  schedule(task: () => void): void;
  /** Writes a notice at the end of a turn, for each execution with errors that were only counted. */
  write(execution: Execution | undefined, notice: ConsoleEntry): void;
}

/**
 * Decides which uncaught errors are described. Describing an error takes longer than throwing it, so only the first errors of a
 * turn are described, and the rest are counted.
 */
export class UncaughtErrors {
  readonly #options: UncaughtErrorsOptions;
  readonly #counted = new PristineMap<Execution | undefined, number>();
  /** Number of errors in this turn. */
  #length = 0;

  constructor(options: UncaughtErrorsOptions) {
    this.#options = options;
  }

  /** Whether to describe an error of this execution. Uses no built-in that code may have patched. */
  admits(execution: Execution | undefined): boolean {
    if (this.#length === 0) this.#options.schedule(() => this.#writeNotices());
    this.#length += 1;
    if (this.#length <= maxDescribed) return true;
    this.#counted.set(execution, (this.#counted.get(execution) ?? 0) + 1);
    return false;
  }

  #writeNotices(): void {
    this.#length = 0;
    for (const [execution, count] of this.#counted) {
      const text = `${count.toLocaleString('en')} more uncaught errors are not shown.`;
      this.#options.write(execution, { method: 'notice', level: 'error', parts: [{ text }], text });
    }
    this.#counted.clear();
  }
}
