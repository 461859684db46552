import type { Page } from '@playwright/test';
import { countResources, expect, test } from './fixtures/test.js';

type BrowserCounts = Readonly<
  Record<'targets' | 'renderers' | 'frames' | 'documents' | 'listeners' | 'megabytes', number>
>;

/** Targets and processes of the browser, and what the page's own process counts, after a collection of garbage. */
async function countInBrowser(page: Page): Promise<BrowserCounts> {
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const { targetInfos } = await browser.send('Target.getTargets');
  const { processInfo } = (await browser.send('SystemInfo.getProcessInfo')) as { processInfo: { type: string }[] };
  await browser.detach();
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const metric = (name: string): number => metrics.find((one) => one.name === name)!.value;
  return {
    targets: targetInfos.length,
    renderers: processInfo.filter(({ type }) => type === 'renderer').length,
    frames: metric('Frames'),
    documents: metric('Documents'),
    listeners: metric('JSEventListeners'),
    megabytes: metric('JSHeapUsedSize') / 2 ** 20,
  };
}

test.describe('sessions that rest', () => {
  test('C7: a session that is suspended has no frame, worker, port, listener or timer, and comes back with what it held', async ({
    sdkPage,
  }) => {
    const before = await countResources(sdkPage);
    await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      Object.assign(window, { codemode });
      const session = codemode.session('s');
      await session.execute(`
        let count = 1; const shared = { list: [1, 2] }; const again = shared.list; const seen = new Map([[shared, new Date(0)]]);
        function twice(n: number): number { return n * 2 } class Point { x = 1; get double() { return twice(this.x) } }`);
      const suspension = await session.suspend();
      if (!suspension.suspended) throw new Error(suspension.blockers.join('; '));
    });
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
    const outcome = await sdkPage.evaluate(async () => {
      const { codemode } = window as unknown as { codemode: InstanceType<typeof window.sdk.Codemode> };
      const session = codemode.session('s');
      const lost: unknown[] = [];
      session.addEventListener('recovered', ({ detail }) => lost.push(detail));
      const names = (await session.namespace.list()).map(({ name }) => name).sort();
      const asleep = session.state;
      const { value } = await session.execute(
        'again === shared.list && [count, twice(21), new Point().double, seen.get(shared).getTime(), again.length]',
      );
      await codemode.close();
      return { names, asleep, value, lost };
    });
    expect(outcome).toEqual({
      names: ['Point', 'again', 'count', 'seen', 'shared', 'twice'],
      asleep: 'created',
      value: [1, 42, 2, 0, 2],
      lost: [],
    });
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });

  test('a session is suspended when it has had nothing to do for limits.idleTimeout, and not sooner', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode({ limits: { idleTimeout: 300 } });
      const session = codemode.session('s');
      const suspended = new Promise<string | undefined>((resolve) => {
        session.addEventListener('statechange', ({ detail }) => {
          if (detail.to === 'created') resolve(detail.reason);
        });
      });
      await session.execute('const kept = 1; await new Promise((resolve) => setTimeout(resolve, 600))');
      const afterRun = session.state;
      const reason = await suspended;
      const value = (await session.execute('kept')).value;
      await codemode.close();
      return { afterRun, reason, value };
    });
    expect(outcome).toEqual({ afterRun: 'ready', reason: expect.stringMatching(/^suspended: /) as unknown, value: 1 });
  });

  for (const [name, code, obstacle] of [
    ['a timer', 'setInterval(() => undefined, 60_000)', /timers are due: 1/],
    ['a pending promise', 'const gate = new Promise(() => undefined)', /promises are pending: gate/],
    ['a tool call that nobody awaits', 'void tools.never()', /tool is being called/],
    ["what a checkpoint can't keep", 'const weak = new WeakMap()', /weak.*WeakMap/],
    ['a function that uses variables around it', 'const count = (() => { let n = 0; return () => ++n })()', /count/],
    ['a global', 'globalThis.mine = 1', /globals were changed: mine/],
    ['another fetch', 'globalThis.fetch = async () => new Response()', /globals were changed: fetch/],
    ['a polyfill', 'Array.prototype.last = function () { return this.at(-1) }', /built-ins were changed/],
    ['an imported module', 'import { n } from "counter"', /modules were imported/],
  ] as const) {
    test(`a session that holds ${name} keeps its worker, and says why`, async ({ sdkPage }) => {
      await sdkPage.route('**/counter.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: 'export let n = 1;' }),
      );
      const outcome = await sdkPage.evaluate(async (source) => {
        const codemode = new window.sdk.Codemode({ importMap: { imports: { counter: '/counter.js' } } });
        codemode.registry.registerTool('never', () => new Promise(() => undefined));
        const session = codemode.session('s');
        const { error } = await session.execute(source);
        const suspension = await session.suspend();
        const { state } = session;
        await codemode.close();
        return { error, suspended: suspension.suspended, blockers: suspension.blockers.join('; '), state };
      }, code);
      expect(outcome).toEqual({
        error: undefined,
        suspended: false,
        blockers: expect.stringMatching(obstacle) as unknown,
        state: 'ready',
      });
    });
  }

  test('what no longer goes on keeps nobody from rest: a fired timer, a settled promise, a tool call that has ended', async ({
    sdkPage,
  }) => {
    const suspension = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      codemode.registry.registerTool('one', () => 1);
      const session = codemode.session('s');
      await session.execute(`
        setTimeout(() => undefined, 1); const interval = setInterval(() => undefined, 1);
        await new Promise((resolve) => setTimeout(resolve, 20)); clearInterval(interval); await tools.one(); globalThis.passing = 1; delete globalThis.passing;`);
      const outcome = await session.suspend();
      await codemode.close();
      return outcome;
    });
    expect(suspension).toEqual({ suspended: true, blockers: [] });
  });

  test("a value that was shown before can't be mistaken for another one afterwards", async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const { preview } = await session.execute('({ mine: Array.from({ length: 500 }) })');
      await session.suspend();
      await session.execute('({ other: Array.from({ length: 500 }) })');
      const error = await session.expand(preview).then(
        () => undefined,
        (reason: Error) => reason.name,
      );
      await codemode.close();
      return error;
    });
    expect(outcome).toBe('ExpiredPreviewError');
  });
});

