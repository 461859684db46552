import { nodeModule } from '../storage/node-modules.js';
import type { CatalogStorage, StoredEntry } from './catalog.js';
import { StoredCatalog } from './stored-catalog.js';
import { sha256 } from './sha256.js';

/**
 * A catalog in a folder, for Node: it outlives the process. A file holds each content once, under its hash; another one tells the
 * name.
 *
 * @example
 * const run = sales.start({ catalog: new FileCatalog('runs/catalog') });
 */
export class FileCatalog extends StoredCatalog {
  /** @param folder is made when something is put there */
  constructor(folder: string) {
    super(fileStorage(folder));
  }
}

type Facts = Omit<StoredEntry, 'bytes'>;

function fileStorage(folder: string): CatalogStorage {
  const files = (): typeof import('node:fs/promises') => nodeModule('node:fs/promises');
  const hashed = async (text: string): Promise<string> => await sha256(new TextEncoder().encode(text));
  const folderOf = async (runId: string): Promise<string> => nodeModule('node:path').join(folder, await hashed(runId));
  const factsFile = async (runId: string, name: string): Promise<string> =>
    `${await folderOf(runId)}/${await hashed(name)}.json`;

  /** A file is there whole, or not at all. */
  const writeWhole = async (file: string, data: Uint8Array | string): Promise<void> => {
    const unfinished = `${file}.${globalThis.crypto.randomUUID()}`;
    await files().writeFile(unfinished, data);
    await files().rename(unfinished, file);
  };
  const facts = async (runId: string): Promise<Facts[]> => {
    const place = await folderOf(runId);
    const names = await files().readdir(place).catch(absent);
    const texts = (names ?? [])
      .filter((name) => name.endsWith('.json'))
      .map((name) => files().readFile(`${place}/${name}`, 'utf8'));
    return (await Promise.all(texts)).map((text) => JSON.parse(text) as Facts);
  };
  return {
    async write(runId, { bytes, ...about }) {
      const place = await folderOf(runId);
      await files().mkdir(place, { recursive: true });
      await writeWhole(`${place}/${about.hash}.data`, bytes);
      await writeWhole(await factsFile(runId, about.name), JSON.stringify(about));
    },
    async read(runId, name) {
      const text = await files()
        .readFile(await factsFile(runId, name), 'utf8')
        .catch(absent);
      if (text === undefined) return undefined;
      const about = JSON.parse(text) as Facts;
      const data = await files().readFile(`${await folderOf(runId)}/${about.hash}.data`);
      return { ...about, bytes: new Uint8Array(data) };
    },
    entries: facts,
    async delete(runId, name) {
      const before = await facts(runId);
      const gone = before.find((each) => each.name === name);
      await files().rm(await factsFile(runId, name), { force: true });
      if (gone === undefined || before.some((each) => each.hash === gone.hash && each.name !== name)) return;
      await files().rm(`${await folderOf(runId)}/${gone.hash}.data`, { force: true });
    },
  };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
