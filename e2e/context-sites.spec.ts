import { expect, test } from './fixtures/test.js';

interface Site {
  readonly where: string;
  /** Body of an async function; `look()` is what the variable holds there, `other(fn)` calls `fn` where it holds 'other'. */
  readonly code: string;
  readonly sees: unknown;
}

/** What each cell begins with; its code then runs where the variable holds 'mine'. */
const prelude = `
const variable = new AsyncContext.Variable({ defaultValue: 'none' });
const look = () => variable.get();
const other = (fn) => variable.run('other', fn);
const later = () => new Promise((resolve) => setTimeout(resolve));
const mine = (fn) => variable.run('mine', fn);
`;

const sites: readonly Site[] = [
  { where: 'await', sees: 'mine', code: `await Promise.resolve(); return look();` },
  {
    where: 'a caller while its callee waits',
    sees: ['mine', 'other'],
    code: `let seen; const callee = other(async () => { await later(); seen = look(); }); const here = look(); await callee; return [here, seen];`,
  },
  {
    where: 'then, of the registration',
    sees: ['mine', 'mine'],
    code: `let settle; const gate = other(() => new Promise((resolve) => { settle = resolve; })); const seen = gate.then(look); other(() => settle());
      return [await seen, await Promise.reject(0).catch(look)];`,
  },
  {
    where: 'finally of a promise',
    sees: 'mine',
    code: `let seen; const p = Promise.resolve().finally(() => { seen = look(); }); await other(() => p); return seen;`,
  },
  { where: 'a thenable that is awaited', sees: 'mine', code: `return await { then(resolve) { resolve(look()); } };` },
  {
    where: 'a thenable that is resolved with',
    sees: ['mine', 'mine', 'mine', 'mine'],
    code: `const t = { then(resolve) { resolve(look()); } };
      return [await new Promise((resolve) => resolve(t)), await Promise.resolve(t), await (async () => t)(), await Promise.resolve().then(() => t)];`,
  },
  {
    where: 'Promise.all, race, any, allSettled, withResolvers',
    sees: ['mine', 'mine', 'mine', 'mine', 'mine'],
    code: `const t = { then(resolve) { resolve(look()); } };
      const { promise, resolve } = Promise.withResolvers(); const answer = promise.then(look); other(resolve);
      return [(await Promise.all([t]))[0], await Promise.race([t]), await Promise.any([t]), (await Promise.allSettled([t]))[0].value, await answer];`,
  },
  {
    where: 'a subclass of Promise',
    sees: ['mine', 'mine'],
    code: `class Own extends Promise { static get [Symbol.species]() { return Promise; } } const p = Own.resolve(); await p; return [look(), await p.then(look)];`,
  },
  {
    where: 'a generator, of its creation',
    sees: [['mine', 'mine'], 'other'],
    code: `function* g() { yield look(); yield look(); } const it = g(); return other(() => [[it.next().value, it.next().value], look()]);`,
  },
  {
    where: 'yield*',
    sees: ['mine', 'mine'],
    code: `function* inner() { yield look(); } function* g() { yield* inner(); yield look(); } const it = g(); return other(() => [...it]);`,
  },
  {
    where: 'an async generator, of its creation',
    sees: ['mine', 'mine', 'mine'],
    code: `async function* inner() { await later(); yield look(); } async function* g() { yield look(); yield* inner(); await later(); yield look(); }
      const it = g(); return await other(async () => { const seen = []; for await (const x of it) seen.push(x); return seen; });`,
  },
  {
    where: 'for await, its body and the closing of its iterator',
    sees: ['mine', 'mine', 'mine'],
    code: `const seen = []; const it = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: look() }), return: async () => { seen.push(look()); return {}; } }) };
      outer: for (;;) for await (const x of it) { seen.push(x); break outer; } seen.push(look()); return seen;`,
  },
  {
    where: 'setTimeout and setInterval',
    sees: ['mine', 'mine'],
    code: `return [await new Promise((done) => setTimeout(() => done(look()))), await new Promise((done) => { const id = setInterval(() => { clearInterval(id); done(look()); }, 1); })];`,
  },
  {
    where: 'queueMicrotask',
    sees: 'mine',
    code: `return await new Promise((done) => queueMicrotask(() => done(look())));`,
  },
  {
    where: 'requestAnimationFrame, where there is one',
    sees: 'mine',
    code: `return typeof requestAnimationFrame === 'undefined' ? look() : await new Promise((done) => requestAnimationFrame(() => done(look())));`,
  },
  { where: 'scheduler.postTask', sees: 'mine', code: `return await scheduler.postTask(look);` },
  {
    where: 'a message between two ports: of who posts, for all tasks of the execution',
    sees: ['mine', 'other', ['mine', 'mine']],
    code: `const { port1, port2 } = new MessageChannel();
      const heard = () => new Promise((done) => { port1.onmessage = () => done(look()); });
      const [first, one] = [heard(), port2.postMessage(0)]; const seen = [await first];
      const second = heard(); other(() => port2.postMessage(0)); seen.push(await second);
      const tasks = [], ran = []; const add = (task) => { if (tasks.push(task) === 1) port2.postMessage(null); };
      const all = new Promise((done) => { port1.onmessage = () => { while (tasks.length > 0) tasks.shift()(); done(); }; });
      add(() => ran.push(look())); other(() => add(() => ran.push(look()))); await all; port1.close();
      return [...seen, ran];`,
  },
  {
    where: 'an EventTarget: of who dispatches',
    sees: 'other',
    code: `let seen; const target = new EventTarget(); target.addEventListener('x', () => { seen = look(); }); other(() => target.dispatchEvent(new Event('x'))); return seen;`,
  },
  {
    where: 'an AbortSignal: of who aborts, and none when time is up',
    sees: ['other', 'none'],
    code: `let seen; const c = new AbortController(); c.signal.addEventListener('abort', () => { seen = look(); }); other(() => c.abort());
      return [seen, await new Promise((done) => { AbortSignal.timeout(1).onabort = () => done(look()); })];`,
  },
  {
    where: 'an AbortSignal of any: of who aborts one of them',
    sees: 'other',
    code: `let seen; const c = new AbortController(); AbortSignal.any([c.signal, AbortSignal.timeout(60_000)]).onabort = () => { seen = look(); }; other(() => c.abort()); return seen;`,
  },
  {
    where: 'a WebSocket that fails',
    sees: 'none',
    code: `return await new Promise((done) => { new WebSocket('wss://unreachable.invalid/').onerror = () => done(look()); });`,
  },
  {
    where: 'an EventSource that fails, and a PerformanceObserver',
    sees: ['none', 'none'],
    code: `const failed = new Promise((done) => { const source = new EventSource('https://unreachable.invalid/'); source.onerror = () => { source.close(); done(look()); }; });
      const observed = new Promise((done) => { new PerformanceObserver((_, observer) => { observer.disconnect(); done(look()); }).observe({ entryTypes: ['mark'] }); performance.mark('x'); });
      return [await failed, await observed];`,
  },
  {
    where: 'a BroadcastChannel and a database, which a worker is not given',
    sees: ['undefined', 'undefined'],
    code: `return [typeof BroadcastChannel, typeof indexedDB];`,
  },
  {
    where: 'a stream: start of the constructor, pull of the read',
    sees: ['mine', 'other', 'mine'],
    code: `const seen = []; const stream = new ReadableStream({ start() { seen.push(look()); }, pull(c) { seen.push(look()); c.enqueue(1); } }, { highWaterMark: 0 });
      await other(() => stream.getReader().read()); seen.push(look()); return seen;`,
  },
  {
    where: 'a TransformStream that is written to',
    sees: ['mine', 'other'],
    code: `const seen = []; const { writable, readable } = new TransformStream({ start() { seen.push(look()); }, transform(x, c) { seen.push(look()); c.enqueue(x); } });
      const reader = readable.getReader(); const read = reader.read(); await later(); const writer = writable.getWriter(); await other(() => writer.write(1)); await read; return seen;`,
  },
  {
    where: 'a WritableStream',
    sees: ['mine', 'other', 'other'],
    code: `const seen = []; const w = new WritableStream({ start() { seen.push(look()); }, write() { seen.push(look()); }, close() { seen.push(look()); } }).getWriter();
      await w.ready; await other(() => w.write(1)); await other(() => w.close()); return seen;`,
  },
  {
    where: 'a WritableStream under back-pressure: of each write',
    sees: [['a', 'b', 'none'], 'other'],
    code: `const seen = []; let closed; const w = new WritableStream({ async write() { seen.push(look()); await later(); }, close() { closed = look(); } }).getWriter();
      variable.run('a', () => w.write(1)); variable.run('b', () => w.write(2)); variable.run('none', () => w.write(3)); await other(() => w.close()); return [seen, closed];`,
  },
  {
    where: 'a TransformStream under back-pressure: of each write',
    sees: ['a', 'b'],
    code: `const seen = []; const { writable, readable } = new TransformStream({ transform(x, c) { seen.push(look()); c.enqueue(x); } });
      const w = writable.getWriter(); variable.run('a', () => w.write(1)); variable.run('b', () => w.write(2)); w.close(); for await (const x of readable); return seen;`,
  },
  {
    where: 'piped streams: of the pipe',
    sees: ['other', 'other', 'other', 'other'],
    code: `const seen = {}; let count = 0; const source = new ReadableStream({ pull(c) { seen.pull = look(); if (count++ < 2) c.enqueue(count); else c.close(); } }, { highWaterMark: 0 });
      const middle = new TransformStream({ transform(x, c) { seen.transform = look(); c.enqueue(x); } });
      await other(() => source.pipeThrough(middle).pipeTo(new WritableStream({ write() { seen.write = look(); }, close() { seen.close = look(); } })));
      return [seen.pull, seen.transform, seen.write, seen.close];`,
  },
  {
    where: 'an iteration and a branch of a stream: pull of who iterates, of who reads',
    sees: ['mine', 'other'],
    code: `const seen = []; const make = () => new ReadableStream({ async pull(c) { await later(); seen.push(look()); c.enqueue(1); } }, { highWaterMark: 0 });
      const made = other(make); for await (const x of made) break; const [branch] = make().tee(); await other(() => branch.getReader().read()); return [seen[0], seen[1]];`,
  },
  {
    where: 'the body of a Response',
    sees: ['mine', 'mine'],
    code: `const text = await new Response('x').text(); const seen = [look()]; for await (const _ of new Blob(['y']).stream()) seen.push(look()); return seen;`,
  },
  {
    where: 'fetch of what it may not reach',
    sees: 'mine',
    code: `try { await fetch('https://unreachable.invalid/'); } catch { return look(); }`,
  },
  {
    where: 'fetch of a data: URL',
    sees: 'mine',
    code: `try { await (await fetch('data:text/plain,x')).text(); return look(); } catch { return look(); }`,
  },
  {
    where: 'XMLHttpRequest, of send()',
    sees: 'mine',
    code: `return await new Promise((done) => { const x = new XMLHttpRequest(); x.onloadend = () => done(look()); x.open('GET', 'data:text/plain,x'); x.send(); });`,
  },
  {
    where: 'FileReader, of the reading',
    sees: 'mine',
    code: `return await new Promise((done) => { const r = new FileReader(); r.onload = () => done(look()); r.readAsText(new Blob(['x'])); });`,
  },
  {
    where: 'locks.request, where a sandbox has it',
    sees: 'mine',
    code: `try { return await other(() => mine(() => navigator.locks.request('x', look))); } catch (error) { if (error.name !== 'SecurityError') throw error; return look(); }`,
  },
  {
    where: 'unhandledrejection, of who rejected',
    sees: 'mine',
    code: `return await new Promise((done) => { addEventListener('unhandledrejection', (event) => { event.preventDefault(); done(look()); }, { once: true });
      Promise.resolve().then(() => { throw new Error('planned'); }); });`,
  },
  {
    where: 'error, of who threw',
    sees: 'mine',
    code: `return await new Promise((done) => { addEventListener('error', (event) => { event.preventDefault(); done(look()); }, { once: true });
      setTimeout(() => { throw new Error('planned'); }); });`,
  },
  {
    where: 'eval and new Function',
    sees: ['mine', 'mine', 'mine'],
    code: `globalThis.sharedLook = look; const AsyncFunction = (async () => {}).constructor;
      return [await (0, eval)('(async () => { await 0; return sharedLook(); })()'), await new Function('return (async () => { await 0; return sharedLook(); })()')(),
        await new AsyncFunction('await 0; return sharedLook();')()];`,
  },
  {
    where: 'class fields and static blocks',
    sees: ['mine', 'mine', 'mine'],
    code: `const seen = []; class A { static { seen.push(look()); } field = look(); async #own() { await 0; return look(); } own() { return this.#own(); } }
      const a = new A(); seen.push(a.field, await a.own()); return seen;`,
  },
  {
    where: 'callbacks of built-ins',
    sees: ['mine', 'mine', 'mine'],
    code: `await 0; return [[1].map(look)[0], JSON.parse(JSON.stringify({ toJSON: look })), 'x'.replace('x', look)];`,
  },
  {
    where: 'a Snapshot',
    sees: ['mine', 'mine'],
    code: `const snapshot = new AsyncContext.Snapshot(); const wrapped = AsyncContext.Snapshot.wrap(look); return other(() => [snapshot.run(look), wrapped()]);`,
  },
  {
    where: 'Array.fromAsync: its iteration, what it maps, thenables in it',
    sees: [
      ['mine', 'mine'],
      ['mine', 'mine'],
      ['mine', 1],
    ],
    code: `const t = { then(resolve) { resolve(look()); } }; let count = 0;
      const items = { [Symbol.asyncIterator]: () => ({ next: async () => { await later(); return { done: count++ > 1, value: look() }; } }) };
      return [await Array.fromAsync(items), await Array.fromAsync([t, 0], (x) => x || t), await Array.fromAsync({ length: 2, 0: t, 1: 1 })];`,
  },
  {
    where: 'a thenable that Promise.withResolvers resolves with, of who resolves',
    sees: ['other', ''],
    code: `const { promise, resolve } = Promise.withResolvers(); other(() => resolve({ then(done) { done(look()); } })); return [await promise, resolve.name];`,
  },
  {
    where: 'a thenable of Promise.try, of a subclass, of its combinators',
    sees: ['mine', 'mine', 'mine', 'mine'],
    code: `const t = { then(resolve) { resolve(look()); } }; class Own extends Promise {}
      return [await Promise.try(() => t), await Own.resolve(t), (await Own.all([t]))[0], await Own.any([t])];`,
  },
  {
    where: 'a thenable that an async generator returns, or is told to return',
    sees: ['mine', 'mine'],
    code: `const t = { then(resolve) { resolve(look()); } }; async function* g() { return t; } return [(await g().next()).value, (await g().return(t)).value];`,
  },
  {
    where: 'AsyncDisposableStack, of its disposal',
    sees: ['other', 'other', 'other'],
    code: `const seen = []; const note = async () => { seen.push(look()); await later(); }; const stack = new AsyncDisposableStack();
      stack.defer(note); stack.adopt(1, note); stack.use({ [Symbol.asyncDispose]: note }); await other(() => stack.disposeAsync()); return seen;`,
  },
  {
    where: 'helpers of iterators: of who asks for the next',
    sees: ['other', 'other'],
    code: `const it = [1, 2].values().map(look).filter(() => true); return other(() => [...it]);`,
  },
];

