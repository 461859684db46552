import type { GuardRuntime } from '../../../src/compiler/guard/guard.js';
import { current } from '../../../src/context/current.js';
import type { CancelFlags } from '../../../src/protocol/frame/cancel-flags.js';
import type { SendableError } from '../../../src/protocol/messages/wire.js';
import type { Execution } from './execution.js';

// Read early: the reader's code, which may have patched the built-ins, calls the guard.
const now = performance.now.bind(performance);

/** Most loop iterations between two checks. The shortest loops take a few microseconds for them. */
const maxRounds = 16_384;
/** Most unchecked iterations at the start of a function call. The limit is lower, since calls may be frequent. */
const initialRounds = 1_024;
/** The compiler emits one tick per this many iterations. */
const roundsPerTick = 64;
/** Target range of the milliseconds between two checks. */
const minInterval = 0.5;
const maxInterval = 4;
/** After this many milliseconds without a check, the guard assumes that the execution paused. */
const pause = 100;

/**
 * Milliseconds that loops may run on after an interruption, so that `finally` blocks can clean up. After that, every loop
 * throws the interruption.
 */
const cleanUpTime = 100;

/** The same error as the page sends when it cancels by message. */
const cancelledError: SendableError = {
  name: 'CancelledError',
  message: 'The execution was stopped',
  stack: '',
  frames: [],
};

/**
 * Stops code that exceeds its time limit, or runs on after an interruption, in its loops and function calls. The time limit
 * also applies to callbacks after the execution has ended, to each uninterrupted run of them.
 */
export class LoopGuard implements GuardRuntime {
  calls = initialRounds;
  rounds = initialRounds;
  #ticks = initialRounds / roundsPerTick;
  readonly #interrupt: (execution: Execution, error: SendableError) => void;
  readonly #cancelled: Pick<CancelFlags, 'has'> | undefined;
  #unchecked = initialRounds;
  #last = 0;
  /** The execution at the latest check, and the time since when it has run without a pause. */
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
    if (elapsed < minInterval) this.#unchecked = this.#unchecked < maxRounds ? this.#unchecked * 2 : maxRounds;
    else if (elapsed > maxInterval) this.#unchecked = this.#unchecked > 8 ? this.#unchecked >> 3 : 1;
    this.rounds = this.#unchecked < initialRounds ? this.#unchecked : initialRounds;
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
    // Code that catches the error is interrupted again at the next check.
    this.calls = 0;
    this.#ticks = 0;
    throw execution.interruption as unknown as Error;
  }
}
