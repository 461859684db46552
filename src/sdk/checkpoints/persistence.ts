import type { CheckpointStore } from './checkpoint-store.js';
import { errorText } from '../errors/error-text.js';
import type { OpenSessionStorage, SessionStorage } from './session-storage.js';

/** Stands in for a storage that could not be opened. */
const noStorage: SessionStorage = {
  isKept: false,
  load: async () => undefined,
  changed: () => undefined,
  clear: async () => undefined,
  flush: async () => undefined,
};

/** Storage of the sessions of one Codemode, beyond the page. The first session that needs it loads its code and opens the database. */
export class Persistence {
  readonly #key: string;
  #opening: Promise<CheckpointStore> | undefined;

  constructor(key: string) {
    this.#key = key;
  }

  storageOf(session: string): OpenSessionStorage {
    return async (notify) => {
      try {
        this.#opening ??= import('./checkpoint-store.js').then(({ CheckpointStore: Store }) => Store.open(this.#key));
        return (await this.#opening).session(session, notify);
      } catch (error) {
        notify(
          `The variables of this session will not survive a reload of the page: ${errorText(error).replace(/\.$/, '')}.`,
        );
        return noStorage;
      }
    };
  }

  async close(): Promise<void> {
    (await this.#opening?.catch(() => undefined))?.close();
  }
}
