/** What the catalog tells about data. */
export interface CatalogEntry {
  readonly name: string;
  /** SHA-256 of the bytes, 64 hex digits. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
}

/** Data of the catalog: texts, bytes and values come back as they were put. */
export interface CatalogItem extends CatalogEntry {
  readonly data: unknown;
}

/** Data of one run, by name. */
export interface RunCatalog {
  readonly runId: string;
  /**
   * Keeps data under a name, in place of what had it. Bytes are kept as they are, texts as UTF-8, other values as JSON or, where that
   * loses something, by `structuredSerializer`.
   *
   * @param name parts between `/`: `reports/2026/sales.csv`
   * @throws TypeError for a name that is none, and for a value that cannot be serialised
   */
  put(name: string, data: unknown): Promise<CatalogEntry>;
  /**
   * All that a glob matches, by name: `*` within a part, `**` over parts, `?`, `[a-z]`, `{a,b}`.
   *
   * @throws CatalogNotFoundError where nothing does
   * @throws CatalogIntegrityError where the storage has other data than was put there
   */
  get(pattern: string): Promise<readonly CatalogItem[]>;
  /** What there is, by name. @default '**' */
  list(pattern?: string): Promise<readonly CatalogEntry[]>;
  /** Removes what a glob matches. @returns how many entries that were */
  remove(pattern: string): Promise<number>;
}

/** Where runs keep data. Its own methods are those of the run whose task calls. */
export interface Catalog extends Omit<RunCatalog, 'runId'> {
  /** The data of a run, from anywhere. */
  forRun(runId: string): RunCatalog;
  /** Keeps what it opens until the returned function is called. */
  acquire?(): () => void;
}

/** How bytes are to be read. */
export type DataForm = 'text' | 'bytes' | 'buffer' | 'json' | 'structured';

/** An entry as a storage keeps it. */
export interface StoredEntry extends CatalogEntry {
  readonly form: DataForm;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Where a catalog keeps its bytes: what a catalog of your own implements. */
export interface CatalogStorage {
  write(runId: string, entry: StoredEntry): Promise<void>;
  read(runId: string, name: string): Promise<StoredEntry | undefined>;
  entries(runId: string): Promise<readonly CatalogEntry[]>;
  delete(runId: string, name: string): Promise<void>;
  /** Keeps what it opens until the returned function is called. */
  acquire?(): () => void;
}
