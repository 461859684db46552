import type { StandardSchemaV1 } from '@standard-schema/spec';
import { standardSchema } from '../../sdk/tools/schema/schema.js';
import type { AgentRuntime } from '../runtime/agent-runtime.js';
import { contextOf, descriptionOf, type AdapterOptions } from './adapter-options.js';
import { codeInput } from './code-input.js';
import { mcpAnswer, mcpError, mcpText } from './mcp-answer.js';

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
    async ({ query }: { readonly query: string }) => mcpText(JSON.stringify(await runtime.search(query))),
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
        return mcpText(await runtime.describe(path));
      } catch (error) {
        return mcpError((error as Error).message);
      }
    },
  );
  server.registerTool(
    'execute',
    { description: descriptionOf(runtime, options.description), inputSchema: codeInput },
    async ({ code }: { readonly code: string }, { signal, mcpReq }: Extra = {}) => {
      const outcome = await runtime.execute({ code, context: contextOf(options), signal: mcpReq?.signal ?? signal });
      return mcpAnswer(outcome, options);
    },
  );
}

/** A schema of an object with one text. */
function textInput(name: string, description: string): StandardSchemaV1 {
  return standardSchema(
    (value) =>
      typeof (value as Readonly<Record<string, unknown>> | null)?.[name] === 'string'
        ? { value }
        : { issues: [{ path: [], message: `Expected an object with "${name}", a text.` }] },
    () => ({ type: 'object', properties: { [name]: { type: 'string', description } }, required: [name] }),
  );
}
