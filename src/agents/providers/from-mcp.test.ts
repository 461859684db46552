import { Client } from '@modelcontextprotocol/client';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport as InMemoryTransport1 } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer as McpServer1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/cfworker-provider.js';
import { InMemoryTransport, McpServer } from '@modelcontextprotocol/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { RuntimeContext } from '../../context/runtime-context.js';
import { ComponentRegistry, ToolService, type ToolDefinition } from '../../sdk/index.js';
import { fromMCP, type FromMCPOptions, type MCPClient } from './from-mcp.js';

const closed: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closed.splice(0)) await close();
});

interface Extra {
  readonly mcpReq?: {
    readonly signal: AbortSignal;
    notify(notification: object): Promise<void>;
    readonly _meta?: object;
  };
  readonly signal?: AbortSignal;
  readonly _meta?: { readonly progressToken?: string | number };
  sendNotification?(notification: object): Promise<void>;
}

/** What both versions of the server have in common. */
interface AnyServer {
  registerTool(name: string, config: object, run: (args: never, extra: Extra) => unknown): unknown;
  registerResource(name: string, uri: string, config: object, read: () => object): unknown;
}

const aborted = vi.fn();
let reachedServer = (): void => undefined;

function fill(server: AnyServer): void {
  server.registerTool(
    'get-weather',
    {
      description: 'Weather of a city.',
      inputSchema: z.object({ city: z.string() }),
      outputSchema: z.object({ degrees: z.number() }),
      annotations: { readOnlyHint: true },
    },
    ({ city }: { city: string }) => {
      if (city === 'Atlantis') return { isError: true, content: [{ type: 'text', text: 'no such city' }] };
      return { content: [{ type: 'text', text: '{"degrees":7}' }], structuredContent: { degrees: 7 } };
    },
  );
  server.registerTool('echo', { inputSchema: z.object({ text: z.string() }) }, ({ text }: { text: string }) => ({
    content: [{ type: 'text', text }],
  }));
  server.registerTool('wait', { inputSchema: z.object({}) }, async (_args, extra) => {
    const signal = (extra.mcpReq?.signal ?? extra.signal)!;
    signal.addEventListener('abort', aborted);
    reachedServer();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return { content: [] };
  });
  server.registerResource('guide', 'docs://guide', { description: 'The guide' }, () => ({
    contents: [{ uri: 'docs://guide', text: 'Read me.' }],
  }));
}

async function connect(version: 1 | 2): Promise<MCPClient> {
  if (version === 2) {
    const server = new McpServer({ name: 's', version: '1' });
    fill(server as unknown as AnyServer);
    const [one, other] = InMemoryTransport.createLinkedPair();
    const client = new Client({ name: 'c', version: '1' });
    await Promise.all([server.connect(one), client.connect(other as never)]);
    closed.push(
      () => client.close(),
      () => server.close(),
    );
    return client as unknown as MCPClient;
  }
  const jsonSchemaValidator = new CfWorkerJsonSchemaValidator();
  const server = new McpServer1({ name: 's', version: '1' }, { jsonSchemaValidator });
  fill(server as unknown as AnyServer);
  const [one, other] = InMemoryTransport1.createLinkedPair();
  const client = new Client1({ name: 'c', version: '1' }, { jsonSchemaValidator });
  await Promise.all([server.connect(one), client.connect(other)]);
  closed.push(
    () => client.close(),
    () => server.close(),
  );
  return client as unknown as MCPClient;
}

function caller(tools: Readonly<Record<string, ToolDefinition>>) {
  const registry = new ComponentRegistry().registerTools('docs', tools);
  const service = new ToolService({ onToolFailure: () => undefined });
  const context = RuntimeContext.from({});
  service.admit({ context, fileName: 'cell-1.ts', registry: registry.snapshot() });
  return {
    registry,
    service,
    call: (name: string, args?: unknown): Promise<unknown> =>
      service.callTool({ context: context.toJSON(), callId: 'call-1', name: `docs.${name}`, args }),
  };
}

describe.each([1, 2] as const)('tools of an MCP server, with version %d of its SDK (E12)', (version) => {
  const load = async (options?: FromMCPOptions) => caller(await fromMCP(await connect(version), options));

  it('give structured results as data, a text as text, errors as errors', async () => {
    const { call, registry } = await load();
    expect(registry.list('tool')).toEqual([
      'docs.get_weather',
      'docs.echo',
      'docs.wait',
      'docs.list_resources',
      'docs.read_resource',
    ]);
    expect(await call('get_weather', { city: 'Oslo' })).toEqual({ degrees: 7 });
    expect(await call('echo', { text: 'hello' })).toBe('hello');
    await expect(call('get_weather', { city: 'Atlantis' })).rejects.toThrow('no such city');
    await expect(call('get_weather', {})).rejects.toMatchObject({ name: 'ToolInputError' });
    expect(registry.get('tool', 'docs.get_weather').describe('x')).toMatchObject({
      description: 'Weather of a city.',
      input: { properties: { city: { type: 'string' } } },
      output: { properties: { degrees: { type: 'number' } } },
    });
  });

  it('are cancelled on the server', async () => {
    aborted.mockClear();
    const { call, service } = await load();
    const reached = new Promise<void>((resolve) => (reachedServer = resolve));
    const waiting = call('wait').catch((error: unknown) => error);
    await reached;
    service.cancel('call-1');
    await waiting;
    await vi.waitFor(() => expect(aborted).toHaveBeenCalled());
  });

  it('read resources', async () => {
    const { call } = await load();
    expect(await call('list_resources')).toMatchObject([{ uri: 'docs://guide', name: 'guide' }]);
    expect(await call('read_resource', { uri: 'docs://guide' })).toBe('Read me.');
    const without = await load({ resources: false, include: ({ name }) => name === 'echo' });
    expect(without.registry.list('tool')).toEqual(['docs.echo']);
  });

  it('need approval where the host says (E8)', async () => {
    const { registry } = await load({ needsApproval: 'unless-read-only' });
    expect(registry.get('tool', 'docs.get_weather').approval).toBe(false);
    expect(registry.get('tool', 'docs.echo').approval).toBe(true);
  });
});

it('E12 lists all pages, and ends where a server repeats one', async () => {
  const listTools = vi.fn(async ({ cursor = '0' }: { readonly cursor?: string } = {}) => ({
    tools: [{ name: `t${cursor}` }],
    nextCursor: cursor === '2' ? '1' : String(Number(cursor) + 1),
  }));
  const tools = await fromMCP({ listTools, callTool: async () => ({ content: [] }) });
  expect(Object.keys(tools)).toEqual(['t0', 't1', 't2']);
});

it('E12 tells how far a call has come', async () => {
  const onProgress = vi.fn();
  const callTool = async (_request: unknown, { onprogress }: { onprogress(progress: object): void }) => {
    onprogress({ progress: 1, total: 2 });
    return { content: [{ type: 'text', text: 'done' }] };
  };
  const client: MCPClient = { listTools: async () => ({ tools: [{ name: 'slow' }] }), callTool: callTool as never };
  expect(await caller(await fromMCP(client, { onProgress })).call('slow')).toBe('done');
  expect(onProgress).toHaveBeenCalledWith({ progress: 1, total: 2, tool: 'slow', callId: 'call-1' });
});
