import type { AgentOutcome, PendingCall } from './agent-outcome.js';
import { callOf, type CallLog } from './call-log.js';

/** An execution as it is stored: what is needed to go on with it in another page. */
export interface StoredExecution {
  readonly id: string;
  readonly session: string;
  /** As the model wrote it. */
  readonly code: string;
  /** The cell that was made of it. */
  readonly cell: string;
  readonly notes: readonly string[];
  /** Variables of its context. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly log: CallLog;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** How it ended. `undefined` while it runs or waits. */
  outcome?: Exclude<AgentOutcome, { readonly status: 'paused' }>;
}

/** Code that can be run again by its name. */
export interface StoredSnippet {
  readonly name: string;
  readonly code: string;
  readonly description: string;
}

/** Keeps the executions and snippets of a runtime. */
export interface AgentStore {
  /** Resolves when it is safe. The execution goes on to change: what is kept is a copy of it, or itself. */
  save(execution: StoredExecution): Promise<void>;
  load(id: string): Promise<StoredExecution | undefined>;
  /** All, the oldest first. */
  list(): Promise<readonly StoredExecution[]>;
  saveSnippet(snippet: StoredSnippet): Promise<void>;
  snippets(): Promise<readonly StoredSnippet[]>;
  /**
   * Takes an execution for this page, until `release` is called or the page ends.
   * @returns `undefined` where another page has it
   */
  take(id: string): Promise<{ release(): void } | undefined>;
  close(): void;
}

/** How many executions that ended are kept. */
export const keptExecutions = 200;

/** Calls that wait for a decision. */
export function pendingCalls({ id, context, log }: StoredExecution): readonly PendingCall[] {
  return log.calls.flatMap((call) => {
    const { state, since } = call;
    return state === 'pending' || state === 'unknown'
      ? [{ ...callOf(call), state, since, executionId: id, context }]
      : [];
  });
}
