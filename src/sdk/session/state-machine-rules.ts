import type { TransitionRules } from './state-machine.js';
import type { ExecutionState, SessionState } from '../types.js';

/** A reset leads from `ready` or `running` to `starting`, a failed start to `crashed`, a suspension back to `created`. */
export const sessionRules: TransitionRules<SessionState> = {
  created: ['starting', 'closing'],
  starting: ['ready', 'crashed', 'closing'],
  ready: ['running', 'created', 'starting', 'crashed', 'closing'],
  running: ['ready', 'starting', 'crashed', 'closing'],
  crashed: ['starting', 'closing'],
  closing: ['closed'],
  closed: [],
};

/** Legal transitions of an execution. */
export const executionRules: TransitionRules<ExecutionState> = {
  // Never back to `queued`: nothing is sent twice.
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
