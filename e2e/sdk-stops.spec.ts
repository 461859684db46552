import type { Page } from '@playwright/test';
import { repetitions } from './fixtures/repetitions.js';
import { expect, test } from './fixtures/test.js';

/** What the loops and calls of the code itself let be ended. */
const guarded: Readonly<Record<string, string>> = {
  for: 'for (;;) ;',
  while: 'let n = 0; while (true) n++;',
  do: 'do ; while (true)',
  'for-in':
    'const big = Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => ["k" + i, i])); for (;;) for (const k in big) ;',
  'for-of over a generator that never ends': 'function* forever() { for (;;) yield 1 } for (const x of forever()) ;',
  labels: 'a: for (;;) { b: for (;;) continue a; }',
  recursion: 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) } fib(100)',
  'mutual recursion of arrows':
    'const even = (n) => n < 2 ? n : odd(n - 1) + odd(n - 2), odd = (n) => even(n - 1) + even(n - 2); even(100)',
  getters: 'const tree = (n) => ({ get size() { return n && tree(n - 1).size + tree(n - 1).size } }); tree(100).size',
  constructors: 'class Tree { constructor(n) { if (n) { new Tree(n - 1); new Tree(n - 1) } } } new Tree(100)',
  coercion: 'const words = (n) => ({ toString: () => n ? `${words(n - 1)}${words(n - 1)}` : "" }); `${words(100)}`',
  proxies: 'const deep = (n) => new Proxy({}, { get: () => n ? deep(n - 1).x + deep(n - 1).x : 1 }); deep(100).x',
  callbacks: 'Array.from({ length: 1e9 }, (_, i) => Math.sqrt(i)).length',
  'a comparator':
    'const list = Array.from({ length: 1e6 }, (_, i) => i); for (const x of [1]) list.sort((a, b) => { for (;;) ; })',
  reduce: '[1, 2, 3].reduce((sum) => { while (true) sum++; }, 0)',
  'a loop that swallows': 'for (;;) { try { for (;;) ; } catch {} }',
  'a finally that continues': 'for (;;) { try { for (;;) ; } finally { continue } }',
  'await in a loop that swallows': 'for (;;) { try { await null } catch {} }',
  'an async generator that swallows':
    'async function* g() { for (;;) { try { yield 1 } catch {} } } for await (const x of g()) ;',
  'microtasks without end': 'const again = () => Promise.resolve().then(again); again(); await new Promise(() => {})',
  queueMicrotask: 'const again = () => queueMicrotask(() => again()); again(); await new Promise(() => {})',
  'timers without end': 'const again = () => setTimeout(() => again()); again(); await new Promise(() => {})',
  'await of what never comes': 'await new Promise(() => {})',
  'a promise of another': 'await Promise.withResolvers().promise',
  eval: 'eval("for (;;) ;")',
  'new Function': 'new Function("for (;;) ;")()',
};

