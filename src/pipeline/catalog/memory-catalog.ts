import type { CatalogEntry, CatalogStorage, StoredEntry } from './catalog.js';
import { StoredCatalog } from './stored-catalog.js';

/**
 * A catalog in memory: its data goes with the page or the process.
 *
 * @example
 * const run = sales.start({ catalog: new MemoryCatalog() });
 */
export class MemoryCatalog extends StoredCatalog {
  constructor() {
    super(memoryStorage());
  }
}

function memoryStorage(): CatalogStorage {
  const runs = new Map<string, Map<string, StoredEntry>>();
  return {
    write(runId, entry) {
      const entries = runs.get(runId) ?? new Map<string, StoredEntry>();
      runs.set(runId, entries.set(entry.name, entry));
      return Promise.resolve();
    },
    read: (runId, name) => Promise.resolve(runs.get(runId)?.get(name)),
    entries: (runId): Promise<readonly CatalogEntry[]> => Promise.resolve([...(runs.get(runId)?.values() ?? [])]),
    delete(runId, name) {
      runs.get(runId)?.delete(name);
      return Promise.resolve();
    },
  };
}
