import { CodemodeError, type CodemodeErrorOptions } from './codemode-error.js';

/** The execution or the tool call was stopped: by `session.stop()`, an aborted signal, or a session that closed. */
export class CancelledError extends CodemodeError {
  override readonly name = 'CancelledError';
  readonly public = true;

  constructor(
    readonly reason: string = 'The execution was stopped',
    options: CodemodeErrorOptions = {},
  ) {
    super(reason, options);
  }
}

/**
 * The code ran longer than its `timeout`, and was stopped. It is the `error` of the result.
 *
 * @example
 * const { error } = await session.execute('while (true);', { timeout: 100 });
 * error?.name; // 'ExecutionTimeoutError'
 */
export class ExecutionTimeoutError extends CodemodeError {
  override readonly name = 'ExecutionTimeoutError';

  constructor(
    /** Milliseconds. */
    readonly timeout: number,
    options: CodemodeErrorOptions = {},
  ) {
    super(timeoutMessage(timeout), options, 'running');
  }
}

/** For each execution, which makes no error and its stack for that. @param timeout milliseconds */
export const timeoutMessage = (timeout: number): string =>
  `The code ran longer than ${timeout} ms and was stopped. Pass { timeout } to execute() to allow more.`;

/** The worker did not answer in time. Whether it acted on the request is not known. */
export class RequestTimeoutError extends CodemodeError {
  override readonly name = 'RequestTimeoutError';

  constructor(
    readonly request: string,
    /** Milliseconds. */
    readonly timeout: number,
    options: CodemodeErrorOptions = {},
  ) {
    super(
      `The worker did not answer "${request}" within ${timeout} ms. Reset the session if this happens again.`,
      options,
      'unknown',
    );
  }
}