/** What never lets the event loop turn by itself, though it blocks nothing. */
const awaiting: Readonly<Record<string, string>> = {
  'a loop that awaits': 'for (;;) await null',
  'a loop that awaits and swallows': 'for (;;) { try { await null } catch {} }',
  'for await over a generator': 'async function* forever() { for (;;) yield 1 } for await (const x of forever()) ;',
  'for await over an iterator of its own':
    'for await (const x of { [Symbol.asyncIterator]() { return this }, next: () => Promise.resolve({ value: 1 }) }) ;',
  'for await over a sync iterator': 'function* forever() { for (;;) yield null } for await (const x of forever()) ;',
  'a reader':
    'const reader = new ReadableStream({ pull: (controller) => controller.enqueue(1) }).getReader(); for (;;) await reader.read()',
  recursion: 'async function again() { await null; return again() } await again()',
  'many at once': 'await Promise.all(Array.from({ length: 300 }, async () => { for (;;) await null }))',
  'reactions of promises': 'const again = () => Promise.resolve().then(again); again(); await new Promise(() => {})',
  'rejections of promises': 'const again = () => Promise.reject(1).catch(again); again(); await new Promise(() => {})',
  queueMicrotask: 'const again = () => queueMicrotask(() => again()); again(); await new Promise(() => {})',
  'then in a chain of its own': 'const again = (n) => Promise.resolve(n + 1).then((m) => again(m)); await again(0)',
  'finally in a chain': 'const again = () => Promise.resolve().finally(again); again(); await new Promise(() => {})',
  'Promise.race': 'for (;;) await Promise.race([Promise.resolve(1), new Promise(() => {})])',
  'Promise.all': 'for (;;) await Promise.all([1, Promise.resolve(2)])',
  'Promise.any that rejects': 'for (;;) await Promise.any([Promise.reject(1), Promise.resolve(2)])',
  'Promise.allSettled': 'for (;;) await Promise.allSettled([Promise.reject(1)])',
  'async recursion in two functions':
    'const even = async () => { await null; return odd() }, odd = async () => { await null; return even() }; await even()',
  'an async iterator by hand':
    'const it = { next: async () => ({ value: 1, done: false }) }; for (;;) (await it.next()).value',
  'an async generator by hand':
    'async function* forever() { for (;;) yield 1 } const it = forever(); for (;;) await it.next()',
  'yield* of an async generator':
    'async function* inner() { for (;;) yield 1 } async function* outer() { yield* inner() } for await (const x of outer()) ;',
  'for await over a stream':
    'for await (const x of new ReadableStream({ pull: (controller) => controller.enqueue(1) })) ;',
  'a pipe': 'await new ReadableStream({ pull: (c) => c.enqueue(1) }).pipeTo(new WritableStream({ write() {} }))',
  'a pipe through a transformation':
    'await new ReadableStream({ pull: (c) => c.enqueue(1) }).pipeThrough(new TransformStream({ transform: (x, c) => c.enqueue(x) })).pipeTo(new WritableStream())',
  'a writer': 'const writer = new WritableStream({ write() {} }).getWriter(); for (;;) await writer.write(1)',
  'Atomics.waitAsync':
    'const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }), view = new Int32Array(buffer); for (;;) await Atomics.waitAsync(view, 0, 1).value',
  thenables: 'for (;;) await { then(resolve) { resolve(1) } }',
  'an async dispose': 'for (;;) { await using held = { [Symbol.asyncDispose]: async () => {} } }',
  'events from microtasks':
    'const target = new EventTarget(); target.addEventListener("again", () => queueMicrotask(() => target.dispatchEvent(new Event("again")))); target.dispatchEvent(new Event("again")); await new Promise(() => {})',
  'events from awaits':
    'const target = new EventTarget(); target.addEventListener("again", async () => { await null; target.dispatchEvent(new Event("again")) }); target.dispatchEvent(new Event("again")); await new Promise(() => {})',
  messages:
    'const { port1, port2 } = new MessageChannel(); port1.onmessage = () => port2.postMessage(1); port2.postMessage(1); await new Promise(() => {})',
  'Array.fromAsync':
    'await Array.fromAsync({ [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }) }) }, () => 1)',
};

/** What runs in the engine alone: only the end of its worker ends it. */
const unguarded: Readonly<Record<string, string>> = {
  'a regular expression': '/^(a+)+$/.test("a".repeat(40) + "b")',
  'a search without end': 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)',
  'a loop in a built-in': 'Array.prototype.reverse.call({ length: 2 ** 53 - 1 })',
};

interface Outcome {
  readonly error: string | undefined;
  readonly kept: unknown;
  readonly recovered: number;
}

interface Ending {
  readonly how: 'timeout' | 'abort' | 'stop';
  /** Of the code, where it has more to do before what it is stopped in. @default 250 ms */
  readonly timeout?: number;
  /** How long code has to end once it was stopped. @default the SDK's */
  readonly stopGrace?: number;
}

