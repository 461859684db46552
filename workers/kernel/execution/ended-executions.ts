import type { Execution } from './execution.js';

/** Executions that ended, for as long as something of theirs may still run: what it runs in keeps them alive. */
export class EndedExecutions {
  #ended: WeakRef<Execution>[] = [];
  #sweepAt = 64;

  add(execution: Execution): void {
    this.#ended.push(new WeakRef(execution));
    if (this.#ended.length < this.#sweepAt) return;
    this.#ended = this.#ended.filter((ended) => ended.deref());
    this.#sweepAt = 64 + 2 * this.#ended.length;
  }

  /** Gives each to the callback once, and forgets it. */
  takeAll(take: (execution: Execution) => void): void {
    const ended = this.#ended;
    this.#ended = [];
    for (const one of ended) {
      const execution = one.deref();
      if (execution) take(execution);
    }
  }
}
