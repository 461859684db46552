import { CodemodeError } from '../errors/codemode-error.js';

/** The checkpoint was written in another format. Nothing was restored. */
export class CheckpointVersionError extends CodemodeError {
  override readonly name = 'CheckpointVersionError';

  constructor(
    readonly expected: number,
    readonly received: unknown,
  ) {
    super(
      `Expected a checkpoint of version ${expected}, but this one has version ${JSON.stringify(received)}. Update this package, or take a new one with session.checkpoint().`,
    );
  }
}

/** The value is no checkpoint, or a damaged one. Nothing was restored. */
export class CheckpointFormatError extends CodemodeError {
  override readonly name = 'CheckpointFormatError';

  constructor(
    /** As in the message: what was expected, and what came. */
    readonly problem: string,
  ) {
    super(`The checkpoint can't be read: ${problem}. Nothing was restored. Pass the result of session.checkpoint().`);
  }
}
