import { keysOfRun, RunDatabase } from '../storage/database.js';
import type { CatalogStorage } from './catalog.js';
import { StoredCatalog } from './stored-catalog.js';

/**
 * A catalog in IndexedDB: it outlives the page.
 *
 * @example
 * const run = sales.start({ catalog: new IndexedDBCatalog() });
 */
export class IndexedDBCatalog extends StoredCatalog {
  /** @param database name of the database @default 'codemode-playground-runs' */
  constructor(database = 'codemode-playground-runs') {
    super(databaseStorage(new RunDatabase(database)));
  }
}

const databaseStorage = (database: RunDatabase): CatalogStorage => ({
  write: (runId, entry) =>
    database.use(async (connection) => void (await connection.put('entries', entry, [runId, entry.name]))),
  read: (runId, name) => database.use((connection) => connection.get('entries', [runId, name])),
  entries: (runId) => database.use((connection) => connection.getAll('entries', keysOfRun(runId))),
  delete: (runId, name) => database.use((connection) => connection.delete('entries', [runId, name])),
  acquire: () => database.acquire(),
});
