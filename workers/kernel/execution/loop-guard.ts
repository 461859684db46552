import type { GuardRuntime } from '../../../src/compiler/guard/guard.js';
import { current } from '../../../src/context/current.js';
import type { CancelFlags } from '../../../src/protocol/frame/cancel-flags.js';
import type { SendableError } from '../../../src/protocol/messages/wire.js';
import type { Execution } from './execution.js';
import type { LoopTurns } from './loop-turns.js';
import { bareError } from './sendable-error.js';

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
/** Milliseconds without a turn of the event loop after which the host learns whose code runs. */
const longTurn = 100;

/**
 * Milliseconds that loops may run on after an interruption, so that `finally` blocks can clean up. After that, every loop
 * throws the interruption.
 */
const cleanUpTime = 100;

export interface LoopGuardOptions {
  /** Stops an execution. */
  interrupt(execution: Execution, error: SendableError): void;
  /** Cells to cancel, where memory can be shared. */
  readonly cancelled: Pick<CancelFlags, 'has'> | undefined;
  readonly turns: Pick<LoopTurns, 'busyFor'>;
  /** The code of an execution has kept the event loop for long. Called once in a turn. */
  keepsLoop(execution: Execution): void;
  /** Milliseconds that pending work of an ended execution may keep the event loop. */
  readonly lateWork: number;
}

/** The same error as the page sends when it cancels by message. */
const cancelledError = bareError('CancelledError', 'The execution was stopped');

function lateWorkError({ fileName }: Execution, lateWork: number): SendableError {
  const message = `The pending work of ${fileName} was stopped: it kept the worker busy for ${lateWork} ms`;
  return bareError('ExecutionTimeoutError', message);
}

/**
 * Stops code that exceeds its time limit, or runs on after an interruption, in its loops and function calls. Callbacks of an
 * execution that has ended have a limit of their own, for each turn of the event loop.
 */
export class LoopGuard implements GuardRuntime {
  calls = initialRounds;
  rounds = initialRounds;
  #ticks = initialRounds / roundsPerTick;
  readonly #options: LoopGuardOptions;
  #unchecked = initialRounds;
  #last = 0;
  /** The execution of the latest check, and how long the turn had lasted when it was first seen. */
  #busy: Execution | undefined;
  #busyFrom = 0;
  #isTold = false;

  constructor(options: LoopGuardOptions) {
    this.#options = options;
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
    if (execution !== undefined) this.#checkExecution(execution, time);
    return this.#unchecked;
  }

  #checkExecution(execution: Execution, time: number): void {
    const { interrupt, cancelled, turns, keepsLoop, lateWork } = this.#options;
    const { busyFor } = turns;
    if (execution !== this.#busy || busyFor < this.#busyFrom) {
      this.#busy = execution;
      this.#busyFrom = busyFor;
      this.#isTold = false;
    }
    const busy = busyFor - this.#busyFrom;
    if (busy < longTurn) this.#isTold = false;
    else if (!this.#isTold) {
      this.#isTold = true;
      keepsLoop(execution);
    }
    const { timeLimit, settled, started } = execution;
    if (execution.interruption === undefined) {
      if (cancelled?.has(execution.cell) === true) interrupt(execution, cancelledError);
      else if (settled) {
        if (busy < lateWork) return;
        interrupt(execution, lateWorkError(execution, lateWork));
      } else if (timeLimit === undefined || time - started < timeLimit.milliseconds) return;
      else interrupt(execution, timeLimit.error);
    } else if (time < execution.interruptedAt + cleanUpTime) return;
    // Code that catches the error is interrupted again at the next check.
    this.calls = 0;
    this.#ticks = 0;
    throw execution.interruption as unknown as Error;
  }
}
