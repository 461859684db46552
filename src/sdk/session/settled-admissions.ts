import { CancelledError } from '../errors/errors.js';
import type { Admission } from '../tools/tool-service.js';

/** Executions that have ended and may still call tools from what they left running. */
const maxSettled = 1_000;
/** One for all, since making an error takes longer than all else that is done here. */
const endedLongAgo = new CancelledError('The execution ended long ago');

/** The right of executions that have ended to call tools: what they left running has it until its worker is gone. */
export class SettledAdmissions {
  /** Oldest first. */
  readonly #kept: Admission[] = [];

  keep(admission: Admission): void {
    admission.settled();
    this.#kept.push(admission);
    if (this.#kept.length > maxSettled) this.#kept.shift()?.revoke(endedLongAgo);
  }

  /** Nothing that the lost worker began may call a tool any more. */
  revokeAll(reason: unknown): void {
    for (const admission of this.#kept.splice(0)) admission.revoke(reason);
  }
}
