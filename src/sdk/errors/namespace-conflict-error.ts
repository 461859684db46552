import { CodemodeError } from './codemode-error.js';

/** A name that a thread and its session changed at the same time. */
export interface NamespaceConflict {
  readonly name: string;
  /** Its value in the session. What can't be sent is a `ValuePreview`. */
  readonly session: unknown;
  /** Its value in the thread. */
  readonly thread: unknown;
}

/**
 * Code in mode `thread` changed names that the session changed meanwhile. It is the `error` of the result, and nothing that the code
 * changed was taken over.
 *
 * @example
 * const { error } = await session.execute('total += 1', { mode: 'thread' });
 * if (error instanceof NamespaceConflictError) console.log(error.conflicts[0].session, error.conflicts[0].thread);
 */
export class NamespaceConflictError extends CodemodeError {
  override readonly name = 'NamespaceConflictError';
  declare readonly stack: string;
  readonly frames = [];

  constructor(readonly conflicts: readonly NamespaceConflict[]) {
    super(
      `${conflicts.map(({ name }) => `“${name}”`).join(', ')} changed in the session while the thread ran, so nothing was taken over. ` +
        'Run the code again, or pass { conflict: "overwrite" } or { conflict: "keep" }.',
      {},
      'running',
    );
  }
}
