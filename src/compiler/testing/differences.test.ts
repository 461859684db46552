import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { activations } from '../../context/activations/activations.js';
import { contextOfThrown } from '../../context/platform/errors.js';
import { Variable } from '../../context/async-context/variable.js';
import { instrumentedEvents, instrumentedProgram, nativeEvents } from './instrumented-programs.js';
import { knowsNewest } from './random-program.js';

/** What stays different from native code, by the row of `docs/async-context.md` that says so. */
const differences: Readonly<Record<string, () => Promise<void>>> = {
  'async functions of dependencies': () =>
    events(
      `const dependency = (0, eval)('(async (f) => { await 0; f(); })'); await run('a', async () => { await dependency(() => log('theirs')); log('own'); });`,
      ['"theirs" in undefined', '"own" in "a"'],
    ),
  'scripts that no bundler saw, `eval`, `new Function`': () =>
    events(
      `const f = new Function('f', 'return (async () => { await 0; f(); })()'); await run('a', () => f(() => log('theirs')));`,
      ['"theirs" in undefined'],
    ),
  'code of another frame or worker': () =>
    events(
      `const Other = process.getBuiltinModule('node:vm').runInNewContext('Promise'); await run('a', () => Other.resolve().then(() => log('theirs')));`,
      ['"theirs" in undefined'],
    ),
  'an async generator that is suspended at a `yield`, when `return(thenable)` is called': () =>
    events(
      `const g = run('a', () => (async function* () { yield 1; })()); await g.next(); await run('b', () => g.return({ then(resolve) { log('asked'); resolve(); } }));`,
      ['"asked" in "b"'],
    ),
  'a subclass of Promise, made with `new` and resolved with a thenable': () =>
    events(
      `class Own extends Promise {} await run('a', () => new Own((resolve) => resolve({ then(done) { log('asked'); done(); } })));`,
      ['"asked" in undefined'],
    ),
  'one error object that async functions of several contexts throw in one task': async () => {
    const variable = new Variable<string>();
    const rejected: Promise<unknown>[] = [];
    const log = (promise: unknown): void => {
      (promise as Promise<unknown>).catch(() => undefined);
      rejected.push(promise as Promise<unknown>);
    };
    const error = new Error('shared');
    const program = instrumentedProgram(
      `const f = async () => { await 0; throw get(); }; for (const name of ['a', 'b']) run(name, () => log(f()));`,
    );
    const run = (value: unknown, fn: () => unknown): unknown => variable.run(String(value), fn);
    await program({ log, get: () => error, run }, activations);
    await Promise.allSettled(rejected);
    expect(rejected.map((promise) => contextOfThrown(error, promise)?.values.get(variable))).toEqual(['b', 'b']);
  },
  'a promise that is rejected with a primitive': async () => {
    const variable = new Variable<string>();
    const rejected: [reason: unknown, promise: Promise<unknown>][] = [];
    const log = (one: unknown): void => {
      const [reason, promise] = one as [unknown, Promise<unknown>];
      promise.catch(() => undefined);
      rejected.push([reason, promise]);
    };
    const program = instrumentedProgram(
      `const error = new Error(), f = async (reason) => { await 0; throw reason; }; log([error, f(error)]); log([1, f(1)]);`,
    );
    await variable.run('a', () => program({ log, get: () => variable.get(), run: (_value, fn) => fn() }, activations));
    await Promise.allSettled(rejected.map(([, promise]) => promise));
    const seen = rejected.map(([reason, promise]) => contextOfThrown(reason, promise)?.values.get(variable));
    expect(seen).toEqual(['a', undefined]);
  },
  'a queue of a library that one timer or microtask empties, such as Preact’s renders': () =>
    events(
      `const tasks = []; const add = (task) => { if (tasks.push(task) === 1) queueMicrotask(() => tasks.splice(0).forEach((one) => one())); };
       const native = queueMicrotask; globalThis.queueMicrotask = (fn) => { Promise.resolve().then(fn); };
       try { run('a', () => add(() => log('first'))); run('b', () => add(() => log('second'))); } finally { globalThis.queueMicrotask = native; } await 0; await 0;`,
      ['"first" in "a"', '"second" in "a"'],
    ),
  'a getter `then` of what is returned in a `try`': () =>
    differ(
      `await run('a', async () => { try { return { get then() { log('read'); return (resolve) => resolve(); } }; } finally { log('finally'); } });`,
      ['"finally"', '"read"'],
      ['"read"', '"finally"'],
    ),
  'a getter `then` that gives no function': () =>
    differ(`await run('a', async () => { await { get then() { log('read'); } }; });`, ['"read"'], ['"read"', '"read"']),
  'getters `done` and `value` of what an async iterator’s promise gives': () =>
    events(
      `await run('a', async () => { for await (const x of { [Symbol.asyncIterator]: () => ({ next: async () => ({ get done() { log('done'); return true; } }) }) }); log('after'); });`,
      ['"done" in undefined', '"after" in "a"'],
    ),
  'an iterator that an array pattern closes, after an `await` in it has failed': () =>
    events(
      `const it = { [Symbol.iterator]: () => ({ next: () => ({ value: undefined, done: false }), return() { log('return'); return {}; } }) };
       await run('a', async () => { try { const [x = await Promise.reject(1)] = it; } catch { log('caught'); } });`,
      ['"return" in undefined', '"caught" in "a"'],
    ),
  'a getter `constructor` of a promise, or the trap `getPrototypeOf` of a proxy, that is awaited': async () => {
    await differ(
      `const p = Object.defineProperty(Promise.resolve(), 'constructor', { get() { log('constructor'); return Promise; } }); await run('a', async () => { await p; });`,
      ['"constructor"'],
      ['"constructor"', '"constructor"'],
    );
    await differ(
      `await run('a', async () => { await new Proxy({}, { getPrototypeOf(target) { log('trap'); return Object.prototype; } }); });`,
      [],
      ['"trap"'],
    );
  },
  'messages of the engine that quote code': () =>
    differ(
      `await (async () => { (await 5)(); })().catch((error) => log(error.message.includes('$')));`,
      ['false'],
      ['true'],
    ),
  'three resources or more in one block with `await using`, of which two are null': async () => {
    if (!knowsNewest) return;
    await differ(
      `const tick = (n) => n > 0 && Promise.resolve().then(() => { log(n); tick(n - 1); });
       const last = { async [Symbol.asyncDispose]() { log('disposed'); } };
       await run('a', async () => { tick(2); { await using a = null; await using b = null; await using c = last; } log('after'); await 0; await 0; });`,
      ['"disposed"', '2', '"after"', '1'],
      ['"disposed"', '2', '1', '"after"'],
    );
  },
  '`Function.prototype.toString`': () =>
    differ(`log(String(async () => { await log; }).includes('await log'));`, ['true'], ['false']),
};

