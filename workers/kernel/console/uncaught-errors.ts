import { PristineMap } from '../../../src/context/pristine-collections.js';
import type { Execution } from '../execution/execution.js';
import type { ConsoleEntry } from './console.js';

/** Errors of one turn of the event loop that are described although nobody caught them. */
const maxDescribed = 200;

export interface UncaughtErrorsOptions {
  /** Runs `task` in the next turn of the event loop. */
  schedule(task: () => void): void;
  /** Gets a notice at the end of a turn, for each execution of which errors were not described. */
  write(execution: Execution | undefined, notice: ConsoleEntry): void;
}

/**
 * Which errors that nobody caught are described: describing one takes longer than causing it, so of very many in one turn only the
 * first are, and the others are counted.
 */
export class UncaughtErrors {
  readonly #options: UncaughtErrorsOptions;
  readonly #counted = new PristineMap<Execution | undefined, number>();
  /** Of this turn. */
  #length = 0;

  constructor(options: UncaughtErrorsOptions) {
    this.#options = options;
  }

  /** Whether to describe an error of this execution. It needs no built-in of the realm. */
  admits(execution: Execution | undefined): boolean {
    if (this.#length === 0) this.#options.schedule(() => this.#tell());
    this.#length += 1;
    if (this.#length <= maxDescribed) return true;
    this.#counted.set(execution, (this.#counted.get(execution) ?? 0) + 1);
    return false;
  }

  #tell(): void {
    this.#length = 0;
    for (const [execution, count] of this.#counted) {
      const text = `${count.toLocaleString('en')} more errors that nobody caught are not shown.`;
      this.#options.write(execution, { method: 'notice', level: 'error', parts: [{ text }], text });
    }
    this.#counted.clear();
  }
}
