import type { Page } from '@playwright/test';
import type * as pipeline from '../src/pipeline/index.js';
import { expect, test } from './fixtures/test.js';

declare global {
  interface Window {
    /** All that `dist/cdn/pipeline.js` exports. */
    pipeline: typeof pipeline;
  }
}

/** Adds `window.pipeline` to a page with the SDK. */
async function loadPipelines(page: Page): Promise<void> {
  await page.evaluate(async () => {
    window.pipeline = (await import(new URL('/dist/cdn/pipeline.js', location.href).href)) as typeof pipeline;
  });
}

test('D1–D6: cells of three runs at once have their own run, parameters and secrets, and leave nothing', async ({
  sdkPage,
}) => {
  await loadPipelines(sdkPage);
  const seen = await sdkPage.evaluate(async () => {
    const { Codemode, liveResources } = window.sdk;
    const { definePipeline, getRunContext, parallel, sessionExecutor, task } = window.pipeline;
    const codemode = new Codemode();
    const calls: unknown[] = [];
    codemode.registry.registerTool('whose', {
      execute: (_input: unknown, { context }) => {
        calls.push(context.metadata['run']);
        return (context.metadata['run'] as { runId: string }).runId;
      },
    });
    const sales = definePipeline('sales', [
      task('load', {
        run: ({ n }: { n: number }) => ({
          rows: [
            { ok: true, n },
            { ok: false, n },
          ],
          when: new Date(n),
          byName: new Map([['n', n]]),
          fn: () => 1,
          'no-name': n,
          long: n === 1 ? 'x'.repeat(1_200_000) : 'x',
        }),
      }),
      task('clean', { code: 'rows.filter((row) => row.ok)', returns: 'clean' }),
      parallel('both', {
        left: [
          task('own', {
            code: `
              const before = getRunContext().runId;
              await new Promise((resolve) => setTimeout(resolve, 100));
              const { runId, definition, step, path, attempt, tag, parameters } = getRunContext();
              ({ own: [before, runId, definition, step, path, attempt, tag, await tools.whose()], same: parameters.n === n,
                 kinds: [when instanceof Date, byName.get('n') === n, long.length, parameters['no-name'] === n] })`,
          }),
        ],
        right: [
          task('secret', {
            code: 'getRunContext().secrets.get("KEY").length',
            secrets: ['KEY'],
            secretsInSandbox: true,
            returns: 'length',
          }),
        ],
      }),
      task('tool', {
        run: async (_all, run) => ({
          toolSaw: (await run.codemode!.execute('await tools.whose()', { context: run.context })).value,
        }),
      }),
    ]);
    const start = (runId: string, n: number) =>
      sales.start({
        runId,
        tag: 'nightly',
        parameters: { n },
        codemode,
        secrets: { KEY: 'very-secret' },
      }).finished;
    const before = liveResources();
    const outcomes = await Promise.all([start('a', 1), start('b', 2), start('c', 3)]);

    const failing = (code: string, more = {}) =>
      definePipeline('failing', [task('t', { code, ...more })]).start({
        codemode,
        secrets: { KEY: 'very-secret' },
        parameters: { fn: () => 1 },
      }).finished;
    const errors = [];
    for (const outcome of [
      await failing('getRunContext().secrets.get("KEY")', { secrets: ['KEY'] }),
      await failing('throw new RangeError(`got ${getRunContext().secrets.get("KEY")}`)', {
        secrets: ['KEY'],
        secretsInSandbox: true,
      }),
      await failing('fn()'),
      await failing('({ f: () => 1 })', { returns: 'x' }),
      await failing('while (true);', { timeout: 200 }),
    ]) {
      errors.push([
        outcome.status,
        outcome.error?.name,
        outcome.error?.message,
        JSON.stringify(outcome.log).includes('very-secret'),
      ]);
    }

    const busy = definePipeline('busy', [task('t', { code: 'console.log("begun"); while (true);' })]).start({
      codemode,
    });
    busy.addEventListener('log', () => void busy.cancel('enough'));
    const cancelled = await busy.finished;

    const inSandbox = await definePipeline('sandbox', [
      task('f', {
        run: ({ n }: { n: number }, run) => ({ here: typeof localStorage, n: n + 1, id: run.runId }),
      }),
      task('method', {
        async run({ n }: { n: number }) {
          return { m: await Promise.resolve(n) };
        },
      }),
    ]).start({ codemode, executor: sessionExecutor, parameters: { n: 1 }, runId: 's' }).finished;

    const unbuilt = await definePipeline('unbuilt', [
      task('t', {
        run: async () => {
          const first = getRunContext()?.runId;
          await new Promise((resolve) => setTimeout(resolve, 1));
          return { first, later: getRunContext()?.runId };
        },
      }),
    ]).start({ runId: 'u' }).finished;

    const sessions = [...codemode.sessions.keys()].filter((name) => name !== 'default');
    const trace = JSON.stringify(codemode.trace().spans);
    await codemode.close();
    return {
      outcomes: outcomes.map(({ status, error, parameters }) => ({
        status,
        error: error?.message,
        parameters: { ...(parameters as object), fn: 0, long: 0 },
      })),
      calls: calls.map((each) => (each as { path: string }).path),
      errors,
      cancelled: [cancelled.status, cancelled.log.steps[0]?.attempts[0]?.status],
      inSandbox: [inSandbox.status, inSandbox.error?.message, inSandbox.parameters],
      unbuilt: unbuilt.parameters,
      sessions,
      trace: trace.includes('very-secret'),
      resources: [before, liveResources()],
    };
  });
  expect(seen.outcomes).toEqual(
    ['a', 'b', 'c'].map((id, index) => ({
      status: 'success',
      error: undefined,
      parameters: expect.objectContaining({
        clean: [{ ok: true, n: index + 1 }],
        own: [id, id, 'sales', 'own', 'both/left/own', 1, 'nightly', id],
        same: true,
        kinds: [true, true, index === 0 ? 1_200_000 : 1, true],
        length: 11,
        toolSaw: id,
      }),
    })),
  );
  // The runs take turns as they like.
  expect(seen.calls.toSorted()).toEqual([...Array(3).fill('both/left/own'), ...Array(3).fill('tool')]);
  expect(seen.errors).toEqual([
    ['fail', 'SecretNotFoundError', expect.stringContaining('"KEY" is not in this sandbox'), false],
    ['fail', 'RangeError', 'got [secret KEY]', false],
    ['fail', 'TypeError', expect.stringContaining('"fn" can\'t be sent to a sandbox'), false],
    ['fail', 'ParameterError', expect.stringContaining("can't leave the sandbox"), false],
    ['fail', 'StepTimeoutError', 'The task "t" took longer than 200 ms and was stopped.', false],
  ]);
  expect(seen.cancelled).toEqual(['cancelled', 'cancelled']);
  expect(seen.inSandbox).toEqual(['success', undefined, { here: 'undefined', n: 2, id: 's', m: 2 }]);
  expect(seen.unbuilt).toEqual({ first: 'u', later: undefined });
  expect(seen.sessions).toEqual([]);
  expect(seen.trace).toBe(false);
  expect(seen.resources[1]).toEqual(seen.resources[0]);
});

