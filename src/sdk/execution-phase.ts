/** How far an execution got: nothing happened, it was under way, or it is unknown. */
export type ExecutionPhase = 'not-started' | 'running' | 'unknown';
