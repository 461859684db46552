import { tool } from 'ai';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { RuntimeContext } from '../../context/runtime-context.js';
import { ComponentRegistry, ToolService } from '../../sdk/index.js';
import { fromAISDK } from './from-ai-sdk.js';

function caller(tools: Parameters<typeof fromAISDK>[0]) {
  const registry = new ComponentRegistry().registerTools(fromAISDK(tools));
  const service = new ToolService({ approve: () => true });
  const context = RuntimeContext.from({ client_id: 'acme' });
  service.admit({ context, fileName: 'cell-1.ts', registry: registry.snapshot() });
  return {
    registry,
    call: (name: string, args?: unknown): Promise<unknown> =>
      service.callTool({ context: context.toJSON(), callId: 'call-1', name, args }),
  };
}

describe('tools of the AI SDK (E12)', () => {
  it('run with what they expect of a call', async () => {
    const weather = tool({
      description: 'Weather',
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }, { toolCallId, messages, abortSignal, experimental_context: context }) => [
        city,
        toolCallId,
        messages,
        abortSignal?.aborted,
        context,
      ],
    });
    const { call, registry } = caller({ weather });
    expect(await call('weather', { city: 'Oslo' })).toEqual(['Oslo', 'call-1', [], false, { client_id: 'acme' }]);
    await expect(call('weather', {})).rejects.toMatchObject({ name: 'ToolInputError' });
    expect(registry.get('tool', 'weather').description).toBe('Weather');
  });

  it('get the context by the name of version 7 too', async () => {
    const execute = vi.fn((_input: unknown, { context }: { context: unknown }) => context);
    expect(await caller({ whoami: { inputSchema: z.object({}), execute } }).call('whoami', {})).toEqual({
      client_id: 'acme',
    });
  });

  it('say whether they need approval, by either name', async () => {
    const needsApproval = vi.fn(async () => true);
    const execute = (): number => 1;
    const { call, registry } = caller({
      one: { needsApproval, execute },
      two: { toolApproval: true, execute },
      three: { execute },
    });
    await call('one', { a: 1 });
    expect(needsApproval).toHaveBeenCalledWith({ a: 1 }, expect.objectContaining({ toolCallId: 'call-1' }));
    expect(registry.get('tool', 'two').approval).toBe(true);
    expect(registry.get('tool', 'three').approval).toBe(false);
  });

  it('need a function', () => {
    const tools = { ask: tool({ inputSchema: z.object({}) }), run: { execute: () => 1 } };
    expect(() => fromAISDK(tools)).toThrow('The tool "ask" has no execute');
    expect(Object.keys(fromAISDK(tools, { withoutExecute: 'skip' }))).toEqual(['run']);
  });
});
