import { CodemodeError, type CodemodeErrorOptions } from '../../sdk/index.js';

/** There is no execution of this id. */
export class ExecutionNotFoundError extends CodemodeError {
  override readonly name = 'ExecutionNotFoundError';

  constructor(
    readonly executionId: string,
    readonly available: readonly string[],
    options: CodemodeErrorOptions = {},
  ) {
    const list = available.length === 0 ? 'There are none' : `There are: ${available.join(', ')}`;
    super(`There is no execution "${executionId}". ${list}.`, options);
  }
}

/** There is no snippet of this name. */
export class SnippetNotFoundError extends CodemodeError {
  override readonly name = 'SnippetNotFoundError';

  constructor(
    readonly snippet: string,
    readonly available: readonly string[],
    options: CodemodeErrorOptions = {},
  ) {
    const list = available.length === 0 ? 'There are none yet' : `There are: ${available.join(', ')}`;
    super(`There is no snippet "${snippet}". ${list}.`, options);
  }
}

/** Code that was run again did something else than before. */
export class DivergenceError extends CodemodeError {
  override readonly name = 'DivergenceError';

  constructor(
    message: string,
    /** The calls, as data. `undefined` where the code did not make a call that the log has, or made one that it has not. */
    readonly expected: { readonly name: string; readonly args: unknown } | undefined,
    readonly received: { readonly name: string; readonly args: unknown } | undefined,
    options: CodemodeErrorOptions = {},
  ) {
    super(`${message} Wrap what differs between runs in tools.step().`, options);
  }
}

/** Another page has the execution. */
export class ExecutionElsewhereError extends CodemodeError {
  override readonly name = 'ExecutionElsewhereError';

  constructor(
    readonly executionId: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(`Another page has the execution "${executionId}". Decide there, or close that page.`, options);
  }
}

/** Somebody stopped the execution. */
export class StoppedError extends CodemodeError {
  override readonly name = 'StoppedError';

  constructor(options: CodemodeErrorOptions = {}) {
    super('The execution was stopped.', options);
  }
}
