import type { Suspension } from '../types.js';

let hasNoticed = false;

/** A suspension's outcome, which also answers to the old name of `blockers`. */
class SuspensionOutcome implements Suspension {
  constructor(
    readonly suspended: boolean,
    readonly blockers: readonly string[],
  ) {}

  get obstacles(): readonly string[] {
    if (!hasNoticed) {
      hasNoticed = true;
      console.warn(
        '"obstacles" of a suspension is now called "blockers". The old name stops working in the next release.',
      );
    }
    return this.blockers;
  }
}

export const suspended = (): Suspension => new SuspensionOutcome(true, []);

export const notSuspended = (...blockers: string[]): Suspension => new SuspensionOutcome(false, blockers);
