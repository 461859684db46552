import {
  RunnerUnavailableError,
  SessionClosedError,
  SessionCrashedError,
  SessionLimitError,
  type CodemodeError,
} from '../errors/errors.js';

/** Why a session did not start; each execution that waited for it gets one of its own, with its correlation id. */
export function startFailure(error: unknown, session: string, correlationId: string): CodemodeError {
  const options = { cause: error, correlationId, phase: 'not-started' } as const;
  if (error instanceof RunnerUnavailableError) return new RunnerUnavailableError(error.url, error.problem, options);
  if (error instanceof SessionClosedError) return new SessionClosedError(session, options);
  if (error instanceof SessionLimitError)
    return new SessionLimitError(error.limit, error.waited, error.sessions, options);
  return new SessionCrashedError(session, error instanceof Error ? error.message : String(error), options);
}
