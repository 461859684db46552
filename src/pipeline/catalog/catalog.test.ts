import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import 'fake-indexeddb/auto';
import { afterAll, describe, expect, it } from 'vitest';
import { definePipeline, FileCatalog, IndexedDBCatalog, MemoryCatalog, task, type Catalog } from '../node.js';
import { liveResources } from '../../protocol/resources/live-resources.js';
import { plainSha256, sha256 } from './sha256.js';

const hashOf = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const folder = await mkdtemp(path.join(tmpdir(), 'catalog-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const catalogs: [string, () => Catalog][] = [
  ['in memory', () => new MemoryCatalog()],
  ['in IndexedDB', () => new IndexedDBCatalog()],
  ['in files', () => new FileCatalog(path.join(folder, 'a'))],
];

describe.each(catalogs)('D8 a catalog %s', (kind, make) => {
  it('keeps data by name, with the hash of its bytes', async () => {
    const catalog = make().forRun(`data ${kind}`);
    expect(await catalog.put('reports/a.txt', 'häuser')).toEqual({
      name: 'reports/a.txt',
      hash: hashOf('häuser'),
      size: 7,
    });
    const bytes = new Uint8Array([0, 255, 7]);
    await catalog.put('reports/b.bin', bytes);
    const rows = [{ n: 1 }, { n: 2 }];
    expect((await catalog.put('rows', rows)).hash).toBe(hashOf(JSON.stringify(rows)));
    await catalog.put('dates', new Map([['a', new Date(5)]]));
    await catalog.put('buffer', bytes.buffer);
    expect(await catalog.get('reports/*')).toEqual([
      { name: 'reports/a.txt', hash: hashOf('häuser'), size: 7, data: 'häuser' },
      { name: 'reports/b.bin', hash: hashOf(bytes), size: 3, data: bytes },
    ]);
    expect((await catalog.get('{rows,dates}')).map(({ data }) => data)).toEqual([new Map([['a', new Date(5)]]), rows]);
    expect((await catalog.get('buffer'))[0]?.data).toEqual(bytes.buffer);
    expect((await catalog.get('**')).map(({ name }) => name)).toEqual([
      'buffer',
      'dates',
      'reports/a.txt',
      'reports/b.bin',
      'rows',
    ]);
    await catalog.put('reports/a.txt', 'new');
    expect((await catalog.get('reports/a.txt')).map(({ data }) => data)).toEqual(['new']);
    expect(await catalog.remove('reports/*')).toBe(2);
    await expect(catalog.get('reports/*')).rejects.toMatchObject({
      name: 'CatalogNotFoundError',
      pattern: 'reports/*',
      available: ['buffer', 'dates', 'rows'],
    });
  });

  it('is of one run', async () => {
    const catalog = make();
    await catalog.forRun('one').put('x', 'of one');
    await expect(catalog.forRun('one').get('x')).resolves.toHaveLength(1);
    await expect(catalog.forRun('another').get('**')).rejects.toThrow(
      'Nothing in the catalog of the run "another" matches "**". It is empty.',
    );
  });

  it.each(['', '/a', 'a//b', '../a', 'a/..', '.', 'a\\b'])('refuses the name %j', async (name) => {
    await expect(make().forRun('r').put(name, '')).rejects.toThrow('is no name for the catalog');
  });

  it('refuses what cannot be serialised', async () => {
    await expect(
      make()
        .forRun('r')
        .put('f', () => 1),
    ).rejects.toThrow(TypeError);
  });

  it('D2 resolves the run of the task that calls, and fails outside of one', async () => {
    const catalog = make();
    await expect(catalog.put('x', 'y')).rejects.toThrow('No run context available: the catalog needs one');
    await expect(catalog.get('*')).rejects.toThrow('No run context available: the catalog needs one');
    const p = definePipeline('p', [
      task('put', {
        run: async (_all, run) => {
          await catalog.put('ambient', 'a');
          await run.catalog.put('explicit', 'b');
        },
      }),
    ]);
    const before = liveResources();
    const outcome = await p.start({ catalog, runId: `ambient ${kind}` }).finished;
    expect(outcome.error).toBeUndefined();
    expect((await catalog.forRun(`ambient ${kind}`).get('*')).map(({ data }) => data)).toEqual(['a', 'b']);
    expect(liveResources()).toEqual(before);
  });
});

describe('D8 a catalog', () => {
  it('tells data that somebody has changed', async () => {
    const place = path.join(folder, 'changed');
    const catalog = new FileCatalog(place).forRun('r');
    await catalog.put('x', 'right');
    const [run = ''] = await readdir(place);
    await writeFile(path.join(place, run, `${hashOf('right')}.data`), 'wrong');
    await expect(catalog.get('x')).rejects.toMatchObject({ name: 'CatalogIntegrityError', actual: hashOf('wrong') });
  });

  it('hashes where the page has no secure context, too', async () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 1_000]) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 7) % 256);
      const hex = hashOf(bytes);
      expect(Buffer.from(plainSha256(bytes)).toString('hex')).toBe(hex);
      expect(await sha256(bytes)).toBe(hex);
    }
  });
});
