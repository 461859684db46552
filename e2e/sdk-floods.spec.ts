import type { Page } from '@playwright/test';
import { repetitions } from './fixtures/repetitions.js';
import { expect, test } from './fixtures/test.js';

interface Flood {
  readonly code: string;
  /** What it ends with; what is too large to be sent comes as a preview. */
  readonly value?: unknown;
  /** Of the error it ends with. */
  readonly error?: RegExp;
  /** Entries in the result. */
  readonly entries?: number;
  readonly last?: RegExp;
  /** Lines that were written: as many as arrived, and as notices count. */
  readonly lines?: number;
}

/** Lines of a flood: more than wait in a worker, so that some are dropped. */
const many = repetitions({ test: 150_000, soak: 1_000_000 });
/** Lines that all find room in a worker while the page takes them. */
const fitting = repetitions({ test: 20_000, soak: 100_000 });
const timers = repetitions({ test: 5_000, soak: 30_000 });
const rejections = repetitions({ test: 5_000, soak: 20_000 });
const calls = repetitions({ test: 2_000, soak: 10_000 });
const largeCalls = repetitions({ test: 200, soak: 1_000 });
const objects = repetitions({ test: 500_000, soak: 2_000_000 });
const mapEntries = repetitions({ test: 200_000, soak: 1_000_000 });
const inWords = (count: number): string => count.toLocaleString('en');

/** By kind, code that writes or sends more than anybody can take. Each must end with its result, and leave the session alive. */
const floods: Record<string, Record<string, Flood>> = {
  lines: {
    [`${inWords(many)} lines`]: {
      code: `for (let i = 0; i < ${many}; i++) console.log(i); 'done'`,
      value: 'done',
      lines: many,
    },
    [`${inWords(fitting)} lines in turns`]: {
      code: `for (let i = 0; i < ${fitting}; i++) { console.log(i); if (i % 1000 === 0) await new Promise((resolve) => setTimeout(resolve)); } 'done'`,
      value: 'done',
      lines: fitting,
    },
    [`${inWords(fitting)} objects`]: {
      code: `for (let i = 0; i < ${fitting}; i++) console.log({ i }); 'done'`,
      value: 'done',
      lines: fitting,
    },
    [`${inWords(fitting)} displays`]: {
      code: `for (let i = 0; i < ${fitting}; i++) display(i, 'shown'); 'done'`,
      value: 'done',
      lines: fitting,
    },
    [`${inWords(rejections)} unhandled rejections`]: {
      code: `for (let i = 0; i < ${rejections}; i++) Promise.reject(new Error('left ' + i)); 'done'`,
      value: 'done',
    },
    [`${inWords(timers)} timers`]: {
      code: `await Promise.all(Array.from({ length: ${timers} }, (_, i) => new Promise((resolve) => setTimeout(() => resolve(console.log(i)))))); 'done'`,
      value: 'done',
      lines: timers,
    },
  },
  'large output': {
    'lines of large objects': {
      code: `for (let i = 0; i < 600; i++) console.log({ a: 'x'.repeat(9000), b: 'y'.repeat(9000), c: 'z'.repeat(9000) }, i); 'done'`,
      value: 'done',
      entries: 600,
    },
    'lines of large text': {
      code: `for (let i = 0; i < 20_000; i++) console.log('x'.repeat(9_000) + i); 'done'`,
      value: 'done',
      lines: 20_000,
    },
    'a line of 50 MB': {
      code: `console.log('x'.repeat(50 * 1024 * 1024)); 'done'`,
      value: 'done',
      entries: 1,
      last: /^x{100}/,
    },
    'a line of 5,000 values': {
      code: `console.log(...Array.from({ length: 5000 }, (_, i) => ({ i }))); 'done'`,
      value: 'done',
      entries: 1,
      last: /4920 more arguments/,
    },
    'a table of 5,000 rows': {
      code: `console.table(Array.from({ length: 5000 }, (_, i) => ({ i, s: 'x'.repeat(5000) }))); 'done'`,
      value: 'done',
      entries: 1,
    },
    [`a graph of ${inWords(objects)} objects, logged`]: {
      code: `const logged = []; for (let i = 0; i < ${objects}; i++) logged.push({ i }); console.log(logged); 'done'`,
      value: 'done',
      entries: 1,
      last: new RegExp(`^Array\\(${objects}\\)`),
    },
    'an error of 5 MB': {
      code: `await Promise.reject(new Error('e'.repeat(5e6))).catch((error) => { console.error(error); return 'done' })`,
      value: 'done',
      entries: 1,
    },
  },
  'large values': {
    'a value of 50 MB': { code: `'x'.repeat(50 * 1024 * 1024)` },
    'an error of 50 MB': { code: `throw new RangeError('e'.repeat(50 * 1024 * 1024))`, error: /^e{100}/ },
    [`a graph of ${inWords(objects)} objects`]: {
      code: `const graph = []; for (let i = 0; i < ${objects}; i++) graph.push({ i }); graph`,
    },
    'a value as wide as may be sent': { code: 'Array.from({ length: 45_000 }, (_, i) => ({ i }))', value: 45_000 },
    [`a map of ${inWords(mapEntries)} entries`]: {
      code: `new Map(Array.from({ length: ${mapEntries} }, (_, i) => [i, i]))`,
    },
  },
  calls: {
    'an argument of 50 MB': {
      code: `await tools.echo('y'.repeat(50 * 1024 * 1024)).then(() => 'settled', () => 'settled')`,
      value: 'settled',
    },
    'a value and an argument nested 100,000 deep': {
      code: `let deep: any = {}; for (let i = 0; i < 1e5; i++) deep = { deep }; console.log(deep); await tools.echo(deep).catch((error) => error.name)`,
      value: 'ToolInputError',
      entries: 1,
    },
    [`${inWords(calls)} calls at once`]: {
      code: `(await Promise.all(Array.from({ length: ${calls} }, (_, i) => tools.echo(i)))).length`,
      value: calls,
    },
    [`${inWords(largeCalls)} calls of 100 KB`]: {
      code: `const text = 'y'.repeat(1e5); (await Promise.all(Array.from({ length: ${largeCalls} }, () => tools.echo(text)))).every((one) => one === text)`,
      value: true,
    },
  },
};

