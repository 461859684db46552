import type { Checkpoint, RestoreReport } from '../protocol/wire.js';
import type { ExecutorClient } from './executor-client.js';

export interface RestoredNames {
  readonly restored: readonly string[];
  readonly lost: readonly string[];
}

/** The latest checkpoint of a session's namespace, for the worker that follows a lost one. */
export class KeptCheckpoint {
  #checkpoint: Checkpoint | undefined;
  #source: ExecutorClient | undefined;

  /** Off the way of results: nobody waits for it, and an execution that comes meanwhile is served after it. */
  keep(client: ExecutorClient): void {
    this.#source = client;
    client.request<Checkpoint>('checkpoint', {}).then(
      (checkpoint) => {
        if (this.#source === client) this.#checkpoint = checkpoint;
      },
      // A worker that is lost meanwhile leaves the checkpoint before.
      () => undefined,
    );
  }

  /** The namespace as it is now, for the worker that follows one that is given back. */
  async take(client: ExecutorClient): Promise<Checkpoint> {
    const checkpoint = await client.request<Checkpoint>('checkpoint', {});
    this.#source = client;
    this.#checkpoint = checkpoint;
    return checkpoint;
  }

  forget(): void {
    this.#checkpoint = undefined;
    this.#source = undefined;
  }

  /** Before anything else runs in a new worker. */
  async restore(client: ExecutorClient): Promise<RestoredNames> {
    const checkpoint = this.#checkpoint;
    if (checkpoint === undefined) return { restored: [], lost: [] };
    try {
      const { restored, lost } = await client.request<RestoreReport>('restore', { checkpoint });
      return { restored, lost: lost.map(({ name }) => name) };
    } catch {
      return { restored: [], lost: checkpoint.entries.map(({ name }) => name) };
    }
  }
}
