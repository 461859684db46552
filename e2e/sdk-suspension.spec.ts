import { countResources, expect, test } from './fixtures/test.js';

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
