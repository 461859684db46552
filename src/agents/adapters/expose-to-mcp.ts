import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { AgentRuntime } from '../runtime/agent-runtime.js';
import { contextOf, descriptionOf, type AdapterOptions } from './adapter-options.js';
import { codeInput } from './code-input.js';
import { modelContent } from './model-result.js';

/** The part of `McpServer` of `@modelcontextprotocol/server` that is used. */
export interface MCPServer {
  registerTool(
    name: string,
    config: { readonly description: string; readonly inputSchema: StandardSchemaV1; readonly annotations?: object },
    run: (input: never, extra?: never) => unknown,
  ): unknown;
}

/** What a handler gets beside its input, in versions 1 and 2 of the SDK. */
interface Extra {
  readonly signal?: AbortSignal;
  readonly mcpReq?: { readonly signal?: AbortSignal };
}

/**
 * Offers code mode as three tools of an MCP server: `search` and `describe` find tools, `execute` runs code that calls them.
 *
 * @param server of `@modelcontextprotocol/server`, not yet connected
 *
 * @example
 * const server = new McpServer({ name: 'acme', version: '1.0.0' });
 * exposeToMCP(runtime, server);
 * await server.connect(new StdioServerTransport());
 */
export function exposeToMCP(runtime: AgentRuntime, server: MCPServer, options: AdapterOptions = {}): void {
  server.registerTool(
    'search',
    {
      description: 'Finds tools that the code of `execute` can call, by what they do.',
      inputSchema: textInput('query', 'What the tool should do, such as "create an issue".'),
      annotations: { readOnlyHint: true },
    },
    async ({ query }: { readonly query: string }) => textContent(JSON.stringify(await runtime.search(query))),
  );
  server.registerTool(
    'describe',
    {
      description: 'The TypeScript declaration of a tool, or of all tools of a namespace.',
      inputSchema: textInput('path', 'Such as "github.createIssue", or "github".'),
      annotations: { readOnlyHint: true },
    },
    async ({ path }: { readonly path: string }) => {
      try {
        return textContent(await runtime.describe(path));
      } catch (error) {
        return { isError: true, ...textContent((error as Error).message) };
      }
    },
  );
  server.registerTool(
    'execute',
    { description: descriptionOf(runtime, options.description), inputSchema: codeInput },
    async ({ code }: { readonly code: string }, { signal, mcpReq }: Extra = {}) => {
      const outcome = await runtime.execute({ code, context: contextOf(options), signal: mcpReq?.signal ?? signal });
      const content = modelContent(outcome, options).map((part) =>
        part.type === 'text' ? part : { type: 'image', data: part.data, mimeType: part.mediaType },
      );
      return { content, ...(outcome.status === 'error' ? { isError: true } : {}) };
    },
  );
}

function textContent(text: string): { readonly content: readonly { readonly type: 'text'; readonly text: string }[] } {
  return { content: [{ type: 'text', text }] };
}

/** A Standard Schema of an object with one text. */
function textInput(name: string, description: string): StandardSchemaV1 {
  const jsonSchema = (): Record<string, unknown> => ({
    type: 'object',
    properties: { [name]: { type: 'string', description } },
    required: [name],
  });
  const props: StandardSchemaV1.Props & { readonly jsonSchema: object } = {
    version: 1,
    vendor: 'codemode-playground',
    validate: (value) =>
      typeof (value as Readonly<Record<string, unknown>> | null)?.[name] === 'string'
        ? { value }
        : { issues: [{ message: `Expected an object with "${name}", a text.` }] },
    jsonSchema: { input: jsonSchema, output: jsonSchema },
  };
  return { '~standard': props };
}
