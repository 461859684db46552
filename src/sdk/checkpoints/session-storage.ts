import type { CheckpointGroups } from './checkpoint-groups.js';

/** Where the checkpoint of one session is kept beyond the page. Nothing of it rejects: what goes wrong is told once, as a notice. */
export interface SessionStorage {
  /** `undefined` where nothing is stored, or nothing that can be read. */
  load(): Promise<CheckpointGroups | undefined>;
  /** Stores soon what changed: these groups, and all that is lost. */
  changed(kept: CheckpointGroups, groups: readonly number[], removed: readonly number[]): void;
  /** Resolves when nothing is stored; what changes from then on is stored again. */
  clear(): Promise<void>;
  /** Resolves when all that changed has been stored. */
  flush(): Promise<void>;
}

/** Where the checkpoint of a session outlives the page. @param notify tells the reader what went wrong */
export type OpenSessionStorage = (notify: (text: string) => void) => Promise<SessionStorage>;
