import { countResources, expect, test } from './fixtures/test.js';

interface Transitions {
  /** Edges that the rules do not have or that do not begin where the one before ended, and unexpected results. */
  readonly wrong: readonly unknown[];
  /** Transitions of each session's machine. */
  readonly edges: readonly number[];
  /** Executions by their last state. */
  readonly ends: Readonly<Record<string, number>>;
  readonly recovered: number;
}

/**
 * In the page: ten sessions with a worker each, and at least a hundred transitions each, from executions, stops, resets,
 * suspensions, lost workers and questions to the namespace, all at once.
 */
async function makeTransitions(seed: number): Promise<Transitions> {
  const { Codemode, sessionRules, executionRules } = window.sdk;
  const codemode = new Codemode({ limits: { stopGrace: 100 } });
  const wrong: unknown[] = [];
  const ends: Record<string, number> = {};
  let recovered = 0;
  let random = seed;
  const below = (limit: number): number => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((random / 2_147_483_648) * limit);
  };
  const live = async (index: number): Promise<number> => {
    const session = codemode.session(`worker-${index}`);
    let at: string = session.state;
    let count = 0;
    session.addEventListener('statechange', ({ detail: { from, to } }) => {
      count++;
      if (from !== at || !(sessionRules[from] as readonly string[]).includes(to))
        wrong.push({ session: index, at, from, to });
      at = to;
    });
    const states = new Map<string, string>();
    session.addEventListener('executionstatechange', ({ detail: { runId, from, to } }) => {
      const state = states.get(runId) ?? 'queued';
      if (from !== state || !(executionRules[from] as readonly string[]).includes(to))
        wrong.push({ runId, state, from, to });
      states.set(runId, to);
    });
    session.addEventListener('recovered', () => recovered++);
    const allowed = new Set(['CancelledError', 'SessionCrashedError']);
    /** @param value expected, if the code ended by itself */
    const run = async (code: string, value: unknown): Promise<void> => {
      const context = { client_id: `${index}` };
      const outcome = await session.execute(code, { context }).catch((error: Error) => ({ ok: false as const, error }));
      const isExpected = outcome.ok
        ? JSON.stringify(outcome.value) === JSON.stringify(value)
        : allowed.has(outcome.error.name);
      if (!isExpected) wrong.push({ code, outcome: outcome.ok ? outcome.value : String(outcome.error.message) });
    };
    const begun = (): Promise<unknown> =>
      new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
    const operations = {
      execute: () => run(`await null; [context.get('client_id'), ${count}]`, [`${index}`, count]),
      stop: async () => {
        const waits = begun();
        const running = run(`display('begun'); await new Promise(() => undefined)`, undefined);
        await Promise.race([waits, running]);
        await session.stop();
        await running;
      },
      suspend: () => session.suspend(),
      reset: () => session.reset(),
      list: () => session.namespace.list(),
      checkpoint: () => session.checkpoint(),
      // No guard reaches into a regular expression: it costs the worker.
      kill: async () => {
        const waits = begun();
        const running = run(
          `display('begun'); for (let i = 0; i < 10; i++) await null; /^(a+)+$/.test('a'.repeat(40) + 'b')`,
          true,
        );
        await Promise.race([waits, running]);
        await session.stop();
        await running;
      },
    };
    // Each round of a session: what it does one after the other, beside what it does meanwhile.
    for (let round = 0; count < 100; round++) {
      const isRare = round % 8 === 4;
      const rare = !isRare
        ? 'execute'
        : round === 12 && index < 3
          ? 'kill'
          : (['reset', 'suspend', 'stop'] as const)[below(3)]!;
      const beside = (['execute', 'list', 'checkpoint'] as const)[below(3)]!;
      await Promise.all([operations.execute(), operations[rare](), operations[beside]()]);
    }
    await session.close();
    if (at !== 'closed') wrong.push({ session: index, at });
    for (const state of states.values()) {
      if (executionRules[state as 'lost'].length > 0) wrong.push({ session: index, state });
      ends[state] = (ends[state] ?? 0) + 1;
    }
    return count;
  };
  const edges = await Promise.all(Array.from({ length: 10 }, (_, index) => live(index)));
  await codemode.close();
  return { wrong, edges, ends, recovered };
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
  test('B1, B4, B5: ten sessions in workers keep to their rules in a hundred transitions each, beside ten runs that fail in every way, and all leave no frame, worker, port, listener, timer, object URL or database connection', async ({
    sdkPage,
  }) => {
    const before = await countResources(sdkPage);
    const [{ wrong, edges, ends, recovered }, outcomes] = await Promise.all([
      sdkPage.evaluate(makeTransitions, 1),
      sdkPage.evaluate(failInEveryWay),
    ]);
    expect(wrong).toEqual([]);
    expect(edges).toHaveLength(10);
    expect(Math.min(...edges)).toBeGreaterThanOrEqual(100);
    expect(ends['succeeded']).toBeGreaterThan(200);
    expect(ends['cancelled']).toBeGreaterThan(10);
    expect(recovered).toBeGreaterThan(0);
    expect(outcomes).toEqual(everyWay);
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
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

  test('resets within one start, and questions while Stop costs the worker, are answered by the worker that follows', async ({
    sdkPage,
  }) => {
    const before = await countResources(sdkPage);
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode({ limits: { stopGrace: 100 } });
      const session = codemode.session('s');
      const pause = (milliseconds: number): Promise<void> =>
        new Promise((resolve) => {
          setTimeout(resolve, milliseconds);
        });
      await session.execute('let dropped = 1');
      await Promise.all([
        session.reset(),
        pause(20).then(() => session.reset()),
        pause(60).then(() => session.reset()),
      ]);
      const kept = (await session.execute('let kept = 42; typeof dropped')).value;
      const begun = new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      // No guard reaches into a regular expression: it costs the worker.
      const burning = session.execute(
        `display('begun'); await new Promise((resolve) => setTimeout(resolve)); /^(a+)+$/.test('a'.repeat(40) + 'b')`,
      );
      await begun;
      await pause(20);
      const [names, checkpoint, value] = await Promise.all([
        session.namespace.list(),
        session.checkpoint(),
        session.namespace.get('kept'),
        session.stop(),
      ]);
      const { error } = await burning;
      await codemode.close();
      return { kept, names: names.map(({ name }) => name), saved: checkpoint.names, value, error: error?.name };
    });
    expect(outcome).toEqual({
      kept: 'undefined',
      names: ['kept'],
      saved: ['kept'],
      value: 42,
      error: 'CancelledError',
    });
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
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

  test('C9: code that waits for anything is stopped without costing its worker', async ({ sdkPage }) => {
    const waits = {
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
    };
    const outcomes = await sdkPage.evaluate(async (codes) => {
      const codemode = new window.sdk.Codemode();
      codemode.registry.registerTool('never', () => new Promise(() => undefined));
      const all: Record<string, unknown> = {};
      for (const [name, code] of Object.entries(codes)) {
        const session = codemode.session(name);
        await session.execute('const gate = new Promise(() => undefined); const mark = new WeakMap()');
        let isRecovered = false;
        session.addEventListener('recovered', () => {
          isRecovered = true;
        });
        const begun = new Promise((resolve) => {
          session.addEventListener('output', resolve, { once: true });
        });
        const running = session.execute(`display('begun'); ${code}`);
        await begun;
        await session.stop();
        const { error } = await running;
        const kept = (await session.execute('mark instanceof WeakMap')).value;
        all[name] = { error: error?.name, kept, isRecovered, state: session.state };
        await session.close();
      }
      await codemode.close();
      return all;
    }, waits);
    const stopped = { error: 'CancelledError', kept: true, isRecovered: false, state: 'ready' };
    expect(outcomes).toEqual(Object.fromEntries(Object.keys(waits).map((name) => [name, stopped])));
  });

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