/** Ends each of the codes, once it has begun, in the same session, which has a variable to lose. */
async function end(page: Page, codes: readonly string[], ending: Ending): Promise<Outcome[]> {
  return page.evaluate(
    async ({ codes: all, how, timeout, stopGrace }) => {
      const codemode = new window.sdk.Codemode({ limits: stopGrace === undefined ? {} : { stopGrace } });
      const session = codemode.session('s');
      let recovered = 0;
      session.addEventListener('recovered', () => recovered++);
      try {
        await session.execute('let keep = 42; const list = [keep]');
        const outcomes = [];
        for (const code of all) {
          recovered = 0;
          const controller = new AbortController();
          const begun = new Promise((resolve) => {
            session.addEventListener('output', resolve, { once: true });
          });
          const running = session.execute(
            // What is shown has to leave before the code keeps its worker busy.
            `{ display('begun'); await new Promise((sent) => setTimeout(sent)); ${code} }`,
            how === 'timeout' ? { timeout } : { signal: controller.signal },
          );
          if (how !== 'timeout') await begun;
          if (how === 'abort') controller.abort();
          if (how === 'stop') await session.stop();
          const { error } = await running;
          const { value } = await session.execute('keep + list[0] + 1');
          outcomes.push({ error: error?.name, kept: value, recovered });
        }
        return outcomes;
      } finally {
        await codemode.close();
      }
    },
    { codes, timeout: 250, ...ending },
  );
}

