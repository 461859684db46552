import type { WireContext } from '../../context/wire-context.js';

/** The format that checkpoints are written in; see `workers/kernel/checkpoint/format.ts`. */
export const checkpointVersion = 3;

/** A namespace as data, made by `session.checkpoint()`. It may be kept as JSON or in IndexedDB. */
export interface Checkpoint {
  /** Of the format of `data`. */
  readonly version: number;
  /** Names that are kept. */
  readonly names: readonly string[];
  /** Values, sources of functions and classes, and where imports lead, as text that sessions read. */
  readonly data: string;
  /** Names that could not be kept, with the reason. */
  readonly lost: readonly NameLoss[];
  /** Whether the browser has it too, for when the page is loaded anew. Absent without `persistence`. */
  readonly stored?: boolean;
}

/** A name whose value could not be kept or restored, and why. */
export interface NameLoss {
  readonly name: string;
  readonly reason: string;
}

/** The groups of names that changed in a worker's namespace since its last message. */
export interface CheckpointMessage {
  readonly context: WireContext;
  /** Their texts follow each other in `data`, each of so many bytes. */
  readonly groups: readonly { readonly id: number; readonly names: readonly string[]; readonly bytes: number }[];
  /** Of a traced execution that has ended with these changes. */
  readonly runId?: string;
  /** Groups that no longer exist. */
  readonly removed: readonly number[];
  /** All names that could not be kept, with the reason. */
  readonly lost: readonly NameLoss[];
  /** Whether large values may have changed since they were sent: they are looked at later, and then a message says that they were. */
  readonly isBehind: boolean;
  /** UTF-8, which only workers read. */
  readonly data: ArrayBuffer;
}

/** Asks a worker to restore names and values from a checkpoint. */
export interface RestoreMessage {
  readonly context: WireContext;
  /** Groups as text in UTF-8, one a line. */
  readonly data: ArrayBuffer;
  /** Whether they are what the host has of this session, so that what comes back whole need not be sent again. */
  readonly isOwn: boolean;
  /** They are the changes of a thread: all are bound at once, unless one of these names has changed since that update. @default undefined */
  readonly merges?: { readonly names: readonly string[]; readonly since: number };
}

/** Names that a restore brought back, and names that were lost, each with its reason. */
export interface RestoreReport {
  readonly restored: readonly string[];
  readonly lost: readonly NameLoss[];
  /** Nothing was bound, since a name has changed meanwhile. @default false */
  readonly isStale?: boolean;
}

/** Reasons why a worker can't be given back: its running work, and values that no checkpoint keeps. */
export interface Blockers {
  /** Texts, each to follow the name of the session. */
  readonly blockers: readonly string[];
}
