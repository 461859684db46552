import type * as agents from '../src/agents/index.js';
import { expect, test } from './fixtures/test.js';

declare global {
  interface Window {
    /** All that `dist/cdn/agents.js` exports. */
    agents: typeof agents;
    /** The runtime of the page, and what its tools did. */
    agent: { readonly runtime: agents.AgentRuntime; readonly paid: unknown[]; readonly looked: unknown[] };
  }
}

/** A runtime in the page, with tools that note their calls. */
async function openAgent(page: import('@playwright/test').Page): Promise<void> {
  await page.evaluate(async () => {
    const address = '/dist/cdn/agents.js';
    window.agents = (await import(address)) as typeof window.agents;
    const codemode = new window.sdk.Codemode();
    const paid: unknown[] = [];
    const looked: unknown[] = [];
    codemode.registry
      .registerTool('pay', {
        needsApproval: true,
        execute: (input: unknown, { context }: { context: { get(key: string): unknown } }) => {
          paid.push([input, context.get('client_id')]);
          return 'paid';
        },
      })
      .registerTool('look', {
        execute: (input: unknown) => {
          looked.push(input);
          return { price: Number(input) * 2 };
        },
      });
    const runtime = window.agents.createAgentRuntime({ codemode, store: 'indexeddb', storeKey: 'test' });
    window.agent = { runtime, paid, looked };
  });
}

test.describe('code of agents', () => {
  test('E1 E3 E4 runs as models write it, with tools, types and state between runs', async ({ sdkPage }) => {
    await openAgent(sdkPage);
    const outcomes = await sdkPage.evaluate(async () => {
      const { runtime } = window.agent;
      const codes = [
        'Here you are:\n```ts\nconst found: { price: number } = await tools.look(4)\nreturn found.price\n```',
        'async () => {\n  const all = await Promise.all([1, 2].map((n) => tools.look(n)))\n  return all\n}',
        'const kept = 5',
        'kept + 1',
        'tools.look(10)',
        'const a = 1\nawait tools.wether(a)',
        'await tools.search("look")',
        'export default async ({ tools }) => (await tools.look(3)).price',
        'async (input) => (await tools.look(input.n)).price',
        'await tools.snippet("priced", { n: 7 })',
      ];
      const all: unknown[] = [];
      for (const code of codes) {
        const outcome = await runtime.execute({ code });
        const { executionId } = outcome;
        if (code.startsWith('async (input)')) await runtime.saveSnippet('priced', { executionId });
        else
          all.push(
            outcome.status === 'completed'
              ? outcome.result
              : outcome.status === 'error' && [outcome.error.name, outcome.error.excerpt],
          );
      }
      return all;
    });
    expect(outcomes).toEqual([
      8,
      [{ price: 2 }, { price: 4 }],
      undefined,
      6,
      { price: 20 },
      ['ComponentNotFoundError', '  1 | const a = 1\n> 2 | await tools.wether(a)'],
      [{ path: 'look', summary: '' }],
      6,
      14,
    ]);
  });

  test('E9 E10 pauses for approval, outlasts the page, and makes no call twice', async ({ sdkPage }) => {
    await openAgent(sdkPage);
    const code =
      'const prices = []\nfor (const n of [1, 2]) prices.push((await tools.look(n)).price)\n' +
      'const receipt = await tools.pay({ amount: prices[0] + prices[1] });\n[receipt, prices]';
    const paused = await sdkPage.evaluate(async (text) => {
      const outcome = await window.agent.runtime.execute({ code: text, context: { client_id: 'acme' } });
      return { outcome: JSON.parse(JSON.stringify(outcome)) as object, looked: window.agent.looked };
    }, code);
    expect(paused).toMatchObject({
      outcome: { status: 'paused', pending: [{ name: 'pay', args: { amount: 6 }, context: { client_id: 'acme' } }] },
      looked: [1, 2],
    });
    await sdkPage.reload();
    await sdkPage.evaluate(async () => {
      const address = '/dist/cdn/codemode-playground.js';
      window.sdk = (await import(address)) as typeof window.sdk;
    });
    await openAgent(sdkPage);
    const after = await sdkPage.evaluate(async () => {
      const { runtime, paid, looked } = window.agent;
      const [call] = await runtime.pending();
      const { executionId } = call!;
      const [one, two] = await Promise.all([
        runtime.approve({ executionId }),
        runtime.approve({ executionId }).catch((error: Error) => error.name),
      ]);
      const again = await runtime.approve({ executionId });
      return {
        result: one.status === 'completed' && one.result,
        two: typeof two === 'string' ? two : two.status,
        again: again.status,
        paid,
        looked,
      };
    });
    expect(after).toEqual({
      result: ['paid', [2, 4]],
      two: expect.stringMatching(/completed|ExecutionElsewhereError/),
      again: 'completed',
      paid: [[{ amount: 6 }, 'acme']],
      looked: [],
    });
  });

  test('E8 a rejected call ends the code, and a stop ends what waits', async ({ sdkPage }) => {
    await openAgent(sdkPage);
    const outcomes = await sdkPage.evaluate(async () => {
      const { runtime, paid } = window.agent;
      const code = 'try { await tools.pay({ amount: 1 }) } finally { console.log("cleaned") }';
      const one = await runtime.execute({ code });
      const rejected = await runtime.reject({ executionId: one.executionId, reason: 'too much' });
      const two = await runtime.execute({ code });
      const stopped = await runtime.stop({ executionId: two.executionId });
      const text = (outcome: typeof rejected): unknown =>
        outcome.status === 'error' && [outcome.error.name, outcome.output.map(String)];
      return { rejected: text(rejected), stopped: text(stopped), paid, pending: (await runtime.pending()).length };
    });
    expect(outcomes).toEqual({
      rejected: ['ToolRejectedError', ['cleaned']],
      stopped: ['StoppedError', ['cleaned']],
      paid: [],
      pending: 0,
    });
  });

  test('E12 the browser’s agent runs code through WebMCP, as its polyfill has it', async ({ sdkPage }) => {
    await openAgent(sdkPage);
    await sdkPage.route('**/webmcp/*', (route) => {
      const file = new URL(route.request().url()).pathname.split('/').at(-1)!;
      return route.fulfill({
        path: `node_modules/@mcp-b/webmcp-polyfill/dist/${file}`,
        contentType: 'text/javascript',
      });
    });
    const seen = await sdkPage.evaluate(async () => {
      const address = '/webmcp/index.js';
      const { initializeWebMCPPolyfill } = (await import(address)) as typeof import('@mcp-b/webmcp-polyfill');
      initializeWebMCPPolyfill();
      const { modelContext } = document as unknown as {
        readonly modelContext: {
          getTools(): Promise<readonly { readonly name: string }[]>;
          executeTool(tool: object, input: string): Promise<string>;
        };
      };
      const end = window.agents.exposeToWebMCP(window.agent.runtime, { name: 'docs_code' })!;
      const [tool] = await modelContext.getTools();
      const answer = await modelContext.executeTool(tool!, JSON.stringify({ code: '(await tools.look(4)).price' }));
      end();
      return { name: tool!.name, answer, left: (await modelContext.getTools()).length };
    });
    expect(seen).toMatchObject({ name: 'docs_code', left: 0 });
    expect(seen.answer).toContain(String.raw`\"result\":8`);
  });
});
