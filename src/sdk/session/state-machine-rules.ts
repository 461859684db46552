import type { TransitionRules } from './state-machine.js';
import type { SessionState } from '../types.js';

/**
 * A reset goes from `ready` or `running` to `starting`; one that failed to start has `crashed`; one that was suspended is
 * `created` again.
 */
export const sessionRules: TransitionRules<SessionState> = {
  created: ['starting', 'closing'],
  starting: ['ready', 'crashed', 'closing'],
  ready: ['running', 'created', 'starting', 'crashed', 'closing'],
  running: ['ready', 'starting', 'crashed', 'closing'],
  crashed: ['starting', 'closing'],
  closing: ['closed'],
  closed: [],
};

/**
 * - `queued`: waits on the host: for the worker, for an exclusive one before it
 * - `starting`: sent; compiled, not yet run
 * - `running`: the worker accepted it; from here on it must not be sent again
 * - `stopping`: told to stop, its `finally` blocks run
 * - `settling`: the code has ended; output and tool calls are flushed
 * - `succeeded`, `failed`, `cancelled`, `timed-out`: how it ended; `lost`: the worker went away, and nobody can tell
 */
export type ExecutionState =
  | 'queued'
  | 'starting'
  | 'running'
  | 'stopping'
  | 'settling'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'timed-out'
  | 'lost';

/** Legal transitions of an execution. */
export const executionRules: TransitionRules<ExecutionState> = {
  // Back to `queued` never: what was sent and not accepted is sent again under the same `starting`.
  queued: ['starting', 'failed', 'cancelled', 'timed-out', 'lost'],
  starting: ['running', 'stopping', 'settling', 'failed', 'cancelled', 'timed-out', 'lost'],
  running: ['stopping', 'settling', 'lost'],
  stopping: ['settling', 'cancelled', 'timed-out', 'lost'],
  settling: ['succeeded', 'failed', 'cancelled', 'timed-out', 'lost'],
  succeeded: [],
  failed: [],
  cancelled: [],
  'timed-out': [],
  lost: [],
};

/** A state of an agent's turn. */
export type AgentTurnState = 'user-input' | 'assistant' | 'tool-execution' | 'response';

/** Legal transitions of an agent's turn. */
export const agentTurnRules: TransitionRules<AgentTurnState> = {
  'user-input': ['assistant'],
  assistant: ['tool-execution', 'response'],
  'tool-execution': ['response'],
  response: ['assistant'],
};
