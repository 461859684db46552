import { countResources, expect, test } from './fixtures/test.js';

test('C1, C5, C6, C7: a thread sees the session, and the session gets its changes or none of them', async ({
  sdkPage,
}) => {
  const seen = await sdkPage.evaluate(async () => {
    const codemode = new window.sdk.Codemode();
    codemode.registry.registerTool('whose', {
      description: 'whose',
      execute: async (_: unknown, { context }: { context: { get(key: string): unknown } }) => context.get('client_id'),
    });
    const session = codemode.session('s');
    const runIds: unknown[] = [];
    session.addEventListener('output', ({ detail }) => runIds.push(detail.runId));
    const value = async (code: string, options: object = {}): Promise<unknown> => {
      const { ok, value: given, error } = await session.execute(code, options);
      return ok ? given : error.name;
    };
    const thread = { mode: 'thread' };
    const sequence = [
      await value('x = 42'),
      await value('y = x * 2; y', thread),
      await value('z = x + y; z', { mode: 'sync' }),
    ];
    const modes = (await session.namespace.list()).map(({ name, mode }) => `${name} ${mode}`);
    await session.execute(
      'class Point { constructor(n) { this.n = n } get double() { return this.n * 2 } } const p = new Point(4)',
    );
    const rich = await session.execute('console.log("there"); [p.double, p instanceof Point, await tools.whose(), _]', {
      mode: 'thread',
      context: { client_id: 'a' },
      runId: 'the-thread',
    });
    const history = await value('[_.at(0), In.at(-2).includes("there")]');
    const rolledBack = [
      await value('x = 1; throw 1', { ...thread, transaction: 'rollback-on-failure' }),
      await value('x = 2', { ...thread, transaction: 'rollback' }),
      await value('x'),
      await value('x = 43; throw 1', thread),
      await value('x'),
    ];
    const lost = await session.execute('const weak = new WeakMap(); 1');
    const notices = (await session.execute('typeof weak; other = new WeakMap()', { mode: 'thread' })).output.map(
      String,
    );
    await codemode.close();
    return { sequence, modes, rich: rich.value, runIds, history, rolledBack, lost: lost.ok, notices };
  });
  expect(seen).toEqual({
    sequence: [42, 84, 126],
    modes: ['x async', 'y thread', 'z sync'],
    rich: [8, true, 'a', 126],
    runIds: ['the-thread', expect.any(String), expect.any(String)],
    history: [8, true],
    rolledBack: ['Uncaught', 2, 42, 'Uncaught', 43],
    lost: true,
    notices: ['“weak” is not in the thread: it is a WeakMap', '“other” stays in the thread: it is a WeakMap'],
  });
});

