import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SourcePosition } from '../../../src/protocol/messages/wire.js';
import { ServedKernel } from '../testing/served-kernel.js';

const served = new ServedKernel();
beforeAll(() => served.start());
afterAll(() => served.close());

const page = 'https://page.example';
Object.assign(served.modules, {
  'live.js': { source: 'export let n = 1; export const add = () => { n += 1 };' },
  'broken.js': { source: 'export const a = 1;\n\n  let = 2' },
  'throws.js': { source: "\n\nthrow new RangeError('from the module')" },
  'waits.js': { source: "await 0; throw 'a text'" },
  'imports-nope.js': { source: "\nimport { nope } from './live.js'" },
  'imports-none.js': { source: "\n\nimport './none.js'" },
  'imports-broken.js': { source: "import './broken.js'" },
  'imports-bare.js': { source: "import 'bare'" },
  'types.js': { source: 'export const value = 1' },
  'data.json': { source: '{"a": 1}', json: true },
  'effect.js': { source: 'globalThis.effects = (globalThis.effects ?? 0) + 1; export const done = effects' },
  'call.js': { source: 'export function call() { return this }; export const list = []' },
} satisfies Record<string, { source: string; json?: boolean }>);

const failures: [code: string, name: string, message: string, line: number, column: number][] = [
  [
    "import { nope } from './live.js'",
    'SyntaxError',
    "The requested module './live.js' does not provide an export named 'nope'",
    1,
    10,
  ],
  ["const a = 1;\n  import { n, nope } from './live.js'", 'SyntaxError', "named 'nope'", 2, 15],
  ["\nimport live from './live.js'", 'SyntaxError', "named 'default'", 2, 8],
  ["\nexport { nope } from './live.js'", 'SyntaxError', "named 'nope'", 2, 10],
  ["1;\nimport './broken.js'", 'SyntaxError', `(${page}/broken.js:3:3)`, 2, 1],
  ["1;\nimport './imports-broken.js'", 'SyntaxError', `(${page}/broken.js:3:3)`, 2, 1],
  ["\nimport './imports-nope.js'", 'SyntaxError', `'nope' (${page}/imports-nope.js:2:10)`, 2, 1],
  [
    "\n\n import x from 'bare'",
    'ModuleResolutionError',
    '"bare" imported from my.ts: it is not in the import map',
    3,
    2,
  ],
  ["\nimport './imports-bare.js'", 'ModuleResolutionError', `imported from ${page}/imports-bare.js`, 2, 1],
  ["\nimport './none.js'", 'PublicError', `There is no ${page}/none.js`, 2, 1],
  ["\nimport './imports-none.js'", 'PublicError', `There is no ${page}/none.js`, 2, 1],
  ["\nimport './live.js'; import './throws.js'", 'RangeError', 'from the module', 2, 21],
  ["\nimport './waits.js'", 'Uncaught', 'a text', 2, 1],
  ["\nawait import('./throws.js')", 'RangeError', 'from the module', 2, 13],
  [
    "\nconst later = async () => {\n  await import('./imports-nope.js') };\nawait later()",
    'SyntaxError',
    "named 'nope'",
    3,
    15,
  ],
  ["\nawait import('bare')", 'ModuleResolutionError', 'imported from my.ts', 2, 13],
  ["\nawait import('./none.js')", 'PublicError', 'There is no', 2, 13],
  ["1;\n import a from './data.json'", 'TypeError', 'import data from "./data.json" with { type: \'json\' }', 2, 2],
  ["\nawait import('./data.json')", 'TypeError', 'data.json is JSON', 2, 13],
  ["import a from './live.js' with { type: 'json' }", 'TypeError', 'is imported as JSON', 1, 1],
];

it.each(failures)('%j fails at the import', async (code, name, message, line, column) => {
  const { ok, error } = await served.run(`${code}; globalThis.cellRan = true`, { fileName: 'my.ts' });
  expect({ ok, name: error?.name, message: error?.message }).toEqual({
    ok: false,
    name,
    message: expect.stringContaining(message) as string,
  });
  expect(error!.position).toMatchObject({ fileName: 'my.ts', line, column } satisfies SourcePosition);
  expect(globalThis).not.toHaveProperty('cellRan');
});

it('links all imports of a cell before it evaluates any', async () => {
  await served.run("import './effect.js'; import { nope } from './live.js'");
  expect(globalThis).not.toHaveProperty('effects');
  expect(await served.run("import { done } from './effect.js'; export * from './effect.js'; done")).toMatchObject({
    value: 1,
  });
});

it('takes a name for that of a type where only types of the cell use it', async () => {
  const code = "import { value, Options } from './types.js'; const o: Options = 1; value";
  expect(await served.run(code)).toMatchObject({ ok: true, value: 1 });
  expect(await served.run("import { type Options } from './types.js'; 2")).toMatchObject({ value: 2 });
});

it('binds live names and namespaces, which are shown with their values', async () => {
  expect(
    await served.run("import * as all from './live.js'; import { n, add } from './live.js'; add(); [n, all.n]"),
  ).toMatchObject({ value: [2, 2] });
  expect(await served.run('Object.getOwnPropertyDescriptor(all, "n")')).toMatchObject({
    value: { value: 2, writable: true, enumerable: true, configurable: false },
  });
  const { preview } = await served.run('all');
  expect(preview).toMatchObject({ type: 'object', properties: [{ name: 'add' }, { name: 'n', value: { text: '2' } }] });
  expect(await served.run('try { n = 3 } catch (error) { `${error}` }')).toMatchObject({
    value: 'TypeError: Assignment to constant variable.',
  });
});

it('shows a namespace whose names are not initialised yet', async () => {
  served.modules['circle.js'] = { source: "import * as self from './circle.js'; display(self); export let late = 1" };
  expect(await served.run("import { late } from './circle.js'; late")).toMatchObject({ ok: true, value: 1 });
});

it('gives the value of JSON, and reads the attributes of import()', async () => {
  const code =
    "import data from './data.json' with { type: 'json' }; [data, await import('./data.json', { with: { type: 'json' } }).then((ns) => ns.default === data)]";
  expect(await served.run(code)).toMatchObject({ value: [{ a: 1 }, true] });
  const { error } = await served.run("await import({ toString() { throw new RangeError('own') } })");
  expect(error).toMatchObject({ name: 'RangeError', message: 'own' });
});

it('C7: a checkpoint, which keeps no attributes, brings imported JSON back', async () => {
  const group = '{"id":1,"names":[[0,"kept","import","./data.json","default"]],"nodes":[]}';
  const { buffer: data } = new TextEncoder().encode(group);
  const report = await served.host.call('restore', { context: served.context(), data, isOwn: false });
  expect(report).toMatchObject({ restored: ['kept'], lost: [] });
  expect(await served.run('kept')).toMatchObject({ value: { a: 1 } });
});

it('calls what it imports without a receiver, and names it as the reader does', async () => {
  expect(await served.run("import { call, list } from './call.js'; call()")).toMatchObject({
    ok: true,
    value: undefined,
  });
  served.modules['wrong.js'] = { source: "import { list } from './call.js'; list()" };
  for (const code of ['list()', "import './wrong.js'"])
    expect((await served.run(code)).error).toMatchObject({ name: 'TypeError', message: 'list is not a function' });
});

it('knows its own name, and resolves', async () => {
  expect(await served.run("[import.meta.url, import.meta.resolve('./a.js')]", { fileName: 'me.ts' })).toMatchObject({
    value: ['me.ts', `${page}/a.js`],
  });
});
