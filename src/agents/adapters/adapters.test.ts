import { isLangChainTool } from '@langchain/core/utils/function_calling';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport, McpServer } from '@modelcontextprotocol/server';
import { chat, EventType } from '@tanstack/ai';
import { generateText, stepCountIs } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ComponentRegistry } from '../../sdk/index.js';
import type { OutputEntry } from '../../sdk/index.js';
import type { AgentOutcome } from '../runtime/agent-outcome.js';
import type { AgentExecution, AgentRuntime } from '../runtime/agent-runtime.js';
import { exposeToMCP } from './expose-to-mcp.js';
import { exposeToWebMCP } from './expose-to-webmcp.js';
import { modelResult } from './model-result.js';
import { toAISDK } from './to-ai-sdk.js';
import { toLangChain } from './to-langchain.js';
import { toTanStackAI } from './to-tanstack-ai.js';

const line = (text: string, bundle = {}): OutputEntry => ({ text, bundle }) as unknown as OutputEntry;

const completed = (result: unknown, output: readonly OutputEntry[] = []): AgentOutcome => ({
  status: 'completed',
  executionId: 'e',
  result,
  output,
  calls: [{ seq: 0, name: 'secretLog', args: {}, state: 'succeeded' }],
  notes: [],
});

function runtimeOf(outcome: AgentOutcome = completed(7)) {
  const registry = new ComponentRegistry().registerTool('weather', {
    description: 'Weather of a city',
    execute: () => 1,
  });
  const execute = vi.fn(async (_execution: AgentExecution) => outcome);
  const runtime = {
    codemode: { registry },
    execute,
    search: async () => [{ path: 'weather', summary: 'Weather of a city' }],
    describe: async (path: string) => {
      if (path !== 'weather') throw new Error('There is no such tool.');
      return 'declare const tools: {}';
    },
  } as unknown as AgentRuntime;
  return { runtime, execute };
}

const code = 'await tools.weather()';

describe('running code as a tool of another SDK (E12)', () => {
  it('works in a loop of the AI SDK, which passes its context and signal', async () => {
    const { runtime, execute } = runtimeOf();
    const usage = {
      inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: 1, text: 1, reasoning: undefined },
    };
    const prompts: unknown[] = [];
    const model = new MockLanguageModelV3({
      doGenerate: async ({ prompt, tools }) => {
        prompts.push({ prompt, tools });
        return prompts.length === 1
          ? {
              content: [{ type: 'tool-call', toolCallId: 't', toolName: 'run_code', input: JSON.stringify({ code }) }],
              finishReason: { unified: 'tool-calls', raw: undefined },
              usage,
              warnings: [],
            }
          : {
              content: [{ type: 'text', text: 'Seven.' }],
              finishReason: { unified: 'stop', raw: undefined },
              usage,
              warnings: [],
            };
      },
    });
    const { text } = await generateText({
      model,
      prompt: 'How warm is it?',
      tools: { run_code: toAISDK(runtime) as never },
      stopWhen: stepCountIs(3),
      experimental_context: { client_id: 'acme', element: {} },
    });
    expect(text).toBe('Seven.');
    expect(execute.mock.calls[0]![0]).toMatchObject({ code, context: { client_id: 'acme' } });
    expect(JSON.stringify(prompts[0])).toContain('weather(');
    const told = JSON.stringify(prompts[1]);
    expect(told).toContain(String.raw`"value":{"status":"completed","result":7}`);
    expect(told).not.toContain('secretLog');
  });

  it('gives the AI SDK pictures as parts', () => {
    const { runtime } = runtimeOf();
    const outcome = completed(1, [line('[image]', { 'image/png': new Uint8Array([1, 2]) })]);
    expect(toAISDK(runtime).toModelOutput({ output: outcome })).toEqual({
      type: 'content',
      value: [
        { type: 'text', text: '{"status":"completed","result":1,"output":"[image]"}' },
        { type: 'image-data', data: 'AQI=', mediaType: 'image/png' },
      ],
    });
    expect(toAISDK(runtime).toModelOutput(completed(1))).toEqual({
      type: 'json',
      value: { status: 'completed', result: 1 },
    });
  });

  it('works in a chat of TanStack AI', async () => {
    const { runtime, execute } = runtimeOf();
    let turn = 0;
    const adapter = {
      kind: 'text',
      name: 'mock',
      model: 'mock',
      '~types': {},
      async *chatStream() {
        const common = { timestamp: 1, model: 'mock' };
        const runId = `r${++turn}`;
        yield { type: EventType.RUN_STARTED, runId, threadId: 't', ...common };
        if (turn === 1) {
          yield {
            type: EventType.TOOL_CALL_START,
            toolCallId: 'c',
            toolCallName: 'run_code',
            toolName: 'run_code',
            index: 0,
            ...common,
          };
          yield { type: EventType.TOOL_CALL_ARGS, toolCallId: 'c', delta: JSON.stringify({ code }), ...common };
          yield {
            type: EventType.TOOL_CALL_END,
            toolCallId: 'c',
            toolCallName: 'run_code',
            toolName: 'run_code',
            input: { code },
            ...common,
          };
        } else {
          yield { type: EventType.TEXT_MESSAGE_START, messageId: 'm', role: 'assistant', ...common };
          yield { type: EventType.TEXT_MESSAGE_CONTENT, messageId: 'm', delta: 'Seven.', ...common };
          yield { type: EventType.TEXT_MESSAGE_END, messageId: 'm', ...common };
        }
        yield {
          type: EventType.RUN_FINISHED,
          runId,
          threadId: 't',
          finishReason: turn === 1 ? 'tool_calls' : 'stop',
          ...common,
        };
      },
    };
    let text = '';
    const stream = chat({
      adapter: adapter as never,
      messages: [{ role: 'user', content: 'How warm is it?' }] as never,
      tools: [toTanStackAI(runtime) as never],
    }) as unknown as AsyncIterable<{ readonly type: string; readonly delta?: string }>;
    for await (const { type, delta = '' } of stream) if (type === EventType.TEXT_MESSAGE_CONTENT) text += delta;
    expect(text).toBe('Seven.');
    expect(execute.mock.calls[0]![0]).toMatchObject({ code });
  });

  it('is a tool of LangChain', async () => {
    const { runtime, execute } = runtimeOf();
    const tool = toLangChain(runtime);
    expect(isLangChainTool(tool)).toBe(true);
    expect(convertToOpenAITool(tool as never)).toMatchObject({
      function: { name: 'run_code', parameters: { required: ['code'] } },
    });
    expect(await tool.invoke({ code }, { configurable: { client_id: 'acme' } })).toBe(
      '{"status":"completed","result":7}',
    );
    expect(await tool.invoke({ type: 'tool_call', args: { code } })).toBe('{"status":"completed","result":7}');
    expect(execute.mock.calls[0]![0]).toMatchObject({ code, context: { client_id: 'acme' } });
    await expect(tool.invoke({} as never)).rejects.toThrow('Expected an object with "code"');
  });

  it('is three tools of an MCP server', async () => {
    const { runtime } = runtimeOf();
    const server = new McpServer({ name: 's', version: '1' });
    exposeToMCP(runtime, server as never);
    const [one, other] = InMemoryTransport.createLinkedPair();
    const client = new Client({ name: 'c', version: '1' });
    await Promise.all([server.connect(one), client.connect(other as never)]);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['search', 'describe', 'execute']);
    const call = async (name: string, args: Record<string, unknown>) =>
      (await client.callTool({ name, arguments: args })) as object;
    expect(await call('execute', { code })).toMatchObject({
      content: [{ type: 'text', text: '{"status":"completed","result":7}' }],
    });
    expect(await call('search', { query: 'weather' })).toMatchObject({
      content: [{ text: expect.stringContaining('"path":"weather"') }],
    });
    expect(await call('describe', { path: 'x' })).toMatchObject({ isError: true });
    await client.close();
    await server.close();
  });
});

