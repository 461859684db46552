import { errorText } from '../../errors/error-text.js';
import { RunnerUnavailableError } from '../../errors/session-errors.js';

/** Loads what a session with a worker needs. A browser asks again for what it could not fetch. @throws RunnerUnavailableError */
export const loadWithWorker = (): Promise<typeof import('./with-worker.js')> =>
  import('./with-worker.js').catch((cause: unknown) => {
    const problem = `${errorText(cause)}. See that the server sends this file of the package whole, then load the page again.`;
    throw new RunnerUnavailableError('with-worker.js', problem, { cause, transient: cause instanceof TypeError });
  });