test('D6: a run goes on in another page after its page was closed under it', async ({ openSdkPage }) => {
  const begin = async (page: Page, how: 'start' | 'resume') => {
    await loadPipelines(page);
    return await page.evaluate(async (isNew) => {
      const { definePipeline, IndexedDBCatalog, IndexedDBRunLogStore, map, task } = window.pipeline;
      const items = Array.from({ length: 6 }, (_, index) => index);
      const steps = definePipeline('long', [
        task('big', { run: () => ({ text: 'y'.repeat(100_000), when: new Date(7) }) }),
        map('each', { over: 'items', as: 'item', concurrency: 1 }, [
          task('t', {
            run: async ({ item }: { item: number }, run) => {
              await run.catalog.put(`out/${item}.txt`, `item ${item} in try ${run.attempt}`);
              // The first page is closed here.
              if (item === 3 && isNew) await new Promise(() => undefined);
              return { got: item * 10 };
            },
          }),
        ]),
        task('last', {
          run: ({ text, when }: { text: string; when: Date }) => ({ last: text.length + when.getTime() }),
        }),
      ]);
      const catalog = new IndexedDBCatalog();
      const options = { runLogStore: new IndexedDBRunLogStore(), catalog };
      if (isNew) {
        const run = steps.start({ ...options, runId: 'r-1', parameters: { items } });
        await new Promise<void>((resolve) =>
          run.addEventListener('step', ({ detail }) => detail.path === 'each/3/t' && detail.attempt === 1 && resolve()),
        );
        return undefined;
      }
      const { status, log, parameters } = await steps.resume('r-1', options);
      const { got, last } = parameters as unknown as { got: number[]; last: number };
      const files = await catalog.forRun('r-1').get('out/*');
      const each = log.steps.find(({ path }) => path === 'each')?.steps ?? [];
      return {
        status,
        got,
        last,
        files: files.map(({ data }) => data),
        attempts: each.map(({ attempts }) => attempts.map((attempt) => attempt.status)),
        temporaries: (await catalog.forRun('r-1').list('.parameters/**')).length,
      };
    }, how === 'start');
  };
  const first = await openSdkPage();
  await begin(first, 'start');
  await first.close();
  const second = await openSdkPage();
  expect(await begin(second, 'resume')).toEqual({
    status: 'success',
    got: [0, 10, 20, 30, 40, 50],
    last: 100_007,
    files: [0, 1, 2, 3, 4, 5].map((item) => `item ${item} in try ${item === 3 ? 2 : 1}`),
    attempts: [['success'], ['success'], ['success'], ['interrupted', 'success'], ['success'], ['success']],
    temporaries: 0,
  });
});
