import { activations } from '../../../src/context/activations/activations.js';
import type { Activation } from '../../../src/context/activations/activation.js';
import { maxTimings } from '../../../src/protocol/bounds.js';

const Float64Array = globalThis.Float64Array;
const now = performance.now.bind(performance);
const { suspend, resume, reenter } = activations;

/** Suspensions of a top level that are measured, so that a loop of awaits costs little. */
const maxMeasured = 1_000;
/** The report has two other times. */
const maxWaitTimes = maxTimings - 2;
/** Milliseconds: an `await` of less is no wait. */
const shortest = 1;

/** Measures when the top level of a cell waits. Its functions stand for those of the activations there. */
export class WaitTimes {
  // Readers may give arrays setters, which a typed array never calls.
  #times: Float64Array | undefined;
  #length = 0;
  #measured = 0;
  #since: number | undefined;

  readonly suspend: typeof suspend = (activation, value) => {
    const awaited = suspend(activation, value);
    if (this.#measured < maxMeasured) {
      this.#measured += 1;
      this.#since = now();
    }
    return awaited;
  };

  readonly resume: typeof resume = (activation, value) => {
    this.ended();
    return resume(activation, value);
  };

  readonly reenter = (activation: Activation): void => {
    this.ended();
    reenter(activation);
  };

  /** It waits no longer. */
  ended(): void {
    const since = this.#since;
    if (since === undefined) return;
    this.#since = undefined;
    const end = now();
    if (end - since < shortest || this.#length === maxWaitTimes) return;
    this.#times ??= new Float64Array(maxWaitTimes);
    this.#times[this.#length++] = since;
    this.#times[this.#length++] = end;
  }

  /** Start and end of each wait, one after the other, on the clock of `performance.now()`. Call it in the bracket of intrinsics. */
  get times(): readonly number[] {
    return [...(this.#times?.subarray(0, this.#length) ?? [])];
  }
}
