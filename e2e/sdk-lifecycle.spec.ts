import { countResources, expect, test } from './fixtures/test.js';

test.describe('the life of sessions', () => {
  test('B1: ten workers with a hundred executions each keep every state machine on its rules', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const wrong: unknown[] = [];
      let edges = 0;
      await Promise.all(Array.from({ length: 10 }, async (_, index) => {
        const session = codemode.session(`worker-${index}`);
        let at: string = session.state;
        session.addEventListener('statechange', ({ detail: { from, to } }) => {
          edges++;
          const isLegal = (window.sdk.sessionRules[from] as readonly string[]).includes(to);
          if (!isLegal || from !== at) wrong.push({ from, to, at });
          at = to;
        });
        for (let step = 0; step < 50; step++) {
          const { value } = await session.execute<number>(`${index} * 1000 + ${step}`);
          if (value !== index * 1000 + step) wrong.push(value);
        }
      }));
      return { wrong, edges };
    });
    expect(outcome.wrong).toEqual([]);
    expect(outcome.edges).toBeGreaterThanOrEqual(10 * 100);
  });

  test('B4: ten failing runs leave no frame, worker, port, listener or timer', async ({ sdkPage }) => {
    const before = await countResources(sdkPage);
    await sdkPage.evaluate(async () => {
      for (let run = 0; run < 10; run++) {
        const codemode = new window.sdk.Codemode({ limits: { stopGrace: 50 } });
        codemode.registry.registerTool('fail', () => { throw new window.sdk.ToolError('no'); });
        const outcomes = await Promise.all([
          codemode.session('a').execute('await tools.fail()'),
          codemode.session('a').execute('let x: = 1'),
          codemode.session('b').execute('await new Promise(() => undefined)', { timeout: 30 }),
        ]);
        if (outcomes.some((outcome) => outcome.ok)) throw new Error('a run did not fail');
        await codemode.close();
      }
    });
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });

  test('B5: transitions hold while failing runs come and go beside them', async ({ sdkPage }) => {
    const before = await countResources(sdkPage);
    const wrong = await sdkPage.evaluate(async () => {
      const steady = new window.sdk.Codemode();
      const found: unknown[] = [];
      const session = steady.session('steady');
      let at: string = session.state;
      session.addEventListener('statechange', ({ detail }) => {
        if (detail.from !== at) found.push(detail);
        at = detail.to;
      });
      const failing = async (): Promise<void> => {
        for (let run = 0; run < 5; run++) {
          const codemode = new window.sdk.Codemode();
          await codemode.execute('throw new Error("planned")');
          await codemode.close();
        }
      };
      const working = async (): Promise<void> => {
        for (let step = 0; step < 50; step++) if ((await session.execute(`${step}`)).value !== step) found.push(step);
      };
      await Promise.all([failing(), working()]);
      await steady.close();
      return found;
    });
    expect(wrong).toEqual([]);
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });

  test('C9: a busy loop is stopped, the page stays responsive, and the session goes on', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode({ limits: { stopGrace: 200 } });
      const session = codemode.session('s');
      await session.execute('let kept = new Map([[1, { deep: true }]]); function double(n: number): number { return n * 2 }');
      const recovered = new Promise<unknown>((resolve) => { session.addEventListener('recovered', ({ detail }) => resolve(detail)); });
      const calls: string[] = [];
      codemode.registry.registerTool('note', () => { calls.push('called'); return null; });
      const controller = new AbortController();
      let longestGap = 0;
      let last = performance.now();
      const ticker = setInterval(() => {
        longestGap = Math.max(longestGap, performance.now() - last);
        last = performance.now();
      }, 5);
      const looping = session.execute('for (;;) { tools.note() }', { signal: controller.signal });
      await new Promise((resolve) => { setTimeout(resolve, 300); });
      controller.abort();
      const result = await looping;
      const callsAtStop = calls.length;
      await new Promise((resolve) => { setTimeout(resolve, 300); });
      clearInterval(ticker);
      const { restored } = (await recovered) as { restored: string[] };
      const next = await session.execute<number>('kept.get(1).deep && double(21)');
      return { restored: [...restored].sort(), error: result.error?.name, next: next.value, late: calls.length - callsAtStop, isResponsive: longestGap < 1_000 };
    });
    expect(outcome).toEqual({ restored: ['double', 'kept'], error: 'CancelledError', next: 42, late: 0, isResponsive: true });
  });

  test('C9: stopping one execution leaves its neighbours, and its finally blocks run', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const controller = new AbortController();
      const stopped = session.execute(
        `const seen = []; display('begun'); try { await new Promise((r) => setTimeout(r, 60_000)) } finally { seen.push('finally'); console.log('cleaned up') }`,
        { signal: controller.signal });
      const neighbour = session.execute(`await new Promise((r) => setTimeout(r, 150)); 'alive'`);
      await new Promise((resolve) => { session.addEventListener('output', resolve, { once: true }); });
      controller.abort();
      const result = await stopped;
      return {
        error: result.error?.name,
        output: result.output.map((entry) => entry.text),
        neighbour: (await neighbour).value,
        kept: (await session.execute('seen')).value,
      };
    });
    expect(outcome).toEqual({ error: 'CancelledError', output: ['begun', 'cleaned up'], neighbour: 'alive', kept: ['finally'] });
  });

  for (const [name, code] of Object.entries({
    'a tool': 'await tools.never()',
    'a timer': 'await new Promise((resolve) => setTimeout(resolve, 1e6))',
    'a promise of its own': 'await Promise.all([new Promise(() => undefined), 1])',
    'a promise of an earlier execution': 'await gate',
    'a stream': 'await new ReadableStream({ pull() {} }).getReader().read()',
    'resolvers': 'await Promise.withResolvers().promise',
    'a generator': 'async function* ticks() { for (;;) yield await new Promise((resolve) => setTimeout(resolve, 5)) } for await (const tick of ticks());',
    'a deep call': 'async function deep(n: number): Promise<void> { if (n > 0) return deep(n - 1); await new Promise(() => undefined) } await deep(50)',
  })) {
    test(`C9: code that waits for ${name} is stopped without costing its worker`, async ({ sdkPage }) => {
      const outcome = await sdkPage.evaluate(async (waiting) => {
        const codemode = new window.sdk.Codemode();
        codemode.registry.registerTool('never', () => new Promise(() => undefined));
        const session = codemode.session('s');
        await session.execute('const gate = new Promise(() => undefined); const mark = new WeakMap()');
        let isRecovered = false;
        session.addEventListener('recovered', () => { isRecovered = true; });
        const begun = new Promise((resolve) => { session.addEventListener('output', resolve, { once: true }); });
        const running = session.execute(`display('begun'); ${waiting}`);
        await begun;
        await session.stop();
        return { error: (await running).error?.name, kept: (await session.execute('mark instanceof WeakMap')).value, isRecovered, state: session.state };
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
      return codemode.execute('1').then(() => undefined, (reason: Error & { phase?: string }) => ({ name: reason.name, phase: reason.phase, message: reason.message }));
    });
    expect(error).toMatchObject({ name: 'RunnerUnavailableError', phase: 'not-started' });
    expect(error?.message).toMatch(/runnerUrl/);
  });
});