async function run(page: Page, code: string) {
  return await page.evaluate(async (flood) => {
    const codemode = new window.sdk.Codemode({ limits: { codeTimeout: 60_000 } });
    codemode.registry.registerTool('echo', (args: unknown) => args);
    const session = codemode.session('s');
    let lines = 0;
    let isOver = false;
    let late = 0;
    session.addEventListener('output', ({ detail }) => {
      if (isOver) late++;
      lines += detail.dropped ?? 1;
    });
    const result = await session.execute(flood);
    isOver = true;
    const alive = await session.execute('1 + 1');
    const outcome = {
      ok: result.ok,
      error: result.error?.message,
      value: Array.isArray(result.value)
        ? result.value.length
        : typeof result.value === 'object'
          ? 'object'
          : result.value,
      entries: result.output.length,
      last: String(result.output.at(-1)).slice(0, 100_000),
      lines,
      late,
      alive: alive.value,
    };
    await codemode.close();
    return outcome;
  }, code);
}

for (const [kind, ofKind] of Object.entries(floods)) {
  test(`C8: floods of ${kind} end with their result, and their session lives`, async ({ sdkPage }) => {
    for (const [name, { code, value, error, entries, last, lines }] of Object.entries(ofKind)) {
      await test.step(name, async () => {
        const outcome = await run(sdkPage, code);
        expect(outcome, name).toMatchObject({ ok: error === undefined, alive: 2 });
        expect(outcome.entries, name).toBeLessThanOrEqual(10_001);
        if (error !== undefined) expect(outcome.error, name).toMatch(error);
        if (value !== undefined) expect(outcome.value, name).toBe(value);
        if (entries !== undefined) expect(outcome.entries, name).toBe(entries);
        if (last !== undefined) expect(outcome.last, name).toMatch(last);
        if (lines !== undefined) expect({ lines: outcome.lines, late: outcome.late }, name).toEqual({ lines, late: 0 });
      });
    }
  });
}

test('C8: of a flood the first and the last lines arrive, with a notice between them where lines were dropped', async ({
  sdkPage,
}) => {
  const { texts, sequences, kept } = await sdkPage.evaluate(async () => {
    const session = new window.sdk.Codemode().session('s');
    const entries: { text: string; sequence: number; isNotice: boolean }[] = [];
    session.addEventListener('output', ({ detail: { text, sequence, method } }) =>
      entries.push({ text, sequence, isNotice: method === 'notice' }),
    );
    const result = await session.execute('for (let i = 0; i < 300_000; i++) console.log(`line ${i}`)');
    const notice = entries.findIndex(({ isNotice }) => isNotice);
    return {
      texts: [entries[0], entries[notice - 1], entries[notice], entries[notice + 1], entries.at(-1)].map(
        (entry) => entry?.text,
      ),
      sequences: entries.every(({ sequence }, index) => index === 0 || sequence > entries[index - 1]!.sequence),
      kept: [result.output.length, String(result.output.at(-1))],
    };
  });
  expect(texts[0]).toBe('line 0');
  expect(texts[2]).toMatch(/^\d{3},\d{3} lines of output were dropped here/);
  const [before, dropped, after] = [texts[1], texts[2], texts[3]].map((text) =>
    Number(text!.replaceAll(',', '').match(/\d+/)![0]),
  );
  expect(before! + dropped! + 1).toBe(after);
  expect(texts[4]).toBe('line 299999');
  expect(sequences).toBe(true);
  expect(kept).toEqual([10_001, expect.stringMatching(/more lines of output are not kept in this result/)]);
});