test.describe('the context in force in a worker', () => {
  test('A1: is at each site the one that the proposal names', async ({ sdkPage }) => {
    const results = await sdkPage.evaluate(
      async (cells) => {
        const codemode = new window.sdk.Codemode();
        try {
          const session = codemode.session('s');
          const seen = [];
          for (const cell of cells) {
            const { value, error } = await session.execute(cell);
            seen.push(error === undefined ? { value } : { error: `${error.name}: ${error.message}` });
          }
          return seen;
        } finally {
          await codemode.close();
        }
      },
      sites.map(({ code }) => `${prelude}await mine(async () => {${code}\n})`),
    );
    for (const [index, { where, sees }] of sites.entries()) expect.soft(results[index], where).toEqual({ value: sees });
  });

  test('A1: await using disposes in the context of its function', async ({ sdkPage }) => {
    const seen = await sdkPage.evaluate(async (setup) => {
      const codemode = new window.sdk.Codemode();
      try {
        const { value, error } = await codemode.session('s').execute(`${setup}
          const seen = [];
          await mine(async () => {
            { await using a = { async [Symbol.asyncDispose]() { seen.push(look()); await later(); seen.push(look()); } };
              await using b = null; using c = { [Symbol.dispose]() { seen.push(look()); } }; await later(); }
            seen.push(look());
          });
          seen`);
        return value ?? error?.message;
      } finally {
        await codemode.close();
      }
    }, prelude);
    expect(seen).toEqual(['mine', 'mine', 'mine', 'mine']);
  });

  test('A1: a module is evaluated in no context, what it exports runs in that of its caller', async ({
    sdkPage,
    site,
  }) => {
    const seen = await sdkPage.evaluate(
      async ({ setup, library }) => {
        const codemode = new window.sdk.Codemode({ importMap: { imports: { library } } });
        try {
          const { value, error } = await codemode.withContext({ client: 'mine' }).execute(`${setup}
          globalThis.readVariable = look;
          const library = await mine(() => import('library'));
          [library.evaluatedIn, await mine(() => library.readLater()), await mine(async () => { await import('library'); return look(); })]`);
          return value ?? error?.message;
        } finally {
          await codemode.close();
        }
      },
      { setup: prelude, library: `${site.origin}/e2e/pages/modules/reads-context.js` },
    );
    expect(seen).toEqual(['none', 'mine', 'mine']);
  });

  test('A1: a rejection that nobody handles is output of who called, not of the cell that wrote the function', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      try {
        const session = codemode.session('s');
        const output: { runId: string; text: string }[] = [];
        let all = (): void => undefined;
        const arrived = new Promise<void>((resolve) => {
          all = resolve;
        });
        session.addEventListener('output', ({ detail }) => {
          if (output.push({ runId: detail.runId ?? 'nobody', text: String(detail) }) === 6) all();
        });
        await session.execute(`
          const later = () => new Promise((resolve) => setTimeout(resolve));
          async function waits(name) { await later(); throw new Error(name + ' waits'); }
          async function throws(name) { throw new Error(name + ' throws'); }
          async function stumbles(name) { await later(); JSON.parse(name + ' stumbles'); }`);
        const results = await Promise.all(
          ['one', 'two'].map((name) =>
            session.execute(`{
          const call = (fn) => setTimeout(fn, 0, '${name}');
          call(waits); call(throws); call(stumbles); }`),
          ),
        );
        await arrived;
        return { output, runIds: results.map(({ runId }) => runId) };
      } finally {
        await codemode.close();
      }
    });
    const callers = outcome.output.map(
      ({ runId, text }) => `${/(one|two) \w+/.exec(text)?.[0]} of ${['one', 'two'][outcome.runIds.indexOf(runId)]}`,
    );
    expect(callers.toSorted()).toEqual(
      ['one', 'two'].flatMap((name) => ['stumbles', 'throws', 'waits'].map((what) => `${name} ${what} of ${name}`)),
    );
  });
});
