import { PublicError } from '../../protocol/endpoint/call-errors.js';
import type { ExecutionPhase } from '../execution-phase.js';

/** Optional details of a `CodemodeError`. */
export interface CodemodeErrorOptions {
  readonly correlationId?: string | undefined;
  /** How far the execution got. */
  readonly phase?: ExecutionPhase | undefined;
  readonly cause?: unknown;
  /** Whether trying the same again may help, since nothing has been run. @default false */
  readonly transient?: boolean | undefined;
}

/**
 * The base class of all errors of the SDK. `name` tells them apart, also where `instanceof` can't: after a hop, in another
 * bundle. Code in the sandbox may see the message.
 *
 * @example
 * try {
 *   await session.execute('1 + 1');
 * } catch (error) {
 *   if (error instanceof CodemodeError && error.phase === 'not-started') retry();
 * }
 */
export class CodemodeError extends PublicError {
  override readonly name: string = 'CodemodeError';
  readonly correlationId: string | undefined;
  readonly phase: ExecutionPhase | undefined;
  readonly transient: boolean;

  /** @param defaultPhase how far the execution got, where the options don't say */
  constructor(message: string, options: CodemodeErrorOptions = {}, defaultPhase?: ExecutionPhase) {
    super(message);
    if (options.cause !== undefined) this.cause = options.cause;
    this.correlationId = options.correlationId;
    this.phase = options.phase ?? defaultPhase;
    this.transient = options.transient ?? false;
  }
}
