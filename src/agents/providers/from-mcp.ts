import { fromBase64 } from '../../protocol/codec/format.js';
import { ToolError, type ToolDefinition } from '../../sdk/index.js';

/** A tool as an MCP server lists it. */
export interface MCPTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
  readonly annotations?: object | undefined;
}

interface RequestOptions {
  readonly signal: AbortSignal;
  readonly onprogress: (progress: MCPProgress) => void;
}

/** How far a call has come, as an MCP server tells it. */
export interface MCPProgress {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: string | undefined;
}

/** One page of a server's list. */
export type MCPPage<Key extends string, Item> = { readonly [K in Key]: readonly Item[] } & {
  readonly nextCursor?: string | undefined;
};

/** The part of a connected MCP client that is used: `Client` of `@modelcontextprotocol/client`, or of `@modelcontextprotocol/sdk`. */
export interface MCPClient {
  getServerCapabilities?(): { readonly tools?: unknown; readonly resources?: unknown } | undefined;
  listTools(parameters?: { readonly cursor?: string }): Promise<MCPPage<'tools', MCPTool>>;
  listResources?(parameters?: { readonly cursor?: string }): Promise<MCPPage<'resources', object>>;
  readResource?(parameters: { readonly uri: string }): Promise<object>;
  // Version 1 of the SDK has a schema as its second parameter.
  callTool(
    parameters: { readonly name: string; readonly arguments: Record<string, unknown> },
    ...rest: never[]
  ): Promise<unknown>;
}

/** Options of `fromMCP`. */
export interface FromMCPOptions {
  /** Which tools code may call. @default all */
  readonly include?: ((tool: MCPTool) => boolean) | undefined;
  /**
   * Which calls need approval. The hints of a server are not trusted by themselves: with `'unless-read-only'` you say that you trust
   * this one's.
   * @default false
   */
  readonly needsApproval?: boolean | 'unless-read-only' | ((tool: MCPTool) => boolean) | undefined;
  /** Called when a server tells how far a call has come. */
  readonly onProgress?:
    ((progress: MCPProgress & { readonly tool: string; readonly callId: string }) => void) | undefined;
  /** Whether code can read the server's resources, by the tools `list_resources` and `read_resource`. @default true */
  readonly resources?: boolean | undefined;
}

/**
 * The tools of an MCP server, as tools that code can call. Structured results arrive as data, errors of the server as errors in the
 * code. A call that is stopped is cancelled on the server.
 *
 * Version 1 of the SDK validates results with generated code, which a page's CSP may forbid: pass it
 * `new CfWorkerJsonSchemaValidator()` as `jsonSchemaValidator`. Version 2 needs nothing.
 *
 * @param client connected
 *
 * @example
 * const client = new Client({ name: 'docs', version: '1.0.0' });
 * await client.connect(new StreamableHTTPClientTransport(new URL('https://docs.example/mcp')));
 * codemode.registry.registerTools('docs', await fromMCP(client));
 */
export async function fromMCP(
  client: MCPClient,
  options: FromMCPOptions = {},
): Promise<Readonly<Record<string, ToolDefinition>>> {
  const { include = () => true, resources = true } = options;
  const capabilities = client.getServerCapabilities?.() ?? { tools: {} };
  const tools = capabilities.tools === undefined ? [] : await allOf('tools', (cursor) => client.listTools(cursor));
  const definitions: Record<string, ToolDefinition> = {};
  for (const tool of tools) if (include(tool)) definitions[tool.name] = definitionOf(client, tool, options);
  if (resources && capabilities.resources !== undefined) Object.assign(definitions, resourceTools(client));
  return definitions;
}

async function allOf<Key extends string, Item>(
  key: Key,
  list: (parameters?: { readonly cursor: string }) => Promise<MCPPage<Key, Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let page = await list();
  for (;;) {
    items.push(...page[key]);
    const { nextCursor } = page;
    // A server that repeats a page would never end.
    if (nextCursor === undefined || seen.has(nextCursor)) return items;
    seen.add(nextCursor);
    page = await list({ cursor: nextCursor });
  }
}

function definitionOf(client: MCPClient, tool: MCPTool, options: FromMCPOptions): ToolDefinition {
  const { name, title, description, inputSchema, outputSchema, annotations } = tool;
  return {
    description: description ?? title ?? '',
    ...(inputSchema === undefined ? {} : { inputSchema }),
    ...(outputSchema === undefined ? {} : { outputSchema }),
    ...(annotations === undefined ? {} : { annotations }),
    needsApproval: asksFor(tool, options),
    async execute(input, { signal, callId }) {
      const request = { name, arguments: (input ?? {}) as Record<string, unknown> };
      const requestOptions: RequestOptions = {
        signal,
        onprogress: (progress) => options.onProgress?.({ ...progress, tool: name, callId }),
      };
      const call = client.callTool as unknown as (...given: unknown[]) => Promise<unknown>;
      const rest = call.length === 2 ? [requestOptions] : [undefined, requestOptions];
      return readable(await call.call(client, request, ...rest));
    },
  };
}

function asksFor(tool: MCPTool, { needsApproval = false }: FromMCPOptions): boolean {
  if (typeof needsApproval === 'function') return needsApproval(tool);
  if (needsApproval !== 'unless-read-only') return needsApproval;
  return (tool.annotations as { readonly readOnlyHint?: unknown } | undefined)?.readOnlyHint !== true;
}

/** An answer with one text is that text. The registry reads structured content and errors. */
function readable(answer: unknown): unknown {
  const { content, structuredContent, isError } = answer as {
    readonly content?: unknown;
    readonly structuredContent?: unknown;
    readonly isError?: unknown;
  };
  if (structuredContent !== undefined || isError === true || !Array.isArray(content)) return answer;
  const [only, ...more] = content as readonly { readonly type?: unknown; readonly text?: unknown }[];
  return more.length === 0 && only?.type === 'text' ? only.text : answer;
}

function resourceTools(client: MCPClient): Readonly<Record<string, ToolDefinition>> {
  return {
    list_resources: {
      description: 'Lists the resources of the server: uri, name, description and MIME type.',
      execute: () => allOf('resources', async (cursor) => (await client.listResources?.(cursor)) ?? { resources: [] }),
    },
    read_resource: {
      description: 'Reads a resource of the server by its uri. Gives its text, or its bytes.',
      inputSchema: { type: 'object', properties: { uri: { type: 'string' } }, required: ['uri'] },
      async execute(input) {
        const { uri } = input as { readonly uri: string };
        const read = (await client.readResource?.({ uri })) as { readonly contents?: unknown } | undefined;
        const contents = (read?.contents ?? []) as readonly { readonly text?: string; readonly blob?: string }[];
        if (contents.length === 0)
          throw new ToolError(`The server has no resource ${uri}.`, { name: 'ResourceNotFoundError' });
        const values = contents.map(({ text, blob }) => text ?? new Uint8Array(fromBase64(blob ?? '')));
        return values.length === 1 ? values[0] : values;
      },
    },
  };
}
