import type { Suspension } from '../../types.js';
import { warnOfOldName } from '../../warn-once.js';

/** A suspension's outcome, which also answers to the old name of `blockers`. */
class SuspensionOutcome implements Suspension {
  constructor(
    readonly suspended: boolean,
    readonly blockers: readonly string[],
  ) {}

  get obstacles(): readonly string[] {
    warnOfOldName('"obstacles" of a suspension', 'blockers');
    return this.blockers;
  }
}

export const suspended = (): Suspension => new SuspensionOutcome(true, []);

export const notSuspended = (...blockers: string[]): Suspension => new SuspensionOutcome(false, blockers);