test('a flood that is stopped while its output still waits ends at once, and says what was dropped', async ({
  sdkPage,
}) => {
  const outcome = await sdkPage.evaluate(async () => {
    const session = new window.sdk.Codemode().session('s');
    await session.execute('const kept = 42');
    let recovered = 0;
    session.addEventListener('recovered', () => recovered++);
    let lines = 0;
    session.addEventListener('output', ({ detail }) => {
      // The code is over long before its hundred thousand lines have come.
      if ((lines += detail.dropped ?? 1) === 10_000) void session.stop();
    });
    const result = await session.execute("for (let i = 0; i < 100_000; i++) console.log(i); 'done'");
    return { lines, recovered, ended: result.ok || result.error?.name, kept: (await session.execute('kept')).value };
  });
  expect(outcome).toEqual({ lines: 100_000, recovered: 0, ended: expect.anything(), kept: 42 });
});

test('F5: a page keeps no more of a flood than a result and a console keep', async ({ sdkPage }) => {
  const devtools = await sdkPage.context().newCDPSession(sdkPage);
  const heap = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize / 1024 / 1024;
  };
  await sdkPage.evaluate(async () => {
    Object.assign(window, { session: new window.sdk.Codemode().session('s') });
    await (
      window as unknown as { session: ReturnType<InstanceType<typeof window.sdk.Codemode>['session']> }
    ).session.execute('1');
  });
  const before = await heap();
  await sdkPage.evaluate(async (count) => {
    const { session } = window as unknown as {
      session: ReturnType<InstanceType<typeof window.sdk.Codemode>['session']>;
    };
    await session.execute(`for (let i = 0; i < ${count}; i++) console.log('line', i)`);
  }, many);
  expect((await heap()) - before).toBeLessThan(20);
});

test('F5: of very many errors that nobody caught the first are described, and the others counted for who caused them', async ({
  sdkPage,
}) => {
  const outcome = await sdkPage.evaluate(async () => {
    const session = new window.sdk.Codemode().session('s');
    const entries: [string | undefined, string][] = [];
    const isOver = new Promise<void>((resolve) =>
      session.addEventListener('output', ({ detail }) => {
        entries.push([detail.runId, detail.text]);
        if (detail.method === 'notice') resolve();
      }),
    );
    const flood = await session.execute("for (let i = 0; i < 3_000; i++) Promise.reject(new Error('left')); 'done'");
    const next = await session.execute('2');
    await isOver;
    return {
      own: entries.every(([runId]) => runId === flood.runId),
      texts: entries.map(([, text]) => text),
      next: next.value,
    };
  });
  expect(outcome).toMatchObject({ own: true, next: 2 });
  expect(outcome.texts).toHaveLength(201);
  expect(outcome.texts.at(-1)).toBe('2,800 more uncaught errors are not shown.');
});

test('C7: primitives that nobody caught belong to the execution that rejected or threw them', async ({ sdkPage }) => {
  const outcome = await sdkPage.evaluate(async () => {
    const session = new window.sdk.Codemode().session('s');
    const code = `Promise.reject('rejected'); setTimeout(() => { throw 5 }); await new Promise((resolve) => setTimeout(resolve, 1)); 1`;
    const results = await Promise.all([session.execute(code), session.execute(code)]);
    const failed = await session.execute(`throw new AggregateError([new TypeError('one'), 'two'], 'all')`);
    return {
      outputs: results.map(({ output }) => output.map(({ text }) => text).toSorted()),
      errors: failed.error?.errors?.map(({ name, message, position }) => [name, message, position?.line]),
    };
  });
  const own = ['Uncaught  5', 'Uncaught (in promise)  rejected'];
  expect(outcome).toEqual({
    outputs: [own, own],
    errors: [
      ['TypeError', 'one', 1],
      ['Uncaught', 'two', undefined],
    ],
  });
});