/** Events of instrumented code, with their contexts. */
async function events(source: string, expected: readonly string[]): Promise<void> {
  expect((await instrumentedEvents(source)).slice(0, -1)).toEqual(expected);
}

/** Events of native and of instrumented code, without contexts. */
async function differ(source: string, native: readonly string[], instrumented: readonly string[]): Promise<void> {
  const without = (all: readonly string[]): string[] => all.slice(0, -1).map((event) => event.replace(/ in .*$/, ''));
  expect([without(await nativeEvents(source)), without(await instrumentedEvents(source))]).toEqual([
    native,
    instrumented,
  ]);
}

describe('what stays different', () => {
  it.each(Object.entries(differences))('%s', (_, shows) => shows());

  it('is a table in the guide, of which each row has a test that names it', () => {
    const root = path.resolve(import.meta.dirname, '../../..');
    const guide = readFileSync(path.join(root, 'docs/async-context.md'), 'utf8');
    const table = guide.split('## What is not covered')[1]!.split('\n\n')[1]!;
    const rows = table
      .split('\n')
      .slice(2)
      .map((row) => row.split(/(?<!\\)\|/)[1]!.trim());
    const straight = (text: string): string => text.replaceAll('’', "'");
    const names = Object.keys(differences).map(straight);
    const folders = ['src/vite', 'src/compiler/testing'].map((folder) => path.join(root, folder));
    const tests = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.test.ts') && name !== path.basename(import.meta.filename))
        .map((name) => straight(readFileSync(path.join(folder, name), 'utf8'))),
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(
      rows.filter(
        (row) => !names.includes(row) && !tests.some((text) => text.includes(`'${row}'`) || text.includes(`: ${row}'`)),
      ),
    ).toEqual([]);
    expect(names.filter((name) => !rows.includes(name))).toEqual([]);
  });
});
