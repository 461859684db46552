import type { SendableError, TimeLimit } from '../../protocol/messages/wire.js';
import { timeoutMessage } from '../errors/execution-errors.js';

/** The reason why an execution was stopped, and the error of its result. */
export interface StopCause {
  readonly outcome: 'cancelled' | 'timed-out';
  readonly error: SendableError;
}

/** @param reason an error, whose message is taken, or a text */
export function cancelled(reason: unknown = 'The execution was stopped'): StopCause {
  const message = reason instanceof Error ? reason.message : String(reason);
  return { outcome: 'cancelled', error: withoutFrames('CancelledError', message) };
}

/** @param timeout milliseconds that the code was given */
export function timedOut(timeout: number): StopCause {
  const error = withoutFrames('ExecutionTimeoutError', timeoutMessage(Math.round(timeout)));
  return { outcome: 'timed-out', error };
}

/** The time limit of the code, for the worker. */
export function timeLimit(milliseconds: number): TimeLimit {
  return { milliseconds, error: timedOut(milliseconds).error };
}

function withoutFrames(name: string, message: string): SendableError {
  return { name, message, stack: `${name}: ${message}`, frames: [] };
}
