import type { Page } from '@playwright/test';
import { repetitions } from './fixtures/repetitions.js';
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

const sessions = repetitions({ test: 30, soak: 100 });
const workers = repetitions({ test: 4, soak: 8 });
const tabs = repetitions({ test: 25, soak: 100 });

test.describe('workers for many sessions', () => {
  test(`${sessions} sessions share ${workers} workers, and each keeps its variables`, async ({ sdkPage }) => {
    const before = await countResources(sdkPage);
    const outcome = await sdkPage.evaluate(
      async ([sessionCount, maxSessions]) => {
        const codemode = new window.sdk.Codemode({ limits: { maxSessions } });
        const numbers = Array.from({ length: sessionCount }, (_, index) => index);
        let most = 0;
        const inTurns = async (run: (index: number) => Promise<void>): Promise<void> => {
          const rest = [...numbers];
          await Promise.all(
            Array.from({ length: maxSessions + 4 }, async () => {
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
      },
      [sessions, workers] as const,
    );
    expect(outcome).toEqual({ wrong: [], most: workers });
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });

  test(`${tabs} tabs, opened and run and closed one after another, leave nothing`, async ({ sdkPage }) => {
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
    await run(tabs);
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
