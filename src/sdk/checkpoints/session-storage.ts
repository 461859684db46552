import type { CheckpointGroups } from './checkpoint-groups.js';

/** Storage of the checkpoint of one session, beyond the page. It never rejects; the reader gets one notice of a failure. */
export interface SessionStorage {
  /** `undefined` if nothing readable is stored. */
  load(): Promise<CheckpointGroups | undefined>;
  /** Stores changed groups and the list of losses, soon. */
  changed(kept: CheckpointGroups, groups: readonly number[], removed: readonly number[]): void;
  /** Deletes everything. Later changes are stored again. */
  clear(): Promise<void>;
  /** Resolves when all changes are stored. */
  flush(): Promise<void>;
}

/** Opens the storage of a session. @param notify gives the reader a notice of a failure */
export type OpenSessionStorage = (notify: (text: string) => void) => Promise<SessionStorage>;
