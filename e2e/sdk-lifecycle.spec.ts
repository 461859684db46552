import { countResources, expect, test } from './fixtures/test.js';

interface Transitions {
  /** What was no edge of the rules, or did not begin where the one before it ended, or a wrong value. */
  readonly wrong: readonly unknown[];
  /** By worker. */
  readonly edges: readonly number[];
}

/** In the page: ten workers, a hundred transitions each. */
async function makeTransitions(): Promise<Transitions> {
  const codemode = new window.sdk.Codemode();
  const wrong: unknown[] = [];
  const edges = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const session = codemode.session(`worker-${index}`);
      let at: string = session.state;
      let count = 0;
      session.addEventListener('statechange', ({ detail: { from, to } }) => {
        count++;
        const isLegal = (window.sdk.sessionRules[from] as readonly string[]).includes(to);
        if (!isLegal || from !== at) wrong.push({ from, to, at });
        at = to;
      });
      for (let step = 0; step < 50; step++) {
        const { value } = await session.execute<number>(`${index} * 1000 + ${step}`);
        if (value !== index * 1000 + step) wrong.push(value);
      }
      return count;
    }),
  );
  await codemode.close();
  return { wrong, edges };
}

/** In the page: ten runs, each of which fails in every way there is. @returns how each ended, by way */
async function failInEveryWay(): Promise<Record<string, string[]>> {
  const outcomes: Record<string, string[]> = {};
  const name = (error: unknown): string => (error as Error | undefined)?.name ?? 'none';
  const note = async (way: string, run: Promise<{ readonly error?: unknown }>): Promise<void> => {
    const ended = await run.then(({ error }) => name(error), name);
    (outcomes[way] ??= []).push(ended);
  };
  for (let run = 0; run < 10; run++) {
    const codemode = new window.sdk.Codemode({
      limits: { stopGrace: 50, minIdle: 1 },
      persistence: 'indexeddb',
      persistenceKey: 'failing',
    });
    codemode.registry.registerTool('fail', () => {
      throw new window.sdk.ToolError('no');
    });
    const unreachable = new window.sdk.Codemode({ runnerUrl: '/e2e/pages/blank.html' });
    const refused = note('no runner', unreachable.execute('1'));
    const aborting = new AbortController();
    const aborted = note(
      'aborted',
      codemode.session('a').execute('await new Promise(() => undefined)', { signal: aborting.signal }),
    );
    await Promise.all([
      note('thrown', codemode.session('a').execute('const kept = 1; throw new RangeError("planned")')),
      note('refused', codemode.session('a').execute('let x: = 1')),
      note('tool', codemode.session('a').execute('await tools.fail()')),
      note('too long', codemode.session('b').execute('await new Promise(() => undefined)', { timeout: 30 })),
      // No guard reaches into a regular expression: it costs the worker.
      note('killed', codemode.session('c').execute(`/^(a+)+$/.test('a'.repeat(40) + 'b')`, { timeout: 30 })),
    ]);
    aborting.abort();
    await aborted;
    const closing = note('closed', codemode.session('d').execute('await new Promise(() => undefined)'));
    await codemode.close();
    await closing;
    await refused;
    await unreachable.close();
  }
  return outcomes;
}

const ten = (name: string): string[] => Array.from({ length: 10 }, () => name);
const everyWay = {
  aborted: ten('CancelledError'),
  thrown: ten('RangeError'),
  refused: ten('SyntaxError'),
  tool: ten('ToolError'),
  'too long': ten('ExecutionTimeoutError'),
  killed: ten('ExecutionTimeoutError'),
  closed: ten('SessionClosedError'),
  'no runner': ten('RunnerUnavailableError'),
};

