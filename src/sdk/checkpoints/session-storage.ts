import type { NameLoss } from '../../protocol/messages/checkpoint.js';
import type { CheckpointGroup, CheckpointGroups } from './checkpoint-groups.js';

/** What `CheckpointGroups` are made of. */
export interface StoredGroups {
  readonly groups: readonly (readonly [id: number, group: CheckpointGroup])[];
  readonly lost: readonly NameLoss[];
}

/** Storage of the checkpoint of one session, beyond the page. It never rejects; the reader gets one notice of a failure. */
export interface SessionStorage {
  /** Whether what changed is stored, as far as is known. */
  readonly isKept: boolean;
  /** `undefined` if nothing readable is stored. */
  load(): Promise<StoredGroups | undefined>;
  /** Stores changed groups and the list of losses, soon. */
  changed(kept: CheckpointGroups, groups: readonly number[], removed: readonly number[]): void;
  /** Deletes everything. Later changes are stored again. */
  clear(): Promise<void>;
  /** Resolves when all changes are stored. */
  flush(): Promise<void>;
}

/** Opens the storage of a session. @param notify gives the reader a notice of a failure */
export type OpenSessionStorage = (notify: (text: string) => void) => Promise<SessionStorage>;
