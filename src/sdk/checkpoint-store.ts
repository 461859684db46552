import type { KeptGroups } from './kept-groups.js';

/** Where the checkpoint of one session is kept beyond the page. Nothing of it rejects. */
export interface SessionStorage {
  /** `undefined` where nothing is stored, or nothing that can be read. */
  load(): Promise<KeptGroups | undefined>;
  /** Stores soon what changed. */
  changed(kept: KeptGroups, groups: readonly number[], removed: readonly number[]): void;
  clear(): Promise<void>;
  /** Resolves when all that changed has been stored. */
  close(): Promise<void>;
}
