import { CodemodeError, type CodemodeErrorOptions } from './codemode-error.js';
import { listed } from './listed-names.js';

/** A call on a `Codemode` that was closed. Make a new one. */
export class ClientClosedError extends CodemodeError {
  override readonly name = 'ClientClosedError';

  constructor(options: CodemodeErrorOptions = {}) {
    super('Client has been closed', options, 'not-started');
  }
}

/** A call on a session that was closed. `codemode.session(name)` gives a new one. */
export class SessionClosedError extends CodemodeError {
  override readonly name = 'SessionClosedError';

  constructor(
    readonly session: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(`The session "${session}" has been closed. Open a new one with codemode.session().`, options, 'not-started');
  }
}

/** The session lost its worker or its frame. `phase` tells whether code may have run. The next execution starts a new worker. */
export class SessionCrashedError extends CodemodeError {
  override readonly name = 'SessionCrashedError';

  constructor(
    readonly session: string,
    readonly reason: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(
      `The session "${session}" was lost: ${reason.replace(/\.$/, '')}. The next execution starts a new worker.`,
      options,
      'unknown',
    );
  }
}

/** Other sessions hold all `limits.maxSessions` workers, and none of them was idle in time. No code ran. */
export class SessionLimitError extends CodemodeError {
  override readonly name = 'SessionLimitError';

  constructor(
    readonly limit: number,
    /** Milliseconds. */
    readonly waited: number,
    /** Names of the sessions that have a worker. */
    readonly sessions: readonly string[],
    options: CodemodeErrorOptions = {},
  ) {
    super(
      `No worker became free within ${waited} ms. All ${limit} belong to sessions that run code or hold values that a checkpoint can't keep: ` +
        `${listed(sessions)}. Close one of them, or raise limits.maxSessions.`,
      options,
      'not-started',
    );
  }
}

/** `runner.html`, or a file that the SDK loads with it, could not be loaded. No code ran. The message says what came, and what to do. */
export class RunnerUnavailableError extends CodemodeError {
  override readonly name = 'RunnerUnavailableError';

  constructor(
    readonly url: string,
    readonly problem: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(`${url} can't be used: ${problem}`, options, 'not-started');
  }
}

/** The worker sent a message that breaks the protocol. Its port is closed at the first one. */
export class ProtocolViolationError extends CodemodeError {
  override readonly name = 'ProtocolViolationError';

  constructor(
    readonly expected: string,
    readonly received: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(
      `Expected ${expected}, but the worker sent ${received}. Its port was closed. Reset the session to continue.`,
      options,
      'unknown',
    );
  }
}
