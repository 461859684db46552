import { requireRunContext } from '../context/run-context.js';

/** The run that a call without an id means. */
export const currentRunId = (): string => requireRunContext('the run log store').runId;