test('C5: a name that changed meanwhile is a conflict with both sides; writers in threads lose nothing', async ({
  sdkPage,
}) => {
  const seen = await sdkPage.evaluate(async () => {
    const codemode = new window.sdk.Codemode();
    let release = (): void => undefined;
    let arrived = (): void => undefined;
    codemode.registry.registerTool('gate', {
      description: 'waits',
      execute: () =>
        new Promise<void>((resolve) => {
          release = resolve;
          arrived();
        }),
    });
    const session = codemode.session('s');
    const outcomes: unknown[] = [];
    for (const conflict of ['fail', 'overwrite', 'keep'] as const) {
      await session.execute('n = 0; free = 0');
      const there = new Promise<void>((resolve) => (arrived = resolve));
      const running = session.execute('n += 1; free += 1; await tools.gate(); n', { mode: 'thread', conflict });
      await there;
      await session.execute('n = 100');
      release();
      const { ok, error } = await running;
      const conflicts = error instanceof window.sdk.NamespaceConflictError && error.conflicts;
      outcomes.push([ok, conflicts, (await session.execute('[n, free]')).value]);
    }
    await session.execute('n = 0');
    const writer = async (): Promise<void> => {
      for (let at = 0; at < 4; at++) while (!(await session.execute('n += 1', { mode: 'thread' })).ok);
    };
    await Promise.all([writer(), writer(), writer()]);
    const { value } = await session.execute('n');
    await codemode.close();
    return { outcomes, value };
  });
  expect(seen.outcomes).toEqual([
    [false, [{ name: 'n', session: 100, thread: 1 }], [100, 0]],
    [true, false, [1, 1]],
    [true, false, [100, 1]],
  ]);
  expect(seen.value).toBe(12);
});
test('C4, C9: Stop, time limit, reset and close end a thread, and nothing is left', async ({ sdkPage }) => {
  const seen = await sdkPage.evaluate(async () => {
    const codemode = new window.sdk.Codemode({ limits: { stopGrace: 200 } });
    let arrived = (): void => undefined;
    codemode.registry.registerTool('there', { description: 'tells', execute: async () => arrived() });
    const session = codemode.session('s');
    await session.execute('kept = 1');
    const reasons: string[] = [];
    const end = async (code: string, ends: () => Promise<unknown>): Promise<void> => {
      const there = new Promise<void>((resolve) => (arrived = resolve));
      const running = session.execute(`kept = 2; await tools.there(); ${code}`, {
        mode: 'thread',
        transaction: 'rollback-on-failure',
      });
      await there;
      await ends();
      reasons.push((await running).error?.name ?? 'none');
    };
    await end('for (;;) ;', () => session.stop());
    await end('await new Promise(() => {})', () => session.stop());
    await end('/^(a+)+$/.test("a".repeat(40) + "b")', () => session.stop());
    reasons.push((await session.execute('for (;;) ;', { mode: 'thread', timeout: 200 })).error?.name ?? 'none');
    const { value: kept } = await session.execute('kept');
    await session.execute('var task = new Promise(() => {}); setTimeout(() => {}, 60_000)');
    const pending = (await session.pending()).map(({ kind, name }) => `${kind} ${name}`).toSorted();
    const waiting = session.awaitPending();
    await session.stop();
    const waited = await waiting;
    const cancelled = (await session.cancelPending()).length;
    const left = await session.pending();
    await end('await new Promise(() => {})', () => session.reset());
    await end('await new Promise(() => {})', () => session.close());
    await codemode.close();
    return { reasons, kept, pending, waited, cancelled, left };
  });
  expect(seen).toEqual({
    reasons: [
      'CancelledError',
      'CancelledError',
      'CancelledError',
      'ExecutionTimeoutError',
      'CancelledError',
      'CancelledError',
    ],
    kept: 1,
    pending: ['promise task', 'timer setTimeout'],
    waited: {},
    cancelled: 2,
    left: [],
  });
  const { frames, live } = await countResources(sdkPage);
  expect([frames, new Set(Object.values(live))]).toEqual([0, new Set([0])]);
});

test('C4: what is pending in a thread is listed, and a thread that is killed costs its session nothing', async ({
  sdkPage,
}) => {
  const seen = await sdkPage.evaluate(async () => {
    const codemode = new window.sdk.Codemode();
    let arrived = (): void => undefined;
    const there = new Promise<void>((resolve) => (arrived = resolve));
    codemode.registry.registerTool('never', {
      description: 'does not answer',
      execute: () => {
        arrived();
        return new Promise<void>(() => undefined);
      },
    });
    const session = codemode.session('s');
    const recovered: unknown[] = [];
    session.addEventListener('recovered', ({ detail }) => recovered.push(detail));
    await session.execute(
      'kept = 1; var own = new Promise(() => {}); shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer',
    );
    const [frame] = document.querySelectorAll('iframe');
    const run = session.execute('kept = 2; typeof shared; setTimeout(() => {}, 60_000); await tools.never()', {
      mode: 'thread',
      runId: 'of the thread',
    });
    const notices: string[] = [];
    session.addEventListener('output', ({ detail }) => notices.push(String(detail)));
    const outcome = run.then(
      () => 'an end',
      (error: Error) => `${error.name}: ${error.message}`,
    );
    await there;
    const pending = (await session.pending()).map(({ kind, name, runId }) => [kind, name, runId === 'of the thread']);
    for (const other of document.querySelectorAll('iframe')) if (other !== frame) other.remove();
    const rejected = await outcome;
    const { value: kept } = await session.execute('kept');
    const left = await session.pending();
    const again = (await session.execute('kept = 3; kept', { mode: 'thread' })).value;
    await codemode.close();
    return { pending, rejected, kept, left: left.length, again, recovered, notices };
  });
  expect(seen.pending.toSorted()).toEqual([
    ['promise', 'own', false],
    ['timer', 'setTimeout', true],
    ['tool', 'never', true],
  ]);
  expect(seen.rejected).toMatch(/^SessionCrashedError: .*the thread was lost/);
  expect(seen.notices.join()).toContain('“shared” is not in the thread: ');
  expect([seen.kept, seen.left, seen.again, seen.recovered]).toEqual([1, 1, 3, []]);
});
