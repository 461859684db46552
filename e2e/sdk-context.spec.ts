import { expect, test } from './fixtures/test.js';

const readAfter = (delay: number): string =>
  `await new Promise((resolve) => setTimeout(resolve, ${delay})); context.require('client_id')`;

test.describe('contexts of concurrent executions', () => {
  for (const clients of [
    { name: 'three clients at 100, 50 and 150 ms', delays: [100, 50, 150] },
    { name: 'five clients at 20 to 150 ms', delays: [100, 50, 150, 20, 80] },
    {
      name: 'fifty clients at random 1 to 50 ms',
      delays: Array.from({ length: 50 }, () => 1 + Math.floor(Math.random() * 50)),
    },
  ]) {
    for (const where of ['one session', 'sessions of their own'] as const) {
      test(`A1, A11: ${clients.name} read their own id after the wait, in ${where}`, async ({ sdkPage }) => {
        const seen = await sdkPage.evaluate(
          async ({ snippets, own }) => {
            const codemode = new window.sdk.Codemode();
            try {
              const results = await Promise.all(
                snippets.map((code, index) =>
                  codemode
                    .session(own ? `s${index % 8}` : 'shared')
                    .execute(code, { context: { client_id: `client-${index}` } }),
                ),
              );
              return results.map((result) => result.error ?? result.value);
            } finally {
              await codemode.close();
            }
          },
          { snippets: clients.delays.map(readAfter), own: where !== 'one session' },
        );
        expect(seen).toEqual(clients.delays.map((_, index) => `client-${index}`));
      });
    }
  }

  test('A2: ending one context at 50 ms leaves the other intact at 100 ms', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      try {
        const session = codemode.session('shared');
        const controller = new AbortController();
        const ended = session.execute('await new Promise((r) => setTimeout(r, 60_000))', {
          context: { client_id: 'a' },
          signal: controller.signal,
        });
        const other = session.execute(
          `await new Promise((r) => setTimeout(r, 50)); display('half'); await new Promise((r) => setTimeout(r, 50)); context.get('client_id')`,
          { context: { client_id: 'b' } },
        );
        session.addEventListener('output', () => controller.abort(), { once: true });
        const [first, second] = await Promise.all([ended, other]);
        return { first: first.error?.name, second: second.value };
      } finally {
        await codemode.close();
      }
    });
    expect(outcome).toEqual({ first: 'CancelledError', second: 'b' });
  });

  test('A4: getCurrentContext is the context, before and after an await, and undefined outside one', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      try {
        const result = await codemode.withContext({ client_id: 'acme' }).execute(`
          const before = getCurrentContext() === context;
          await new Promise((resolve) => setTimeout(resolve, 100));
          [before, getCurrentContext() === context, getCurrentContext().get('client_id')]`);
        return {
          value: result.value,
          host: window.sdk.getCurrentContext() === undefined && codemode.registry.currentContext === undefined,
        };
      } finally {
        await codemode.close();
      }
    });
    expect(outcome).toEqual({ value: [true, true, 'acme'], host: true });
  });

  test('A6: code cannot replace what the host set, and a missing key is named', async ({ sdkPage }) => {
    const errors = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      try {
        const scope = codemode.withContext({ client_id: 'acme' });
        const results = [
          await scope.execute(`context.run({ client_id: 'evil' }, () => context.get('client_id'))`),
          await scope.execute(`context.variables.client_id = 'evil'`),
          await scope.execute(`context.require('user')`),
          await scope.execute(`context.run({ step: 1 }, () => [context.get('step'), context.get('client_id')])`),
        ];
        return results.map((result) => result.error?.message ?? result.value);
      } finally {
        await codemode.close();
      }
    });
    expect(errors[0]).toMatch(/"client_id" was set by the host/);
    expect(errors[1]).toMatch(/read only|not extensible|Cannot assign/i);
    expect(errors[2]).toMatch(/no variable "user".*It has: client_id/);
    expect(errors[3]).toEqual([1, 'acme']);
  });

  test('E6: two executions held at a barrier each see their own request id, in code and in the tool', async ({
    sdkPage,
  }) => {
    const seen = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      let waiting = 0;
      let open = (): void => undefined;
      const barrier = new Promise<void>((resolve) => {
        open = resolve;
      });
      codemode.registry.registerTool('meet', {
        async runWithContext(_args, context) {
          if (++waiting === 2) open();
          await barrier;
          return context.require('request_id');
        },
      });
      try {
        const session = codemode.session('shared');
        const results = await Promise.all(
          ['one', 'two'].map((id) =>
            session.execute(`[await tools.meet(), context.get('request_id')]`, { context: { request_id: id } }),
          ),
        );
        return results.map((result) => result.value);
      } finally {
        await codemode.close();
      }
    });
    expect(seen).toEqual([
      ['one', 'one'],
      ['two', 'two'],
    ]);
  });

  test('A1: a tool that one execution leaves to another is called for who calls it, and for nobody by nobody', async ({
    sdkPage,
    site,
  }) => {
    const seen = await sdkPage.evaluate(async (asks) => {
      const codemode = new window.sdk.Codemode({ importMap: { imports: { asks } } });
      codemode.registry.registerTool('who', { runWithContext: (_args, context) => context.get('client_id') });
      const session = codemode.session('shared');
      await session.execute('const { who } = tools; const ask = async () => { await null; return await who() }', {
        context: { client_id: 'a' },
      });
      const asked = await Promise.all(
        ['b', 'c'].map((id) => session.execute('[await who(), await ask()]', { context: { client_id: id } })),
      );
      // The top level of a module runs in no context, whoever imported it.
      const nobody = await session.execute(`(await import('asks')).answer`, { context: { client_id: 'd' } });
      return { asked: asked.map((result) => result.value), nobody: nobody.error?.message ?? nobody.value };
    }, `${site.origin}/e2e/pages/modules/asks.js`);
    expect(seen).toEqual({
      asked: [
        ['b', 'b'],
        ['c', 'c'],
      ],
      nobody: 'NoContextError',
    });
  });

  test('A7: an execution sees the tools that were registered when it began', async ({ sdkPage }) => {
    const seen = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      codemode.registry.registerTool('first', () => released);
      try {
        const session = codemode.session('shared');
        const running = session.execute(`display('begun'); await tools.first(); Object.keys(tools)`);
        await new Promise((resolve) => {
          session.addEventListener('output', resolve, { once: true });
        });
        codemode.registry.registerTool('second', () => 2);
        const later = await session.execute('Object.keys(tools)');
        release();
        return [(await running).value, later.value];
      } finally {
        await codemode.close();
      }
    });
    expect(seen).toEqual([['first'], ['first', 'second']]);
  });
});
