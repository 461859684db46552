import 'fake-indexeddb/auto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import {
  definePipeline,
  FileCatalog,
  FileRunLogStore,
  IndexedDBCatalog,
  IndexedDBRunLogStore,
  map,
  MemoryCatalog,
  MemoryRunLogStore,
  parallel,
  task,
  type Catalog,
  type RunContext,
  type RunLogStore,
  type SecretSource,
} from '../node.js';
import { Redactor, revealed } from './redactor.js';
import { formsOf } from './secret-forms.js';

const secret = 'p@ss "word" <&> ünïcode/+42';
const short = 'q7';
const others: Record<string, string> = { KEY: secret, PIN: short, NEVER: 'never-declared' };

const folder = await mkdtemp(path.join(tmpdir(), 'secrets-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The ways in which a task lets out what it knows. */
function leak(_all: unknown, run: RunContext): unknown {
  const key = run.secrets.get('KEY');
  run.log(`key ${key}`);
  run.log(`basic ${Buffer.from(`user:${key}`).toString('base64')}`);
  run.progress(1, 2, key);
  return {
    plain: key,
    pin: run.secrets.get('PIN'),
    [`named ${key}`]: 1,
    header: `Bearer ${Buffer.from(`u:${key}`).toString('base64')}`,
    address: `https://host/?key=${encodeURIComponent(key)}`,
    hex: Buffer.from(key).toString('hex'),
    json: JSON.stringify({ key }),
    deep: new Map([['key', [key]]]),
    large: key.repeat(5_000),
    object: class {
      key = key;
    },
  };
}

function fail(_all: unknown, run: RunContext): never {
  const key = run.secrets.get('KEY');
  throw Object.assign(new TypeError(`no ${key}`, { cause: new Error(`because ${key}`) }), { request: { key } });
}

const leaking = definePipeline(
  'leaking',
  [
    parallel('p', {
      a: [map('m', { over: 'items', as: 'item' }, [task('leak', { run: leak, secrets: ['KEY', 'PIN'] })])],
    }),
    task('fail', { run: fail, secrets: ['KEY'], retries: 1, backoff: { base: 0 } }),
  ],
  { onFailure: [task('tell', { run: (_all, run) => void run.log(`failed ${JSON.stringify(run.failure)}`) })] },
);

/** All that a text of it may tell, however it is looked at. */
const texts = (value: unknown): string => `${JSON.stringify(value)} ${inspect(value, { depth: 20, showHidden: true })}`;

function expectNone(text: string): void {
  for (const form of formsOf(secret)) if (form !== '') expect(text.includes(form), form).toBe(false);
  expect(text.includes(JSON.stringify(short)), short).toBe(false);
}

const places: [string, () => { catalog: Catalog; runLogStore: RunLogStore; stored: () => Promise<string> }][] = [
  [
    'memory',
    () => {
      const runLogStore = new MemoryRunLogStore();
      return {
        catalog: new MemoryCatalog(),
        runLogStore,
        stored: async () => JSON.stringify(await runLogStore.read('r')),
      };
    },
  ],
  [
    'IndexedDB',
    () => {
      const runLogStore = new IndexedDBRunLogStore();
      return {
        catalog: new IndexedDBCatalog(),
        runLogStore,
        stored: async () => {
          const database = await new Promise<IDBDatabase>((resolve) => {
            const request = indexedDB.open('codemode-playground-runs');
            request.addEventListener('success', () => resolve(request.result));
          });
          const all = await Promise.all(
            ['events', 'entries'].map(
              (name) =>
                new Promise((resolve) => {
                  const request = database.transaction(name).objectStore(name).getAll();
                  request.addEventListener('success', () => resolve(request.result));
                }),
            ),
          );
          database.close();
          const decoded = (all[1] as { bytes: Uint8Array }[]).map(({ bytes }) => new TextDecoder().decode(bytes));
          return JSON.stringify(all[0]) + decoded.join('\n');
        },
      };
    },
  ],
  [
    'files',
    () => ({
      catalog: new FileCatalog(path.join(folder, 'catalog')),
      runLogStore: new FileRunLogStore(path.join(folder, 'logs')),
      stored: async () => {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true });
        const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
        expect(files.length).toBeGreaterThan(0);
        return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n') + files.join('\n');
      },
    }),
  ],
];

