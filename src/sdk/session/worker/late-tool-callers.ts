import { CancelledError } from '../../errors/execution-errors.js';
import type { Admission } from '../../tools/tool-service.js';

/** Ended executions whose background work may still call tools. */
const maxAdmissions = 1_000;
/** One error for all, since making one costs more than everything else here. */
const endedLongAgo = new CancelledError('The execution ended long ago. Await tool calls before the code ends.');

/** Lets pending work of ended executions call tools, for `limits.lateToolCalls` at most, until their worker ends. */
export class LateToolCallers {
  /** Oldest first. */
  readonly #admissions: Admission[] = [];

  /** @param lateToolCalls milliseconds */
  add(admission: Admission, lateToolCalls: number): void {
    admission.settled(lateToolCalls);
    this.#admissions.push(admission);
    if (this.#admissions.length > maxAdmissions) this.#admissions.shift()?.revoke(endedLongAgo);
  }

  revokeAll(reason: unknown): void {
    for (const admission of this.#admissions.splice(0)) admission.revoke(reason);
  }
}
