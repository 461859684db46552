import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.js';

type Step = string | { code: string; mode?: 'async' | 'sync'; timeout?: number };

/** Runs the steps one after another in one session, and gives of each its value, or its error as `Name: message`. */
async function run(page: Page, ...steps: Step[]): Promise<unknown[]> {
  return page.evaluate(async (given) => {
    const codemode = new window.sdk.Codemode();
    try {
      const session = codemode.session('steps');
      const values: unknown[] = [];
      for (const step of given) {
        const { code, ...options } = typeof step === 'string' ? { code: step } : step;
        const { ok, value, error } = await session.execute(code, options);
        values.push(ok ? value : `${error?.name}: ${error?.message}`);
      }
      return values;
    } finally {
      await codemode.close();
    }
  }, steps);
}

test.describe('executions', () => {
  test('C1: names persist from one execution to the next, whatever the mode', async ({ sdkPage }) => {
    expect(
      await run(
        sdkPage,
        'x = 42; x',
        { code: 'let y = x * 2; y', mode: 'sync' },
        { code: 'const z = x + y; z', mode: 'sync' },
        'z',
      ),
    ).toEqual([42, 84, 126, 126]);
  });

  test('C2: an async function of one input is awaited in the next', async ({ sdkPage }) => {
    const values = await run(
      sdkPage,
      `async function fetchData(): Promise<string> { await new Promise((resolve) => setTimeout(resolve, 100)); return 'data' }`,
      'await fetchData()',
    );
    expect(values).toEqual([undefined, 'data']);
  });

  test('C3: a promise bound to a name is pending under it, and becomes its value when it is waited for', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const first = await session.execute(
        `let release; async function slowOp() { await new Promise((r) => { release = r }); return 'done' }\nconst task = slowOp()`,
      );
      const pending = session.awaitPending();
      await session.execute('release()');
      const values = await pending;
      return { pending: first.pending, values, now: (await session.execute('task')).value };
    });
    expect(outcome).toEqual({ pending: 1, values: { task: 'done' }, now: 'done' });
  });

  test('E1, A12: an execution resolves with what the code did, errors and their place included', async ({
    sdkPage,
  }) => {
    const result = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const outcome = await codemode.execute(
        `interface Point { x: number }\nconst p: Point | undefined = undefined;\n\n  p!.x`,
      );
      return { ...outcome, output: [...outcome.output] };
    });
    expect(result).toMatchObject({
      ok: false,
      error: {
        name: 'TypeError',
        message: expect.stringContaining('undefined') as unknown,
        position: { line: 4, column: 6 },
      },
      pending: 0,
      output: [],
    });
    expect(result.error?.frames).toEqual([{ functionName: '', file: 'cell-1.ts', line: 4, column: 6 }]);
    expect(result.duration).toEqual(expect.any(Number));
    expect(result.correlationId).toMatch(/^\w{8,}$/);
  });

  test('a syntax error names its line and runs nothing', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const { error } = await session.execute('let before = 1;\nlet x: number = = 2;');
      return { name: error?.name, position: error?.position, ran: (await session.execute('typeof before')).value };
    });
    expect(outcome).toMatchObject({ position: { line: 2, column: 17 }, ran: 'undefined' });
    expect(outcome.name).toMatch(/SyntaxError|CompileError/);
  });

  test('frames of functions from earlier cells point to their own cells', async ({ sdkPage }) => {
    const frames = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      await session.execute(
        'async function inner<T>(value: T): Promise<T> {\n  await null;\n  throw new Error("deep");\n}',
      );
      const { error } = await session.execute('\nawait inner<number>(1)');
      return error?.frames;
    });
    expect(frames?.[0]).toEqual({ functionName: 'inner', file: 'cell-1.ts', line: 3, column: 9 });
    expect(frames?.at(-1)).toMatchObject({ file: 'cell-2.ts', line: 2 });
  });

  test('C8: output arrives before the result, in order, also as events', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const events: string[] = [];
      session.addEventListener('output', (event) => events.push(event.detail.text));
      session.addEventListener('result', () => events.push('result'));
      const result = await session.execute(
        `for (let i = 0; i < 1200; i++) console.log(i); await null; console.log('last')`,
      );
      return {
        count: result.output.length,
        last: String(result.output.at(-1)),
        ends: events.slice(-2),
        first: events[0],
      };
    });
    expect(outcome).toEqual({ count: 1201, last: 'last', ends: ['last', 'result'], first: '0' });
  });

  test('late output and late errors belong to the execution that caused them', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const late: [string, string | undefined][] = [];
      const done = new Promise<void>((resolve) => {
        session.addEventListener('output', ({ detail }) => {
          late.push([detail.text, detail.runId]);
          if (late.length === 3) resolve();
        });
      });
      const first = await session.execute(
        `setTimeout(() => console.log('late'), 30); setTimeout(() => { throw new Error('uncaught') }, 60); void (async () => { await new Promise((r) => setTimeout(r, 90)); throw new Error('rejected') })()`,
      );
      await session.execute('1');
      await done;
      return { late, runId: first.runId };
    });
    expect(outcome.late.map(([text]) => text)).toEqual([
      'late',
      expect.stringMatching(/^Uncaught .*uncaught/),
      expect.stringMatching(/^Uncaught \(in promise\) .*rejected/),
    ]);
    expect(new Set(outcome.late.map(([, runId]) => runId))).toEqual(new Set([outcome.runId]));
  });

  test('sync mode runs what ends without waiting, and refuses the rest at its line', async ({ sdkPage }) => {
    const [sum, refused] = await run(sdkPage, { code: '1 + 1', mode: 'sync' }, { code: '1\nawait 2', mode: 'sync' });
    expect(sum).toBe(2);
    expect(refused).toMatch(/sync/);
  });

  test('A9: code that takes too long is stopped, and says so', async ({ sdkPage }) => {
    const [, timedOut, after] = await run(
      sdkPage,
      'let kept = 1',
      { code: 'await new Promise(() => {})', timeout: 100 },
      'kept',
    );
    expect(timedOut).toMatch(/^ExecutionTimeoutError: The code ran longer than 100 ms/);
    expect(after).toBe(1);
  });

  test('exclusive executions run alone', async ({ sdkPage }) => {
    const order = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const log: string[] = [];
      session.addEventListener('output', ({ detail }) => log.push(detail.text));
      const code = (name: string): string =>
        `console.log('${name} in'); await new Promise((r) => setTimeout(r, 20)); console.log('${name} out')`;
      await Promise.all([
        session.execute(code('a')),
        session.execute(code('b'), { exclusive: true }),
        session.execute(code('c')),
      ]);
      return log;
    });
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  test('imports lead through the import map, static and dynamic, with live bindings', async ({ sdkPage, site }) => {
    const values = await sdkPage.evaluate(async (origin) => {
      const base = `${origin}/e2e/pages/modules/`;
      const codemode = new window.sdk.Codemode({
        importMap: { imports: { counter: `${base}counter.js`, 'lib/': base } },
      });
      const session = codemode.session('s');
      const results = [
        await session.execute(`import increment, { count, type Count } from 'counter';\nincrement(); count`),
        await session.execute('increment(); count'),
        await session.execute(`const { even } = await import('lib/even.js'); even(10)`),
        await session.execute(`(await import('counter')).count`),
        await session.execute(`import x from 'unknown-package'`),
        await session.execute(`await import('${origin}/e2e/pages/blank.html')`),
      ];
      return results.map((result) => result.error?.message ?? result.value);
    }, site.origin);
    expect(values.slice(0, 4)).toEqual([1, 2, true, 2]);
    expect(values[4]).toMatch(/"unknown-package".*import map/);
    expect(values[5]).toMatch(/import map of this page does not lead there/);
  });

  test('a second session imports what the page has compiled, with the lines of its source, and so does a later page', async ({
    sdkPage,
    openSdkPage,
    site,
  }) => {
    const large = Array.from({ length: 4_000 }, (_, n) => `export const f${n} = (x) => x + ${n};`).join('\n');
    await sdkPage.context().route('**/large.js', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        headers: { 'access-control-allow-origin': '*' },
        body: `${large}\nexport function fail() {\n  throw new Error('on the line after')\n}`,
      }),
    );
    const outcome = await sdkPage.evaluate(async (origin) => {
      const codemode = new window.sdk.Codemode({ importMap: { imports: { large: `${origin}/large.js` } } });
      const times: number[] = [];
      const results: unknown[] = [];
      for (const name of ['first', 'second', 'third']) {
        const session = codemode.session(name);
        await session.execute('1');
        const started = performance.now();
        results.push((await session.execute(`import { f7, fail } from 'large'; f7(1)`)).value);
        times.push(performance.now() - started);
      }
      const source = await codemode.session('third').execute(`String(f7)`);
      const { error } = await codemode.session('third').execute('fail()');
      await codemode.close();
      return {
        results,
        times,
        source: source.value,
        line: error?.frames[0]?.line,
        frames: document.querySelectorAll('iframe').length,
      };
    }, site.origin);
    test.info().annotations.push({ type: 'milliseconds', description: outcome.times.map(Math.round).join(', ') });
    expect(outcome).toMatchObject({ results: [8, 8, 8], source: '(x) => x + 7', line: 4_002, frames: 0 });

    const keptEntries = (page: Page): Promise<number> =>
      page.evaluate(async () => (await (await caches.open('codemode-playground-modules')).keys()).length);
    await expect.poll(() => keptEntries(sdkPage)).toBe(1);
    const later = await openSdkPage();
    const valueThere = await later.evaluate(async (origin) => {
      // What is kept is changed, so that it tells that it was read.
      const cache = await caches.open('codemode-playground-modules');
      const [entry] = await cache.keys();
      const kept = await (await cache.match(entry!))!.text();
      const changed = new TextEncoder().encode(kept.replace('=> x + 7;', '=> x + 70;'));
      const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', changed));
      const digest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      await cache.put(entry!, new Response(changed, { headers: { digest } }));
      const codemode = new window.sdk.Codemode({ importMap: { imports: { large: `${origin}/large.js` } } });
      const { value } = await codemode.execute(`import { f7 } from 'large'; f7(1)`);
      await codemode.close();
      return value;
    }, site.origin);
    expect(valueThere).toBe(71);
  });

  test('the completion value is as in the console of a browser', async ({ sdkPage }) => {
    const inputs = [
      '1;2',
      '5; let z = 1',
      'if (true) { 3 } else { 4 }',
      'for (let i = 0; i < 3; i++) { i * 2 }',
      'try { 1 } finally { 2 }',
      '{ a: 1, b: 2 }',
      '`a${await 1}`',
    ];
    expect(await run(sdkPage, ...inputs)).toEqual([2, 5, 3, 4, 1, { a: 1, b: 2 }, 'a1']);
  });
});