describe('running code as a tool of the browser (E12)', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('is offered where the browser has WebMCP', async () => {
    const { runtime } = runtimeOf();
    expect(exposeToWebMCP(runtime)).toBeUndefined();
    const registered: { name: string; execute(input: unknown): Promise<object> }[] = [];
    const signals: AbortSignal[] = [];
    vi.stubGlobal('document', {
      modelContext: {
        registerTool(tool: (typeof registered)[number], { signal }: { signal: AbortSignal }) {
          registered.push(tool);
          signals.push(signal);
        },
      },
    });
    const end = exposeToWebMCP(runtime, { name: 'docs_code' });
    expect(registered[0]!.name).toBe('docs_code');
    expect(await registered[0]!.execute({ code })).toEqual({
      content: [{ type: 'text', text: '{"status":"completed","result":7}' }],
    });
    expect(await registered[0]!.execute({})).toMatchObject({ isError: true });
    end!();
    expect(signals[0]!.aborted).toBe(true);
  });
});

describe('results for models (E11)', () => {
  it('tell errors with the line and its neighbours', () => {
    const error = {
      name: 'TypeError',
      message: 'x',
      position: { line: 3, column: 1 } as never,
      excerpt: '> 3 | x()',
      isOfCode: true,
    };
    const outcome: AgentOutcome = {
      status: 'error',
      executionId: 'e',
      error,
      output: [line('before')],
      calls: [],
      notes: [],
    };
    expect(modelResult(outcome)).toEqual({
      status: 'error',
      error: { name: 'TypeError', message: 'x', line: 3, excerpt: '> 3 | x()' },
      output: 'before',
    });
  });

  it('say that nothing came of it, and what waits', () => {
    expect(modelResult(completed(undefined))).toMatchObject({
      output: expect.stringContaining('End it with an expression'),
    });
    const pending = [
      { seq: 0, name: 'pay', args: { amount: 1 }, state: 'pending', executionId: 'e', context: {}, since: 1 },
    ] as const;
    expect(modelResult({ status: 'paused', executionId: 'e', pending, calls: [] })).toEqual({
      status: 'paused',
      executionId: 'e',
      pending: [{ seq: 0, name: 'pay', args: { amount: 1 } }],
    });
  });
});