test.describe('the life of sessions', () => {
  test('B1: ten workers with a hundred transitions each keep every state machine on its rules', async ({ sdkPage }) => {
    const { wrong, edges } = await sdkPage.evaluate(makeTransitions);
    expect(wrong).toEqual([]);
    expect(edges).toHaveLength(10);
    expect(Math.min(...edges)).toBeGreaterThanOrEqual(100);
  });

  test('B3: listeners that throw, or use the session themselves, hear of every transition once and in order', async ({
    sdkPage,
    problems,
  }) => {
    problems.expect(/a listener that throws/);
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const heard: string[][] = [[], []];
      const inner: Promise<unknown>[] = [];
      session.addEventListener('statechange', ({ detail: { from, to } }) => {
        heard[0]!.push(`${from}-${to}`);
        if (to === 'ready' && inner.length < 3) inner.push(session.execute(`${inner.length}`));
        if (to === 'running' && inner.length === 2) void session.stop();
        throw new Error('a listener that throws');
      });
      session.addEventListener('statechange', ({ detail: { from, to } }) => {
        heard[1]!.push(`${from}-${to}`);
      });
      await session.execute('1');
      for (const run of inner) await run;
      await session.close();
      return { heard };
    });
    expect(outcome.heard[0]).toEqual(outcome.heard[1]);
    const [heard] = outcome.heard as [string[]];
    expect(heard[0]).toBe('created-starting');
    expect(heard.at(-1)).toBe('closing-closed');
    for (const [index, edge] of heard.slice(1).entries()) expect(edge.split('-')[0]).toBe(heard[index]!.split('-')[1]);
  });

  test('B4: ten runs that fail in every way leave no frame, worker, port, listener, timer, object URL or database connection', async ({
    sdkPage,
  }) => {
    test.setTimeout(180_000);
    const before = await countResources(sdkPage);
    expect(await sdkPage.evaluate(failInEveryWay)).toEqual(everyWay);
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });

  test('B5: transitions hold while runs fail in every way beside them, and nothing is left', async ({ sdkPage }) => {
    test.setTimeout(180_000);
    const before = await countResources(sdkPage);
    const [{ wrong, edges }, outcomes] = await Promise.all([
      sdkPage.evaluate(makeTransitions),
      sdkPage.evaluate(failInEveryWay),
    ]);
    expect(wrong).toEqual([]);
    expect(Math.min(...edges)).toBeGreaterThanOrEqual(100);
    expect(outcomes).toEqual(everyWay);
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });

  test('C9: a busy loop is stopped, the page stays responsive, and the session goes on', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode({ limits: { stopGrace: 200 } });
      const session = codemode.session('s');
      await session.execute(
        'let kept = new Map([[1, { deep: true }]]); function double(n: number): number { return n * 2 }',
      );
      const recovered = new Promise<unknown>((resolve) => {
        session.addEventListener('recovered', ({ detail }) => resolve(detail));
      });
      const calls: string[] = [];
      codemode.registry.registerTool('note', () => {
        calls.push('called');
        return null;
      });
      const looping = session.execute('for (;;) { tools.note() }');
      // The page hears of calls and goes through tasks of its own while the loop runs.
      await new Promise<void>((resolve) => {
        let ticks = 0;
        const ticker = setInterval(() => {
          if (++ticks < 20 || calls.length === 0) return;
          clearInterval(ticker);
          resolve();
        }, 5);
      });
      await session.stop();
      const result = await looping;
      const callsAtStop = calls.length;
      const { restored } = (await recovered) as { restored: string[] };
      const next = await session.execute<number>('kept.get(1).deep && double(21)');
      await codemode.close();
      return {
        restored: [...restored].sort(),
        error: result.error?.name,
        next: next.value,
        late: calls.length - callsAtStop,
      };
    });
    expect(outcome).toEqual({ restored: ['double', 'kept'], error: 'CancelledError', next: 42, late: 0 });
  });

  test('C9: stopping one execution leaves its neighbours, and its finally blocks run', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const controller = new AbortController();
      const stopped = session.execute(
        `const seen = []; display('begun'); try { await new Promise((r) => setTimeout(r, 60_000)) } finally { seen.push('finally'); console.log('cleaned up') }`,
        { signal: controller.signal },
      );
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      codemode.registry.registerTool('held', () => released);
      const neighbour = session.execute(`await tools.held(); 'alive'`);
      await new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      controller.abort();
      const result = await stopped;
      release();
      return {
        error: result.error?.name,
        output: result.output.map((entry) => entry.text),
        neighbour: (await neighbour).value,
        kept: (await session.execute('seen')).value,
      };
    });
    expect(outcome).toEqual({
      error: 'CancelledError',
      output: ['begun', 'cleaned up'],
      neighbour: 'alive',
      kept: ['finally'],
    });
  });

  for (const [name, code] of Object.entries({
    'a tool': 'await tools.never()',
    'a timer': 'await new Promise((resolve) => setTimeout(resolve, 1e6))',
    'a promise of its own': 'await Promise.all([new Promise(() => undefined), 1])',
    'a promise of an earlier execution': 'await gate',
    'a stream': 'await new ReadableStream({ pull() {} }).getReader().read()',
    resolvers: 'await Promise.withResolvers().promise',
    'a generator':
      'async function* ticks() { for (;;) yield await new Promise((resolve) => setTimeout(resolve, 5)) } for await (const tick of ticks());',
    'a deep call':
      'async function deep(n: number): Promise<void> { if (n > 0) return deep(n - 1); await new Promise(() => undefined) } await deep(50)',
  })) {
    test(`C9: code that waits for ${name} is stopped without costing its worker`, async ({ sdkPage }) => {
      const outcome = await sdkPage.evaluate(async (waiting) => {
        const codemode = new window.sdk.Codemode();
        codemode.registry.registerTool('never', () => new Promise(() => undefined));
        const session = codemode.session('s');
        await session.execute('const gate = new Promise(() => undefined); const mark = new WeakMap()');
        let isRecovered = false;
        session.addEventListener('recovered', () => {
          isRecovered = true;
        });
        const begun = new Promise((resolve) => {
          session.addEventListener('output', resolve, { once: true });
        });
        const running = session.execute(`display('begun'); ${waiting}`);
        await begun;
        await session.stop();
        return {
          error: (await running).error?.name,
          kept: (await session.execute('mark instanceof WeakMap')).value,
          isRecovered,
          state: session.state,
        };
      }, code);
      expect(outcome).toEqual({ error: 'CancelledError', kept: true, isRecovered: false, state: 'ready' });
    });
  }

  test('A10: `await using` closes a Codemode, and use after that rejects', async ({ sdkPage }) => {
    const before = await countResources(sdkPage);
    // As text, since what a test's own build makes of `await using` is not what a page runs.
    const message = await sdkPage.evaluate(`(async () => {
      let outside;
      {
        await using codemode = new sdk.Codemode();
        outside = codemode;
        await codemode.execute('1');
      }
      return outside.execute('1').then(() => 'resolved', (error) => error.message);
    })()`);
    expect(message).toBe('Client has been closed');
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });

  test('a page that forbids the runner is told what to do', async ({ sdkPage, problems }) => {
    problems.expect(/404/);
    const error = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode({ runnerUrl: '/nowhere/runner.html' });
      return codemode.execute('1').then(
        () => undefined,
        (reason: Error & { phase?: string }) => ({ name: reason.name, phase: reason.phase, message: reason.message }),
      );
    });
    expect(error).toMatchObject({ name: 'RunnerUnavailableError', phase: 'not-started' });
    expect(error?.message).toMatch(/runnerUrl/);
  });
});