describe('D5 planted secrets', () => {
  it.each(places)('are in no log, event, error or export, and not in %s', async (_, make) => {
    const { catalog, runLogStore, stored } = make();
    const heard: unknown[] = [];
    const run = leaking.start({ runId: 'r', parameters: { items: [1, 2] }, secrets: others, catalog, runLogStore });
    for (const type of ['step', 'log', 'progress', 'statechange'] as const) {
      run.addEventListener(type, ({ detail }) => heard.push(detail));
    }
    const { status, error, log } = await run.finished;
    expect(status).toBe('fail');
    expect(error).toBeInstanceOf(TypeError);
    expect(error?.message).toBe('no [secret KEY]');
    expectNone(
      texts(error) + String(error?.stack) + texts(error?.cause) + texts((error as { request?: unknown }).request),
    );
    expect(log.steps[0]?.steps?.[0]?.steps).toHaveLength(2);
    expectNone(texts(log) + texts(run.log));
    expect(heard.length).toBeGreaterThan(20);
    expectNone(texts(heard));
    expectNone(texts(leaking) + leaking.toMermaid() + texts(leaking.graph(log)));
    expectNone(await stored());
    expect(await stored()).not.toContain('never-declared');
    // Nothing was lost: a task that runs after a resume gets what the first one gave.
    let given: unknown;
    const mended = definePipeline('leaking', [
      ...leaking.steps.slice(0, 1),
      task('fail', {
        run: (all: { plain: unknown; deep: unknown; header: unknown; large: unknown; pin: unknown }) =>
          void (given = all),
      }),
    ]);
    const resumed = await mended.resume('r', { secrets: others, catalog, runLogStore });
    expect(resumed.error).toBeUndefined();
    const header = `Bearer ${Buffer.from(`u:${secret}`).toString('base64')}`;
    expect(given).toMatchObject({
      plain: [secret, secret],
      pin: [short, short],
      header: [header, header],
      deep: [new Map([['key', [secret]]]), new Map([['key', [secret]]])],
      large: [secret.repeat(5_000), secret.repeat(5_000)],
    });
    expectNone(await stored());
  });

  it.each<[string, SecretSource]>([
    ['an object', others],
    ['a function', async (name) => await Promise.resolve(others[name])],
    ['a store', new Map(Object.entries(others))],
  ])('come from %s', async (_, secrets) => {
    const asked = definePipeline('p', [
      task('t', {
        secrets: ['KEY'],
        run: (_all, run) => ({ is: run.secrets.get('KEY') === secret, names: run.secrets.names }),
      }),
    ]);
    const { parameters, log } = await asked.start({ secrets }).finished;
    expect(parameters).toEqual({ is: true, names: ['KEY'] });
    expect(log.parameters).toEqual(parameters);
  });

  it('are not in a text of the context, or of what holds them', async () => {
    const seen = definePipeline('p', [
      task('t', {
        secrets: ['KEY'],
        run: (_all, run) => ({ text: `${JSON.stringify(run)} ${inspect(run, { depth: 9, showHidden: true })}` }),
      }),
    ]);
    const { parameters } = await seen.start({ secrets: new Map(Object.entries({ KEY: secret })) }).finished;
    expectNone(parameters.text);
  });

  it('must be texts', async () => {
    const p = definePipeline('p', [task('t', { secrets: ['KEY'], run: () => 1 })]);
    const { error } = await p.start({ secrets: { KEY: 5 as never } }).finished;
    expect(error?.message).toBe('The secret "KEY" must be a text, but is a number.');
  });
});

describe('D5 a redactor', () => {
  it('hides all forms, and gives them back', () => {
    const redactor = new Redactor();
    const secrets = new Map([
      ['KEY', secret],
      ['LONGER', `${secret}!`],
    ]);
    redactor.add(secrets);
    for (const form of [...formsOf(secret), ...formsOf(`${secret}!`)].filter((each) => each !== '')) {
      const text = `a ${form} b`;
      const { text: hidden, secrets: names } = redactor.hidden(text);
      expectNone(hidden);
      expect(names).not.toEqual([]);
      expect(revealed(hidden, secrets)).toBe(text);
    }
    expect(redactor.text('nothing in it')).toBe('nothing in it');
    const error = new Error('nothing in it');
    expect(redactor.error(error)).toBe(error);
  });
});
