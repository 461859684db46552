import type { Checkpoint, CheckpointMessage, NameLoss, RestoreReport } from '../../protocol/messages/checkpoint.js';
import { RemoteError } from '../../protocol/endpoint/call-errors.js';
import { errorText } from '../errors/error-text.js';
import type { ExecutorClient } from '../workers/executor-client.js';
import { CheckpointGroups } from './checkpoint-groups.js';
import type { OpenSessionStorage, SessionStorage } from './session-storage.js';

/** Milliseconds that a closing session waits for its worker's last changes. */
const finishTimeout = 1_000;

/**
 * The latest checkpoint of a session's namespace. The worker that follows a lost or suspended one starts from it; with a
 * storage, so does the next page.
 */
export class LatestCheckpoint {
  readonly #openStorage: (() => Promise<SessionStorage>) | undefined;
  #groups = new CheckpointGroups();
  #isBehind = false;
  /** Names of executions whose results were delivered, and that changed what the checkpoint may not have. */
  #behind: string[] = [];
  /** Nothing is stored, and nothing has changed since. */
  #isForgotten = false;
  #storage: Promise<SessionStorage> | undefined;

  constructor(openStorage: OpenSessionStorage | undefined, notify: (text: string) => void) {
    this.#openStorage = openStorage === undefined ? undefined : () => openStorage(notify);
  }

  /** The namespace as its worker last reported it. */
  get groups(): CheckpointGroups {
    return this.#groups;
  }

  /** Takes over the changes that the worker reports. @throws MessageShapeError */
  apply(message: CheckpointMessage): void {
    this.#groups.apply(message);
    this.#isBehind = message.isBehind;
    if (!message.isBehind) this.#behind = [];
    this.#isForgotten = false;
    void this.#storage?.then((storage) =>
      storage.changed(
        this.#groups,
        message.groups.map(({ id }) => id),
        message.removed,
      ),
    );
  }

  /** The result of an execution has arrived, after what the worker told of its changes. */
  delivered(fileName: string): void {
    if (this.#isBehind) this.#behind.push(fileName);
  }

  /** Asks the worker for everything that has changed. */
  async update(client: ExecutorClient): Promise<{ readonly lost: readonly NameLoss[] }> {
    await client.request('checkpoint', {});
    return { lost: this.#groups.lost };
  }

  async take(client: ExecutorClient): Promise<Checkpoint> {
    await this.update(client);
    const storage = await this.#storage;
    await storage?.flush();
    return { ...this.#groups.toCheckpoint(), ...(storage && { stored: storage.isKept }) };
  }

  /** Deletes everything: the next worker starts empty, and the next page too. */
  async drop(): Promise<void> {
    this.#groups = new CheckpointGroups();
    this.#behind = [];
    await this.forget();
  }

  /** Deletes what is stored beyond the page. The session keeps its variables. */
  async forget(): Promise<void> {
    this.#storage ??= this.#openStorage?.();
    await (await this.#storage)?.clear();
    this.#isForgotten = true;
  }

  /** Gives up every name for the same reason. The next worker starts empty and reports the names as lost. */
  abandon(reason: string): void {
    const { lost, names } = this.#groups;
    this.#groups = new CheckpointGroups([], [...lost, ...names.map((name) => ({ name, reason }))]);
    void this.forget();
  }

  /** Stores the last changes of a session that is about to close. Waits only briefly for a worker that does not answer. */
  async finish(client: ExecutorClient): Promise<void> {
    if (this.#storage === undefined || this.#isForgotten) return;
    await client.request('checkpoint', {}, { timeout: finishTimeout }).catch(() => undefined);
  }

  /** Resolves when all changes have been stored. */
  async close(): Promise<void> {
    await (await this.#storage)?.flush();
  }

  /**
   * Fills a new worker, before anything else runs in it. The report has a `reason` if readers should see it although no worker
   * was lost: the names come from an earlier page, or a suspended session lost some of them.
   */
  async restore(
    client: ExecutorClient,
    wasSuspended: boolean,
  ): Promise<RestoreReport & { readonly reason?: string; readonly behind: readonly string[] }> {
    const behind = this.#behind.splice(0);
    this.#isBehind = false;
    const isFromEarlierPage = await this.#load();
    const report = { ...(await this.#restoreInto(client)), behind };
    if (isFromEarlierPage) return { ...report, reason: 'from the storage of this browser' };
    return wasSuspended && report.lost.length > 0 ? { ...report, reason: 'it had been suspended' } : report;
  }

  async #restoreInto(client: ExecutorClient): Promise<RestoreReport> {
    const groups = this.#groups;
    // Each loss is reported once: the new worker does not know the names.
    const { lost } = groups;
    groups.lost = [];
    if (groups.groups.size === 0) return { restored: [], lost };
    try {
      const report = await client.request('restore', { data: groups.bytes(), isOwn: true });
      return { restored: report.restored, lost: [...lost, ...report.lost] };
    } catch (error) {
      // No other worker could read it either. The loss of a worker proves nothing about the checkpoint.
      if (error instanceof RemoteError) await this.drop();
      const reason = errorText(error);
      return { restored: [], lost: [...lost, ...groups.names.map((name) => ({ name, reason }))] };
    }
  }

  async #load(): Promise<boolean> {
    if (this.#openStorage === undefined || this.#storage !== undefined) return false;
    this.#storage = this.#openStorage();
    const stored = await (await this.#storage).load();
    if (stored === undefined) return false;
    this.#groups = new CheckpointGroups(stored.groups, stored.lost);
    return stored.groups.length > 0 || stored.lost.length > 0;
  }
}
