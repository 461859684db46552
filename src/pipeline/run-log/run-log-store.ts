import type { RunLogEvent } from './run-log-event.js';

/**
 * Where the logs of runs are kept. A log is a list of events; a store appends to it, and changes nothing that is there. What `append`
 * has resolved for survives a kill of the page or the process, where the store outlives it at all.
 */
export interface RunLogStore {
  /** Begins the log of a run with its first event. @throws RunExistsError */
  create(runId: string, event: RunLogEvent): Promise<void>;
  /** Adds an event. @throws RunNotFoundError, RunLogFormatError where the log does not end before it */
  append(runId: string, event: RunLogEvent): Promise<void>;
  /** The events of a run in order. @default the run whose task calls @throws RunNotFoundError, NoRunContextError */
  read(runId?: string): Promise<readonly RunLogEvent[]>;
  /** Ids of all runs. */
  list(): Promise<readonly string[]>;
  /** Deletes the log of a run. */
  remove(runId: string): Promise<void>;
  /** Keeps what it opens until the returned function is called. */
  acquire?(): () => void;
}
