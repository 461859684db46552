import type { GuardRuntime } from '../../../src/compiler/guard/guard.js';
import { current } from '../../../src/context/current.js';
import type { CancelFlags } from '../../../src/protocol/frame/cancel-flags.js';
import type { SendableError } from '../../../src/protocol/messages/wire.js';
import type { Execution } from './execution.js';

// Called by the reader's code, whatever that has made of the built-ins.
const now = performance.now.bind(performance);

/** Of how many rounds a loop leaves unchecked at most: one of the shortest is asked every few microseconds. */
const mostRounds = 16_384;
/** Functions are called anew all the time: what they leave unchecked each time is less. */
const mostRoundsAtFirst = 1_024;
/** As the compiler writes it. */
const roundsPerTick = 64;
/** Milliseconds between two checks that are to be aimed at. */
const soonest = 0.5;
const latest = 4;
/** Milliseconds without a check after which something else must have run. */
const pause = 100;

/**
 * Milliseconds that loops of an interrupted execution go on, so that what is in a `finally` can clean up. After that every
 * one of them throws the interruption.
 */
const cleanUpTime = 100;

/** As the page says it where it can tell the worker itself. */
const cancelledError: SendableError = {
  name: 'CancelledError',
  message: 'The execution was stopped',
  stack: '',
  frames: [],
};

/**
 * Ends code that runs longer than it may, or that goes on after it was interrupted, in the loops and calls that it makes.
 * What an execution left running, once it has ended, may run as long again at a time.
 */
export class LoopGuard implements GuardRuntime {
  calls = mostRoundsAtFirst;
  rounds = mostRoundsAtFirst;
  #ticks = mostRoundsAtFirst / roundsPerTick;
  readonly #interrupt: (execution: Execution, error: SendableError) => void;
  readonly #cancelled: Pick<CancelFlags, 'has'> | undefined;
  #unchecked = mostRoundsAtFirst;
  #last = 0;
  /** Who was seen last, and since when without a pause. */
  #busy: Execution | undefined;
  #busySince = 0;

  constructor(
    interrupt: (execution: Execution, error: SendableError) => void,
    cancelled: Pick<CancelFlags, 'has'> | undefined,
  ) {
    this.#interrupt = interrupt;
    this.#cancelled = cancelled;
  }

  tick(): void {
    if (--this.#ticks < 0) this.check();
  }

  check(): number {
    const time = now();
    const elapsed = time - this.#last;
    this.#last = time;
    if (elapsed < soonest) this.#unchecked = this.#unchecked < mostRounds ? this.#unchecked * 2 : mostRounds;
    else if (elapsed > latest) this.#unchecked = this.#unchecked > 8 ? this.#unchecked >> 3 : 1;
    this.rounds = this.#unchecked < mostRoundsAtFirst ? this.#unchecked : mostRoundsAtFirst;
    this.calls = this.#unchecked;
    this.#ticks = this.#unchecked / roundsPerTick;
    const execution = current.mapping?.execution as Execution | undefined;
    if (elapsed > pause || execution !== this.#busy) {
      this.#busy = execution;
      this.#busySince = time;
    }
    if (execution !== undefined) this.#checkExecution(execution, time);
    return this.#unchecked;
  }

  #checkExecution(execution: Execution, time: number): void {
    const { timeLimit, settled, started } = execution;
    if (execution.interruption === undefined) {
      if (this.#cancelled?.has(execution.cell) === true) this.#interrupt(execution, cancelledError);
      else if (timeLimit === undefined || time - (settled ? this.#busySince : started) < timeLimit.milliseconds) return;
      else this.#interrupt(execution, timeLimit.error);
    } else if (time < execution.interruptedAt + cleanUpTime) return;
    // Whatever catches this meets the next check at once.
    this.calls = 0;
    this.#ticks = 0;
    throw execution.interruption as unknown as Error;
  }
}
