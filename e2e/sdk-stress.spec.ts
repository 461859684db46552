import { countResources, expect, test } from './fixtures/test.js';

test('C9: code that only the engine can stop costs its own session no variable, and others nothing', async ({
  sdkPage,
}) => {
  const outcome = await sdkPage.evaluate(async () => {
    const hogs: Record<string, string> = {
      'a regular expression': '/^(a+)+$/.test("a".repeat(40) + "b")',
      'a sort': 'const long = new Float64Array(2 ** 27); for (;;) long.toSorted()',
      'a power': '(7n ** 3_000_000n) ** 7n % 3n',
      'a giant as JSON': 'for (;;) JSON.stringify(Array(200).fill(kept))',
    };
    const codemode = new window.sdk.Codemode();
    codemode.registry.registerTool('echo', { description: 'Gives its argument back', execute: (input) => input });
    const others = Array.from({ length: 20 }, (_, at) => codemode.session(`other-${at}`));
    await Promise.all(others.map((session) => session.execute('let count = 0')));
    const found: Record<string, unknown> = {};
    for (const [what, code] of Object.entries(hogs)) {
      const session = codemode.session(what);
      await session.execute('let kept = Array.from({ length: 20_000 }, (_, i) => ({ i }))');
      const waiting = session.execute('await new Promise(() => {})').then(undefined, (error: Error) => error.message);
      const hog = session.execute(code, { timeout: 300, fileName: 'hog.ts' });
      const later = session.execute('kept.length');
      const ran = await Promise.all(
        others.map((other) => other.execute('for (let i = 0; i < 10; i++) count += await tools.echo(1); count')),
      );
      found[what] = [
        (await hog).error?.name,
        await waiting,
        (await later).value,
        new Set(ran.map(({ value }) => value)).size,
      ];
      await session.close();
    }
    await codemode.close();
    return found;
  });
  for (const [what, told] of Object.entries(outcome))
    expect(told, what).toEqual([
      'ExecutionTimeoutError',
      `The session "${what}" was lost: the code of hog.ts did not stop in time. The next execution starts a new worker.`,
      20_000,
      1,
    ]);
});

test('B4: sixty sessions at once, each with a worker and a tool call, all answer', async ({ sdkPage }) => {
  const before = await countResources(sdkPage);
  const answers = await sdkPage.evaluate(async () => {
    const codemode = new window.sdk.Codemode({ limits: { maxSessions: 60 } });
    codemode.registry.registerTool('echo', { description: 'Gives its argument back', execute: (input) => input });
    const values = await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        const { value } = await codemode.session(`s-${at}`).execute(`1 + await tools.echo(${at})`);
        return value;
      }),
    );
    await codemode.close();
    return values;
  });
  expect(answers).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
  expect(await countResources(sdkPage)).toEqual(before);
});

test('B1, B4: whatever is asked of a session while it starts, restores or resets is answered, and leaves nothing', async ({
  sdkPage,
}) => {
  const before = await countResources(sdkPage);
  const { asked, unclear } = await sdkPage.evaluate(async () => {
    const { Codemode } = window.sdk;
    const codemode = new Codemode({ limits: { maxSessions: 6 } });
    const donor = codemode.session('donor');
    await donor.execute('let a = 1; class K { n = 1 }; const list = [1, 2, 3]');
    const checkpoint = await donor.checkpoint();
    await donor.close();
    type Act = (session: ReturnType<typeof codemode.session>) => Promise<unknown>;
    const aborted = (milliseconds: number): Act => {
      return (session) => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), milliseconds);
        return session.execute('1', { signal: controller.signal });
      };
    };
    const begins: Record<string, Act> = {
      start: (session) => session.execute('let started = 1'),
      'aborted start': aborted(20),
      restore: (session) => session.restore(checkpoint),
      reset: (session) => session.reset(),
    };
    const acts: Record<string, Act> = {
      abort: aborted(0),
      stop: (session) => session.stop(),
      reset: (session) => session.reset(),
      close: (session) => session.close(),
      'drained close': (session) => session.close({ drain: true }),
      execute: (session) => session.execute('1 + 1'),
      restore: (session) => session.restore(checkpoint),
      checkpoint: (session) => session.checkpoint(),
      suspend: (session) => session.suspend(),
      list: (session) => session.namespace.list(),
      cancelPending: (session) => session.cancelPending(),
      forget: (session) => session.forget(),
    };
    const open: string[] = [];
    let count = 0;
    const jobs = Object.entries(begins).flatMap(([begun, begin]) =>
      Object.entries(acts).map(([acted, act]) => async (): Promise<void> => {
        const name = `${acted} during ${begun}`;
        const session = codemode.session(name);
        if (begun === 'reset') await session.execute('let old = 1');
        const asks = [begin, act, act].map(async (ask) => await ask(session));
        for (const { status, reason } of (await Promise.allSettled(asks)) as { status: string; reason?: Error }[])
          if (status === 'rejected' && !/^(SessionClosed|Cancelled)Error$/.test(reason!.name))
            open.push(`${name}: ${reason!.name}, ${reason!.message}`);
        if (session.state !== 'closed' && session.state !== 'closing') {
          const { value } = await session.execute('40 + 2');
          if (value !== 42) open.push(`${name}: no answer afterwards`);
        }
        await session.close();
        if (session.state !== 'closed') open.push(`${name}: ${session.state}`);
        count++;
      }),
    );
    const queue = jobs.values();
    const turn = async (): Promise<void> => {
      for (const job of queue) await job();
    };
    await Promise.all(Array.from({ length: 6 }, turn));
    await codemode.close();
    return { asked: count, unclear: open };
  });
  expect(unclear).toEqual([]);
  expect(asked).toBe(48);
  expect(await countResources(sdkPage)).toEqual(before);
});
