import { CodemodeError } from '../errors/codemode-error.js';

/** The checkpoint was written in another format. Nothing was restored. */
export class CheckpointVersionError extends CodemodeError {
  override readonly name = 'CheckpointVersionError';

  constructor(
    readonly expected: number,
    readonly received: unknown,
  ) {
    const advice =
      typeof received === 'number' && received > expected
        ? 'It comes from a later release: update this one to read it.'
        : 'Take a new checkpoint with session.checkpoint().';
    super(
      `Expected a checkpoint of version ${expected}, but this one has version ${JSON.stringify(received) ?? 'undefined'}. ${advice}`,
    );
  }
}

/** The value is no checkpoint, or a damaged one. Nothing was restored. */
export class CheckpointFormatError extends CodemodeError {
  override readonly name = 'CheckpointFormatError';

  constructor(problem: string) {
    super(
      `The checkpoint can't be read: ${problem.replace(/\.$/, '')}. Nothing was restored. Use one that session.checkpoint() gave.`,
    );
  }
}