test.describe('workers for many sessions', () => {
  test('a hundred sessions share eight workers, and each keeps its variables', async ({ sdkPage }) => {
    test.setTimeout(240_000);
    const before = await countResources(sdkPage);
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode({ limits: { maxSessions: 8 } });
      const numbers = Array.from({ length: 100 }, (_, index) => index);
      let most = 0;
      const inTurns = async (run: (index: number) => Promise<void>): Promise<void> => {
        const rest = [...numbers];
        await Promise.all(
          Array.from({ length: 12 }, async () => {
            for (let index = rest.shift(); index !== undefined; index = rest.shift()) {
              await run(index);
              most = Math.max(most, document.querySelectorAll('iframe').length);
            }
          }),
        );
      };
      await inTurns(
        async (index) =>
          void (await codemode
            .session(`tab-${index}`)
            .execute(`let mine = { n: ${index} }; function next() { return ++mine.n }`)),
      );
      const wrong: unknown[] = [];
      await inTurns(async (index) => {
        const { value } = await codemode.session(`tab-${index}`).execute<number>('next()');
        if (value !== index + 1) wrong.push({ index, value });
      });
      await codemode.close();
      return { wrong, most };
    });
    expect(outcome).toEqual({ wrong: [], most: 8 });
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });

  test('a hundred tabs, opened and run and closed one after another, leave nothing (issue 4)', async ({ sdkPage }) => {
    test.setTimeout(240_000);
    const run = async (times: number): Promise<void> => {
      await sdkPage.evaluate(async (count) => {
        const codemode = new window.sdk.Codemode({ limits: { minIdle: 1 } });
        for (let index = 0; index < count; index++) {
          const session = codemode.session(`tab-${index}`);
          const { ok } = await session.execute(
            'const data = Array.from({ length: 10_000 }, (_, n) => ({ n })); console.log(data.length); data.length',
          );
          if (!ok) throw new Error('a run failed');
          await session.close();
        }
        await codemode.close();
      }, times);
    };
    // What is made once, such as the first worker's code, is there before.
    await run(3);
    await expect.poll(async () => (await countInBrowser(sdkPage)).frames).toBe(1);
    const [resources, browser] = [await countResources(sdkPage), await countInBrowser(sdkPage)];
    await run(100);
    await expect.poll(() => countResources(sdkPage)).toEqual(resources);
    const { megabytes: _before, ...counts } = browser;
    await expect
      .poll(async () => {
        const { megabytes: _after, renderers, ...after } = await countInBrowser(sdkPage);
        // A spare process more or less is the browser's own affair.
        return { ...after, renderers: Math.abs(renderers - counts.renderers) <= 1 ? counts.renderers : renderers };
      })
      .toEqual(counts);
    expect((await countInBrowser(sdkPage)).megabytes).toBeLessThan(browser.megabytes + 0.5);
  });

  test('workers that wait are counted, taken, replaced, and released with the Codemode (B4)', async ({ sdkPage }) => {
    const before = await countResources(sdkPage);
    const frames = await sdkPage.evaluate(async () => {
      const count = (): number => document.querySelectorAll('iframe').length;
      const counts: number[] = [];
      const codemode = new window.sdk.Codemode({ limits: { minIdle: 1 } });
      Object.assign(window, { codemode });
      counts.push(count());
      await codemode.warm();
      counts.push(count());
      await codemode.session('a').execute('1');
      await codemode.warm();
      counts.push(count());
      await codemode.session('b').execute('1');
      await codemode.warm();
      counts.push(count());
      return counts;
    });
    expect(frames).toEqual([0, 1, 2, 3]);
    const during = await countResources(sdkPage);
    expect(during).toMatchObject({ frames: 3, workers: 3, live: { frame: 3 } });
    await sdkPage.evaluate(() =>
      (window as unknown as { codemode: InstanceType<typeof window.sdk.Codemode> }).codemode.close(),
    );
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });

  test('a worker that waited is to its code what a new one is', async ({ sdkPage }) => {
    const [first, second] = await sdkPage.evaluate(async () => {
      const survey = `
        const found = [];
        for (let object = globalThis; object !== null; object = Object.getPrototypeOf(object)) {
          for (const key of Reflect.ownKeys(object)) found.push(String(key) + ':' + typeof Object.getOwnPropertyDescriptor(object, key).value);
        }
        ({ found: found.sort(), config, stack: new Error('x').stack })`;
      const codemode = new window.sdk.Codemode({ config: { mine: 1 } });
      const fresh = await codemode.session('fresh').execute(survey);
      await codemode.session('fresh').execute('globalThis.secret = 1; Array.prototype.secret = 1; const secret = 1');
      await codemode.warm();
      const warm = await codemode.session('warm').execute(survey);
      const leaked = await codemode.session('warm').execute('[typeof secret, typeof globalThis.secret, [].secret]');
      await codemode.close();
      return [
        { value: fresh.value, leaked: ['undefined', 'undefined', undefined] },
        { value: warm.value, leaked: leaked.value },
      ];
    });
    expect(second).toEqual(first);
  });

  test('C9: a worker that burns takes those with it that wait beside it, and its session comes back', async ({
    sdkPage,
  }) => {
    const before = await countResources(sdkPage);
    const value = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode({ limits: { minIdle: 2, stopGrace: 100 } });
      const session = codemode.session('s');
      await session.execute('const kept = 42');
      await codemode.warm();
      const burning = session.execute(
        `display('begun'); await new Promise((resolve) => setTimeout(resolve)); /^(a+)+$/.test('a'.repeat(40) + 'b')`,
      );
      await new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      const recovered = new Promise((resolve) => {
        session.addEventListener('recovered', resolve, { once: true });
      });
      await session.stop();
      await burning;
      await recovered;
      const result = await session.execute('kept');
      await codemode.close();
      return result.value;
    });
    expect(value).toBe(42);
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });
});
