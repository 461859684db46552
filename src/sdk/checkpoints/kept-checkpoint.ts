import type { CheckpointMessage, NameLoss } from '../../protocol/checkpoint.js';
import { checkpointVersion } from '../../protocol/checkpoint-version.js';
import { RemoteError } from '../../protocol/errors.js';
import type { Checkpoint, RestoreReport } from '../../protocol/wire.js';
import { CheckpointFormatError, CheckpointVersionError } from './checkpoint-errors.js';
import { errorText } from '../errors/error-text.js';
import type { ExecutorClient } from '../workers/executor-client.js';
import { KeptGroups } from './kept-groups.js';
import type { OpenSessionStorage, SessionStorage } from './session-storage.js';

/** Milliseconds. */
const patience = 1_000;

/**
 * The latest checkpoint of a session's namespace, for the worker that follows a lost one, and with a storage for the page
 * that follows this one.
 */
export class KeptCheckpoint {
  readonly #openStorage: (() => Promise<SessionStorage>) | undefined;
  #kept = new KeptGroups();
  /** Nothing is stored, and nothing has changed since. */
  #isForgotten = false;
  #storage: Promise<SessionStorage> | undefined;

  constructor(openStorage: OpenSessionStorage | undefined, notify: (text: string) => void) {
    this.#openStorage = openStorage === undefined ? undefined : () => openStorage(notify);
  }

  /** What the session's worker tells of its namespace. @throws MessageShapeError */
  apply(message: CheckpointMessage): void {
    this.#kept.apply(message);
    this.#isForgotten = false;
    void this.#storage?.then((storage) =>
      storage.changed(
        this.#kept,
        message.groups.map(({ id }) => id),
        message.removed,
      ),
    );
  }

  /** The namespace as it is now, for the worker that follows one that is given back. */
  async take(client: ExecutorClient): Promise<{ readonly lost: readonly NameLoss[] }> {
    await client.request('checkpoint', {});
    return { lost: this.#kept.lost };
  }

  async checkpoint(client: ExecutorClient): Promise<Checkpoint> {
    await this.take(client);
    return this.#kept.toCheckpoint();
  }

  /** Nothing follows: the next worker begins empty, and the next page too. */
  async drop(): Promise<void> {
    this.#kept = new KeptGroups();
    await this.forget();
  }

  /** Resolves when nothing of it is stored beyond the page. */
  async forget(): Promise<void> {
    this.#storage ??= this.#openStorage?.();
    await (await this.#storage)?.clear();
    this.#isForgotten = true;
  }

  /** Of a session that is about to close: takes what a storage has not heard of yet. A worker that does not answer is not waited for. */
  async finish(client: ExecutorClient | undefined): Promise<void> {
    if (this.#storage === undefined || client === undefined || this.#isForgotten) return;
    await client.request('checkpoint', {}, { timeout: patience }).catch(() => undefined);
  }

  /** Resolves when all of it has been stored. */
  async close(): Promise<void> {
    await (await this.#storage)?.flush();
  }

  /**
   * Before anything else runs in a new worker. `reason` is there when it was not the loss of a worker that made it needed and the reader
   * wants to know: a page before this one kept it, or the session was suspended and something did not come back.
   */
  async restore(client: ExecutorClient, wasSuspended: boolean): Promise<RestoreReport & { readonly reason?: string }> {
    const isFromPageBefore = await this.#load();
    const report = await this.#restoreInto(client);
    if (isFromPageBefore) return { ...report, reason: 'with what this browser kept of it' };
    return wasSuspended && report.lost.length > 0 ? { ...report, reason: 'it had been suspended' } : report;
  }

  async #restoreInto(client: ExecutorClient): Promise<RestoreReport> {
    const kept = this.#kept;
    // They are told once: the new worker knows nothing of them.
    const { lost } = kept;
    kept.lost = [];
    if (kept.groups.size === 0) return { restored: [], lost };
    try {
      const report = await client.request<RestoreReport>('restore', { data: kept.bytes(), isOwn: true });
      return { restored: report.restored, lost: [...lost, ...report.lost] };
    } catch (error) {
      // What no worker can read, none will: a worker that is lost meanwhile is another matter.
      if (error instanceof RemoteError) await this.drop();
      const reason = errorText(error);
      return { restored: [], lost: [...lost, ...kept.names.map((name) => ({ name, reason }))] };
    }
  }

  async #load(): Promise<boolean> {
    if (this.#openStorage === undefined || this.#storage !== undefined) return false;
    this.#storage = this.#openStorage();
    const stored = await (await this.#storage).load();
    if (stored === undefined) return false;
    this.#kept = stored;
    return stored.groups.size > 0 || stored.lost.length > 0;
  }
}

/**
 * Binds what a checkpoint holds, over what is there.
 * @throws CheckpointVersionError, CheckpointFormatError: nothing was bound
 */
export async function restoreInto(client: ExecutorClient, checkpoint: Checkpoint): Promise<RestoreReport> {
  const { data, lost } = checkedCheckpoint(checkpoint);
  try {
    const report = await client.request<RestoreReport>('restore', {
      data: new TextEncoder().encode(data).buffer,
      isOwn: false,
    });
    return { restored: report.restored, lost: [...lost, ...report.lost] };
  } catch (error) {
    if (error instanceof RemoteError && error.name === 'CheckpointFormatError')
      throw new CheckpointFormatError(error.message);
    throw error;
  }
}

/** @throws CheckpointVersionError, CheckpointFormatError */
export function checkedCheckpoint(checkpoint: unknown): Checkpoint {
  if (typeof checkpoint !== 'object' || checkpoint === null)
    throw new CheckpointFormatError(`expected an object, received ${checkpoint === null ? 'null' : typeof checkpoint}`);
  const { version, names, data, lost } = checkpoint as Partial<Record<keyof Checkpoint, unknown>>;
  if (version !== checkpointVersion) throw new CheckpointVersionError(checkpointVersion, version);
  if (typeof data !== 'string') throw new CheckpointFormatError(`expected text as its data, received ${typeof data}`);
  if (!Array.isArray(lost) || !Array.isArray(names))
    throw new CheckpointFormatError('expected lists of its names and of what was lost');
  return checkpoint as Checkpoint;
}