test.describe('C9: stopping', () => {
  test('code that runs out of time in its own loops and calls ends there, and the worker lives on', async ({
    sdkPage,
  }) => {
    const outcomes = await end(sdkPage, Object.values(guarded), { how: 'timeout' });
    const byKind = Object.fromEntries(Object.keys(guarded).map((kind, index) => [kind, outcomes[index]]));
    const expected = { error: 'ExecutionTimeoutError', kept: 85, recovered: 0 };
    expect(byKind).toEqual(Object.fromEntries(Object.keys(guarded).map((kind) => [kind, expected])));
  });

  for (const [kind, code] of Object.entries(unguarded)) {
    test(`what no guard reaches costs the worker, and no variable: ${kind}`, async ({ sdkPage }) => {
      expect(await end(sdkPage, [code], { how: 'timeout', timeout: 1_500, stopGrace: 100 })).toMatchObject([
        { error: 'ExecutionTimeoutError', kept: 85, recovered: 1 },
      ]);
      expect(await end(sdkPage, [code], { how: 'stop', stopGrace: 100 })).toMatchObject([
        { error: 'CancelledError', kept: 85, recovered: 1 },
      ]);
    });
  }

  test('Stop ends whatever runs, and no variable is lost', async ({ sdkPage }) => {
    const outcomes = await end(sdkPage, Object.values(guarded), { how: 'stop', stopGrace: 100 });
    expect(outcomes.map(({ error, kept }) => `${error} ${String(kept)}`)).toEqual(
      outcomes.map(() => 'CancelledError 85'),
    );
  });

  for (const how of ['timeout', 'abort', 'stop'] as const) {
    test(`${how} reaches code that only awaits, and the worker lives on`, async ({ sdkPage }) => {
      const outcomes = await end(sdkPage, Object.values(awaiting), { how, stopGrace: 10_000, timeout: 150 });
      const byKind = Object.fromEntries(Object.keys(awaiting).map((kind, index) => [kind, outcomes[index]]));
      const expected = {
        error: how === 'timeout' ? 'ExecutionTimeoutError' : 'CancelledError',
        kept: 85,
        recovered: 0,
      };
      expect(byKind).toEqual(Object.fromEntries(Object.keys(awaiting).map((kind) => [kind, expected])));
    });
  }

  test('where the page is isolated, Stop reaches busy loops too, and the worker lives on', async ({ page, serve }) => {
    const { origin } = await serve({ isolated: true });
    await page.goto(`${origin}/e2e/pages/blank.html`);
    await page.evaluate(async (address) => {
      window.sdk = (await import(address)) as typeof window.sdk;
    }, `${origin}/dist/cdn/codemode-playground.js`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const outcomes = await end(page, Object.values(guarded), { how: 'stop' });
    const byKind = Object.fromEntries(Object.keys(guarded).map((kind, index) => [kind, outcomes[index]]));
    const expected = { error: 'CancelledError', kept: 85, recovered: 0 };
    expect(byKind).toEqual(Object.fromEntries(Object.keys(guarded).map((kind) => [kind, expected])));
  });

  test('random programs, stopped at random moments, lose nothing that was there before', async ({ sdkPage }) => {
    const seed = Number(process.env['CODEMODE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const outcome = await sdkPage.evaluate(
      async ({ seed: first, programs, rounds }) => {
        let state = first;
        const random = (below: number): number => {
          state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
          return Math.abs(state) % below;
        };
        const codemode = new window.sdk.Codemode();
        let called = 0;
        codemode.registry.registerTool('ping', { description: 'Counts', run: () => ++called });
        const session = codemode.session('s');
        const expected: Record<string, unknown> = {};
        const problems: string[] = [];
        for (let round = 0; round < rounds; round++) {
          await session.execute(
            `var kept${round} = { round: ${round}, list: [${round}] }; function f${round}() { return kept${round}.round }`,
          );
          expected[`kept${round}`] = { round, list: [round] };
          const running = Array.from({ length: 1 + random(3) }, () =>
            session.execute(`{ ${programs[random(programs.length)]} }`),
          );
          await new Promise((resolve) => {
            setTimeout(resolve, random(40));
          });
          await session.stop();
          const before = called;
          for (const { ok, error } of await Promise.all(running))
            if (!ok && error?.name !== 'CancelledError')
              problems.push(`round ${round}: ${error?.name}: ${error?.message}`);
          const names = Object.keys(expected);
          const { value, error } = await session.execute(`[{ ${names.join(', ')} }, f${round}()]`);
          if (JSON.stringify(value) !== JSON.stringify([expected, round]))
            problems.push(`round ${round}: ${JSON.stringify(value ?? error)}`);
          if (called !== before) problems.push(`round ${round}: a tool was called after Stop`);
        }
        await codemode.close();
        return problems;
      },
      {
        seed,
        rounds: repetitions({ test: 8, soak: 200 }),
        programs: [
          ...Object.values(guarded).filter((code) => !code.includes('1e6')),
          'for (;;) await tools.ping()',
          'setInterval(() => tools.ping(), 1); await new Promise(() => {})',
          'await Promise.all([1, 2, 3].map(async () => { for (;;) { await tools.ping(); await new Promise((r) => setTimeout(r, 1)) } }))',
          'try { await new Promise((r) => setTimeout(r, 1e6)) } finally { await tools.ping() }',
          '"at once"',
        ],
      },
    );
    expect(outcome, `seed ${seed}`).toEqual([]);
  });

  test('what is in a finally cleans up, also in loops, before the code is ended', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const { error } = await session.execute(
        'globalThis.closed = 0; try { for (;;) ; } finally { for (let i = 0; i < 5000; i++) closed++; }',
        { timeout: 200 },
      );
      const { value } = await session.execute('closed');
      await codemode.close();
      return { error: error?.name, value };
    });
    expect(outcome).toEqual({ error: 'ExecutionTimeoutError', value: 5000 });
  });

  test('a timeout leaves the other executions of the session alone, and what they left running', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      await session.execute(
        'let ticks = 0; const ticker = setInterval(() => { for (let i = 0; i < 3000; i++) ; ticks++ }, 5)',
        { timeout: 1_000 },
      );
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      codemode.registry.registerTool('held', () => released);
      // Goes on until the time of the ticker's own execution is over, too.
      const other = session.execute(
        'await tools.held(); const before = ticks; await new Promise((resolve) => setTimeout(resolve, 1_100)); ticks > before ? "ticks" : "stands"',
      );
      const burning = await session.execute('for (;;) ;', { timeout: 200 });
      release();
      const { value } = await other;
      await codemode.close();
      return { burning: burning.error?.name, value };
    });
    expect(outcome).toEqual({ burning: 'ExecutionTimeoutError', value: 'ticks' });
  });
});
