import type { ExecutionError, OutputEntry } from '../../sdk/index.js';

/**
 * The state of a tool call of an execution.
 *
 * - `pending`: waits for approval
 * - `running`: the tool has it
 * - `succeeded`, `failed`: it has an answer
 * - `rejected`: it was not approved
 * - `unknown`: it was under way when the page ended, and nobody knows what became of it; it waits for approval to be made again
 * - `reverted`: it was undone
 */
export type AgentCallState = 'pending' | 'running' | 'succeeded' | 'failed' | 'rejected' | 'unknown' | 'reverted';

/** A tool call of an execution. */
export interface AgentCall {
  /** Number of the call in its execution, from 0. */
  readonly seq: number;
  /** With its namespace: `github.createIssue`. */
  readonly name: string;
  readonly args: unknown;
  readonly state: AgentCallState;
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** A call that waits for a decision. */
export interface PendingCall extends AgentCall {
  readonly executionId: string;
  readonly state: 'pending' | 'unknown';
  /** Variables of the context in which the code runs. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** The code ran to its end. */
export interface CompletedOutcome {
  readonly status: 'completed';
  readonly executionId: string;
  /** Value of the last expression, cut to what a model can read. */
  readonly result: unknown;
  readonly output: readonly OutputEntry[];
  readonly calls: readonly AgentCall[];
  /** A sentence for each change that made the text a cell. */
  readonly notes: readonly string[];
}

/** The code waits for somebody's decision. It goes on with `approve`. */
export interface PausedOutcome {
  readonly status: 'paused';
  readonly executionId: string;
  readonly pending: readonly PendingCall[];
  readonly calls: readonly AgentCall[];
}

/** The code failed, was stopped or rejected, or could not be run. */
export interface FailedOutcome {
  readonly status: 'error';
  readonly executionId: string;
  readonly error: AgentError;
  readonly output: readonly OutputEntry[];
  readonly calls: readonly AgentCall[];
  readonly notes: readonly string[];
}

/** What went wrong, for a model to read. */
export interface AgentError extends Pick<ExecutionError, 'name' | 'message' | 'position'> {
  /** The line of the code at fault, with its neighbours. */
  readonly excerpt?: string;
  /** Whether other code would mend it. `false` where the code could not be run at all. */
  readonly isOfCode: boolean;
}

/** How an execution of an agent stands. */
export type AgentOutcome = CompletedOutcome | PausedOutcome | FailedOutcome;
