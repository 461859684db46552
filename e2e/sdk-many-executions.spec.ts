import { expect, test } from './fixtures/test.js';

/** How often each outcome came: 'ok', or the name of the error. */
type Outcomes = Readonly<Record<string, number>>;

interface Told {
  readonly outcomes: Outcomes;
  readonly kept: unknown;
  readonly recovered: number;
}

test.describe('F8: 300 executions at once', () => {
  test('lose nobody when some are stopped, however soon, and none gets less time because others come first', async ({
    sdkPage,
  }) => {
    const told = await sdkPage.evaluate(async () => {
      const wait = (milliseconds: number): Promise<void> =>
        new Promise((resolve) => {
          setTimeout(resolve, milliseconds);
        });
      const run = async (
        options: (
          at: number,
          after: (milliseconds: number) => AbortSignal,
        ) => { signal?: AbortSignal; timeout?: number },
        code: string,
        isWarm = true,
        meanwhile?: (session: ReturnType<InstanceType<typeof window.sdk.Codemode>['session']>) => Promise<unknown>,
      ): Promise<Told> => {
        const codemode = new window.sdk.Codemode();
        const session = codemode.session('s');
        let recovered = 0;
        session.addEventListener('recovered', () => recovered++);
        if (isWarm) await session.execute('let kept = 42');
        const started = Array.from({ length: 300 }, (_, at) =>
          session
            .execute(
              code,
              options(at, (milliseconds) => {
                const controller = new AbortController();
                setTimeout(() => controller.abort(), milliseconds);
                return controller.signal;
              }),
            )
            .then(
              ({ error }) => error?.name ?? 'ok',
              (error: Error) => error.name,
            ),
        );
        await meanwhile?.(session);
        const outcomes: Record<string, number> = {};
        for (const outcome of await Promise.all(started)) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        const kept = session.state === 'closed' ? undefined : (await session.execute('typeof kept')).value;
        await codemode.close();
        return { outcomes, kept, recovered };
      };
      const waiting = 'await new Promise((resolve) => setTimeout(resolve, 20)); 1';
      const endless = 'await new Promise(() => {})';
      const burning = 'for (const end = performance.now() + 5; performance.now() < end; ) ; 1';
      return {
        aborted: await run((at, after) => (at % 7 === 0 ? { signal: after(10) } : {}), waiting),
        abortedWhileStarting: await run((at, after) => (at % 7 === 0 ? { signal: after(10) } : {}), waiting, false),
        abortedOfBusy: await run((at, after) => (at % 7 === 0 ? { signal: after(30) } : {}), burning),
        short: await run(() => ({ timeout: 400 }), burning),
        reset: await run(
          () => ({}),
          endless,
          true,
          (session) => wait(30).then(() => session.reset()),
        ),
        closed: await run(
          () => ({}),
          endless,
          true,
          (session) => wait(30).then(() => session.close()),
        ),
        stopped: await run(
          () => ({}),
          endless,
          true,
          (session) => wait(30).then(() => session.stop()),
        ),
        checkpointed: await run(
          (at, after) => (at % 2 === 0 ? { signal: after(30) } : {}),
          'const big = Array.from({ length: 200 }, (_, i) => ({ i })); await new Promise((resolve) => setTimeout(resolve, 20)); 1',
          true,
          (session) => wait(25).then(() => session.checkpoint()),
        ),
      };
    });
    const survived = { kept: 'number', recovered: 0 };
    const sum = ({ outcomes }: Told): number => Object.values(outcomes).reduce((total, count) => total + count, 0);
    for (const kind of ['aborted', 'abortedOfBusy', 'checkpointed'] as const) {
      const { outcomes, ...state } = told[kind];
      expect(
        Object.keys(outcomes).filter((outcome) => outcome !== 'ok' && outcome !== 'CancelledError'),
        kind,
      ).toEqual([]);
      expect(outcomes['ok'], kind).toBeGreaterThanOrEqual(kind === 'checkpointed' ? 150 : 257);
      expect(state, kind).toEqual(survived);
    }
    expect(told.abortedWhileStarting).toEqual({
      outcomes: { ok: 257, CancelledError: 43 },
      kept: 'undefined',
      recovered: 0,
    });
    expect(told.short).toEqual({ outcomes: { ok: 300 }, ...survived });
    expect(told.stopped).toEqual({ outcomes: { CancelledError: 300 }, ...survived });
    expect(told.reset).toEqual({ outcomes: { CancelledError: 300 }, kept: 'undefined', recovered: 0 });
    expect(told.closed).toEqual({ outcomes: { CancelledError: 300 }, kept: undefined, recovered: 0 });
    expect(Object.values(told).map(sum)).toEqual(Object.values(told).map(() => 300));
  });
});
