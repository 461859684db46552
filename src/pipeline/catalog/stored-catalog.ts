import { requireRunContext } from '../context/run-context.js';
import { CatalogIntegrityError, CatalogNotFoundError } from '../errors/storage-errors.js';
import { jsonSerializer, type Serializer } from '../serializers/serializer.js';
import { structuredSerializer } from '../serializers/structured.js';
import type {
  Catalog,
  CatalogEntry,
  CatalogItem,
  CatalogStorage,
  DataForm,
  RunCatalog,
  StoredEntry,
} from './catalog.js';
import { matcher } from './glob.js';
import { sha256 } from './sha256.js';

/** A catalog over any storage. */
export class StoredCatalog implements Catalog {
  readonly #storage: CatalogStorage;

  constructor(storage: CatalogStorage) {
    this.#storage = storage;
  }

  forRun(runId: string): RunCatalog {
    return new StoredRunCatalog(this.#storage, runId);
  }

  async put(name: string, data: unknown): Promise<CatalogEntry> {
    return await this.#current().put(name, data);
  }

  async get(pattern: string): Promise<readonly CatalogItem[]> {
    return await this.#current().get(pattern);
  }

  async list(pattern?: string): Promise<readonly CatalogEntry[]> {
    return await this.#current().list(pattern);
  }

  async remove(pattern: string): Promise<number> {
    return await this.#current().remove(pattern);
  }

  acquire(): () => void {
    return this.#storage.acquire?.() ?? ((): void => undefined);
  }

  #current(): RunCatalog {
    return this.forRun(requireRunContext('the catalog').runId);
  }
}

class StoredRunCatalog implements RunCatalog {
  readonly runId: string;
  readonly #storage: CatalogStorage;

  constructor(storage: CatalogStorage, runId: string) {
    this.#storage = storage;
    this.runId = runId;
    Object.freeze(this);
  }

  async put(name: string, data: unknown): Promise<CatalogEntry> {
    checkName(name);
    const { form, bytes } = await toBytes(data);
    const entry = { name, hash: await sha256(bytes), size: bytes.byteLength };
    await this.#storage.write(this.runId, { ...entry, form, bytes });
    return entry;
  }

  async get(pattern: string): Promise<readonly CatalogItem[]> {
    const entries = await this.list(pattern);
    if (entries.length === 0) {
      const all = await this.list();
      throw new CatalogNotFoundError(
        pattern,
        this.runId,
        all.map(({ name }) => name),
      );
    }
    return await Promise.all(entries.map(async (entry) => await this.#read(entry)));
  }

  async list(pattern?: string): Promise<readonly CatalogEntry[]> {
    const entries = await this.#storage.entries(this.runId);
    const matches = await matcher(pattern ?? '**');
    return entries
      .filter(({ name }) => name === pattern || matches(name))
      .map(({ name, hash, size }) => ({ name, hash, size }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async remove(pattern: string): Promise<number> {
    const entries = await this.list(pattern);
    for (const { name } of entries) await this.#storage.delete(this.runId, name);
    return entries.length;
  }

  async #read({ name }: CatalogEntry): Promise<CatalogItem> {
    const stored = await this.#storage.read(this.runId, name);
    if (stored === undefined) throw new CatalogNotFoundError(name, this.runId, []);
    const actual = await sha256(stored.bytes);
    if (actual !== stored.hash) throw new CatalogIntegrityError(name, this.runId, stored.hash, actual);
    return { name, hash: stored.hash, size: stored.size, data: fromBytes(stored) };
  }
}

function checkName(name: unknown): asserts name is string {
  const isName =
    typeof name === 'string' &&
    name !== '' &&
    name.length <= 1_000 &&
    !name.includes('\\') &&
    name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isName) {
    throw new TypeError(
      `${JSON.stringify(name)} is no name for the catalog: use parts between "/", none of them empty, "." or "..".`,
    );
  }
}

async function toBytes(data: unknown): Promise<{ form: DataForm; bytes: Uint8Array<ArrayBuffer> }> {
  const encoder = new TextEncoder();
  if (typeof data === 'string') return { form: 'text', bytes: encoder.encode(data) };
  if (data instanceof Uint8Array) return { form: 'bytes', bytes: new Uint8Array(data) };
  if (data instanceof ArrayBuffer) return { form: 'buffer', bytes: new Uint8Array(data.slice(0)) };
  if (data instanceof Blob) return { form: 'bytes', bytes: new Uint8Array(await data.arrayBuffer()) };
  const form = jsonSerializer.accepts(data) ? 'json' : 'structured';
  return { form, bytes: encoder.encode(serializers[form].serialize(data)) };
}

const serializers: Readonly<Record<'json' | 'structured', Serializer>> = {
  json: jsonSerializer,
  structured: structuredSerializer,
};

function fromBytes({ form, bytes }: StoredEntry): unknown {
  switch (form) {
    case 'bytes':
      return new Uint8Array(bytes);
    case 'buffer':
      return bytes.slice().buffer;
    case 'text':
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    default:
      return serializers[form].deserialize(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  }
}
