import { CancelledError } from '../../errors/execution-errors.js';
import type { Admission } from '../../tools/tool-service.js';

/** Ended executions whose background work may still call tools. */
const maxAdmissions = 1_000;
/** One error for all, since making one costs more than everything else here. */
const endedLongAgo = new CancelledError('The execution ended long ago. Await tool calls before the code ends.');

/**
 * Lets pending work of ended executions call tools until their worker ends: for as long as such work is left, and for
 * `limits.lateToolCalls` after it.
 */
export class LateToolCallers {
  /** Oldest first. */
  readonly #admissions: Admission[] = [];
  /** Those whose work may still be left. */
  readonly #working = new Set<Admission>();

  /**
   * @param lateToolCalls milliseconds
   * @param leavesWork whether work is left, of this execution or another
   */
  add(admission: Admission, lateToolCalls: number, leavesWork: boolean): void {
    admission.settled(lateToolCalls);
    this.#admissions.push(admission);
    if (leavesWork) this.#working.add(admission);
    if (this.#admissions.length <= maxAdmissions) return;
    const oldest = this.#admissions.shift()!;
    this.#working.delete(oldest);
    oldest.revoke(endedLongAgo);
  }

  /** Work is left: the time of late calls begins anew. */
  workIsLeft(lateToolCalls: number): void {
    for (const admission of this.#working) admission.settled(lateToolCalls);
  }

  /** No work is left. */
  workHasEnded(): void {
    this.#working.clear();
  }

  revokeAll(reason: unknown): void {
    this.#working.clear();
    for (const admission of this.#admissions.splice(0)) admission.revoke(reason);
  }
}
