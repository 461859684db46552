import { expect, test } from './fixtures/test.js';

test.describe('tools', () => {
  test('validates arguments on the host, whatever the schema, and tells the code what does not fit', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const { Codemode, defineTool } = window.sdk;
      const codemode = new Codemode();
      const ran: unknown[] = [];
      codemode.registry.registerTool(
        'weather',
        defineTool({
          description: 'Current weather of a city',
          input: {
            type: 'object',
            properties: { city: { type: 'string' } },
            required: ['city'],
            additionalProperties: false,
          },
          run: (args: unknown) => {
            ran.push(args);
            return 'sunny';
          },
        }),
      );
      // As zod and valibot do it: https://standardschema.dev
      codemode.registry.registerTool(
        'double',
        defineTool({
          input: {
            '~standard': {
              version: 1,
              vendor: 'test',
              validate: (value: unknown) =>
                typeof value === 'number' ? { value: value * 10 } : { issues: [{ message: 'expected a number' }] },
            },
          },
          run: (n) => (n as number) * 2,
        }),
      );
      const session = codemode.session('s');
      const run = async (code: string): Promise<unknown> => {
        const { value, error } = await session.execute(code);
        return error === undefined ? value : `${error.name}: ${error.message}`;
      };
      return {
        good: await run(`await tools.weather({ city: 'Oslo' })`),
        bad: await run(`await tools.weather({ town: 'Oslo' })`),
        transformed: await run('await tools.double(1)'),
        refused: await run(`await tools.double('x').catch((error) => 'caught ' + error.name)`),
        unknown: await run(`await tools.wether({ city: 'Oslo' })`),
        ran: ran.length,
      };
    });
    expect(outcome).toMatchObject({ good: 'sunny', transformed: 20, refused: 'caught ToolInputError', ran: 1 });
    expect(outcome.bad).toMatch(/^ToolInputError: .*city/);
    expect(outcome.unknown).toMatch(/^ComponentNotFoundError: .*"wether".*Did you mean "weather"/);
  });

  test('A13: runWithContext goes before runAsync and run; its context is the host’s own', async ({ sdkPage }) => {
    const value = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      codemode.registry
        .registerTool('all', {
          run: () => 'run',
          runAsync: async () => 'runAsync',
          runWithContext: (_args, context) => `context ${context.require<string>('client_id')}`,
        })
        .registerTool('two', { run: () => 'run', runAsync: async () => 'runAsync' })
        .registerTool('get-data', { run: () => 'run' });
      const kinds = codemode.registry
        .snapshot()
        .toolDescriptors()
        .map(({ name, kind }) => `${name} ${kind}`);
      const result = await codemode
        .withContext({ client_id: 'acme' })
        .execute('[await tools.all(), await tools.two(), await tools.get_data()]');
      return { kinds, value: result.value };
    });
    expect(value).toEqual({
      kinds: ['all context', 'two async', 'get_data sync'],
      value: ['context acme', 'runAsync', 'run'],
    });
  });

  test('A6: a tool that requires context says what is missing before it runs', async ({ sdkPage }) => {
    const message = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      codemode.registry.registerTool('orders', { requiredContext: ['client_id'], run: () => 'ran' });
      return (await codemode.execute('await tools.orders()', { context: { region: 'eu' } })).error?.message;
    });
    expect(message).toMatch(/requires "client_id" in the context, which has region/);
  });

  test('E4: calls run in parallel, and their errors point to the line of the call', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      let running = 0;
      let most = 0;
      let release = (): void => undefined;
      const threeAtOnce = new Promise<void>((resolve) => {
        release = resolve;
      });
      codemode.registry.registerTool('slow', async (n: number) => {
        most = Math.max(most, ++running);
        if (running === 3) release();
        await threeAtOnce;
        running--;
        if (n === 3) throw new window.sdk.ToolError('three is refused');
        return n;
      });
      const session = codemode.session('s');
      const parallel = await session.execute('await Promise.all([1, 2, 4].map((n) => tools.slow(n)))');
      const failed = await session.execute('let before = 1;\nconst x = await tools.slow(3)');
      return { parallel: parallel.value, most, error: failed.error };
    });
    expect(outcome).toMatchObject({
      parallel: [1, 2, 4],
      most: 3,
      error: { name: 'ToolError', message: 'three is refused', position: { line: 2 } },
    });
  });

  test('E8: a tool that wants approval runs only when it is given', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const asked: unknown[] = [];
      const codemode = new window.sdk.Codemode({
        approve: async ({ name, args }) => {
          asked.push([name, args]);
          return (args as { ok: boolean }).ok;
        },
      });
      codemode.registry.registerTool('pay', { approval: true, run: () => 'paid' });
      const { value } = await codemode.execute(
        `[await tools.pay({ ok: true }), await tools.pay({ ok: false }).catch((error) => error.name)]`,
      );
      return { value, asked };
    });
    expect(outcome).toEqual({
      value: ['paid', 'ToolDeniedError'],
      asked: [
        ['pay', { ok: true }],
        ['pay', { ok: false }],
      ],
    });
  });

  test('C9: stopping an execution aborts its tool calls on the host', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      let reason: unknown;
      const started = new Promise<void>((begin) => {
        codemode.registry.registerTool('wait', async (_args: unknown, { signal }) => {
          begin();
          await new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              reason = signal.reason;
              reject(new Error('aborted'));
            });
          });
        });
      });
      const phases: string[] = [];
      session.addEventListener('toolcall', ({ detail }) => phases.push(detail.phase));
      const running = session.execute('await tools.wait()');
      await started;
      await session.stop();
      const result = await running;
      return { error: result.error?.name, aborted: reason !== undefined, phases, state: session.state };
    });
    expect(outcome).toEqual({
      error: 'CancelledError',
      aborted: true,
      phases: ['started', 'cancelled'],
      state: 'ready',
    });
  });

  test('A15: meta-tools list and describe the tools, with the caller’s context', async ({ sdkPage }) => {
    const value = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      codemode.registry.registerTool('weather', {
        description: 'x'.repeat(600),
        requiredContext: ['client_id'],
        run: () => 1,
      });
      window.sdk.registerMetaTools(codemode.registry);
      const names = codemode.registry.list('tool').filter((name) => name !== 'weather');
      const { value: listed, error } = await codemode.execute<{ name: string; description: string }[]>(
        `await tools.${names.find((name) => name.startsWith('list'))}()`,
      );
      return {
        error: error?.message,
        weather: JSON.stringify(listed).includes('weather'),
        longest: Math.max(...(listed ?? []).map((tool) => tool.description.length)),
      };
    });
    expect(value).toEqual({ error: undefined, weather: true, longest: 500 });
  });

  test('a namespace of tools: calls, names, approvals, events and the nearest name', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const asked: string[] = [];
      const codemode = new window.sdk.Codemode({ approve: ({ name }) => asked.push(name) > 0 });
      codemode.registry.registerTools('github', {
        'create-issue': {
          inputSchema: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
          needsApproval: ({ title }) => title === 'ask',
          execute: async ({ title }, { context, toolCallId, abortSignal, signal }) => [
            title,
            context.get('client_id'),
            toolCallId.length > 0 && abortSignal === signal,
          ],
        },
        closeIssue: () => 'closed',
      });
      codemode.registry.registerTools([
        {
          name: 'count',
          async *execute() {
            yield 1;
            yield 2;
          },
        },
        { name: 'both', execute: (_input, { call }) => call('github.closeIssue') },
      ]);
      const session = codemode.session('s');
      const events: string[] = [];
      session.addEventListener('toolcall', ({ detail }) => events.push(`${detail.name} ${detail.phase}`));
      const run = async (code: string): Promise<unknown> => {
        const result = await session.execute(code, { context: { client_id: 'a' } });
        return result.ok ? result.value : `${result.error.name}: ${result.error.message}`;
      };
      const calls = {
        called: await run(`await tools.github.create_issue({ title: 'x' })`),
        asked: await run(`await tools.github.create_issue({ title: 'ask' })`),
        refused: await run('await tools.github.create_issue({})'),
        nested: await run('await tools.both()'),
        streamed: await run('await tools.count()'),
      };
      const seen = [...events];
      const found = {
        calls,
        seen,
        asked,
        member: await run('await tools.github.closIssue()'),
        namespace: await run('await tools.gihtub.closeIssue()'),
        without: await run('await tools.closeIssue()'),
        called: await run('tools.github()'),
        keys: await run(`[Object.keys(tools), Object.keys(tools.github), 'x' in tools, JSON.stringify(tools)]`),
        awaited: await run('[await tools.github === tools.github, tools.github.constructor, tools.github.then]'),
        frozen: await run('Object.isFrozen(tools) && Object.isFrozen(tools.github)'),
        kept: await run(
          'const close = tools.github.closeIssue; const { github } = tools; await close() + await github.closeIssue()',
        ),
        inspected: await run('console.log(tools, tools.github, tools.none, tools.none.deep); 1'),
        long: await run(`await tools['t'.repeat(600)]({}).catch(({ name }) => name)`),
      };
      const checkpoint = await session.checkpoint();
      await session.reset();
      await session.restore(checkpoint);
      const restored = await run('await close() + await github.closeIssue()');
      await codemode.close();
      return { ...found, lost: checkpoint.lost, restored };
    });
    expect(outcome.calls).toEqual({
      called: ['x', 'a', true],
      asked: ['ask', 'a', true],
      refused: expect.stringMatching(/^ToolInputError: The arguments of tool "github.create_issue" don't fit: .*title/),
      nested: 'closed',
      streamed: 2,
    });
    expect(outcome.asked).toEqual(['github.create_issue']);
    expect(outcome.seen).toContain('github.create_issue succeeded');
    expect(outcome.seen).toContain('github.closeIssue succeeded');
    expect(outcome.member).toMatch(/"github.closIssue"\. Did you mean tools\.github\.closeIssue\?/);
    expect(outcome.namespace).toMatch(/"gihtub.closeIssue"\. Did you mean tools\.github\.closeIssue\?/);
    expect(outcome.without).toMatch(/"closeIssue"\. Did you mean tools\.github\.closeIssue\?/);
    expect(outcome.called).toMatch(/^TypeError: tools\.github is not a function/);
    expect(outcome).toMatchObject({
      keys: [['github', 'count', 'both'], ['create_issue', 'closeIssue'], false, '{"github":{}}'],
      awaited: [true, undefined, undefined],
      frozen: true,
      kept: 'closedclosed',
      inspected: 1,
      long: 'ComponentNotFoundError',
      lost: [],
      restored: 'closedclosed',
    });
  });

  test('an ended execution calls no tools after limits.lateToolCalls', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode({ limits: { lateToolCalls: 0 } });
      let calls = 0;
      codemode.registry.registerTool('note', () => ++calls);
      const session = codemode.session('s');
      const late = new Promise<string>((resolve) => {
        session.addEventListener('output', ({ detail }) => resolve(String(detail)));
      });
      await session.execute(
        'await tools.note(); setTimeout(() => tools.note().catch(({ name, message }) => console.log(name, message)), 50); 0',
      );
      const refusal = await late;
      await codemode.close();
      return { refusal, calls };
    });
    expect(outcome).toEqual({
      refusal: 'LateToolCallError Tool "note" was called more than 0 ms after its code had ended. Await it sooner.',
      calls: 1,
    });
  });

  test('a tool gets its arguments as they are, or the code an error with the path, and never a preview', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const saved: unknown[] = [];
      codemode.registry.registerTool('save', (args: unknown) => void saved.push(args));
      const run = async (code: string): Promise<unknown> => {
        const result = await codemode.execute(code);
        return result.ok
          ? result.value
          : `${result.error.name}: ${result.error.message} at ${result.error.position?.line}`;
      };
      await run(
        'class Order { id = 5; #secret = 1; get total() { return this.#secret } }; await tools.save(new Order())',
      );
      await run('await tools.save([new Order(), { order: new Order() }])');
      const refused = [
        await run('await tools.save({ items: [{ run() {} }] })'),
        await run('1;\nawait tools.save(new Proxy({}, {}))'),
        await run('await tools.save({ later: Promise.resolve(1) }).catch(({ name }) => name)'),
        await run('let deep: any = {}; for (let i = 0; i < 1000; i++) deep = { deep }; await tools.save([deep])'),
      ];
      await codemode.close();
      return { saved, refused };
    });
    expect(outcome.saved).toEqual([{ id: 5 }, [{ id: 5 }, { order: { id: 5 } }]]);
    expect(outcome.refused).toEqual([
      `ToolInputError: The arguments of tool "save" don't fit: items[0].run: a function can't be sent. at 1`,
      `ToolInputError: The arguments of tool "save" don't fit: a proxy can't be sent. at 2`,
      'ToolInputError',
      `ToolInputError: The arguments of tool "save" don't fit: [0]${'.deep'.repeat(9)}.d … ${'.deep'.repeat(10)}: a value deeper than 200 levels can't be sent. Send a flatter one. at 1`,
    ]);
  });
});
