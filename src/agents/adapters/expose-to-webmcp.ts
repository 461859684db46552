import { codeInputSchema } from '../../sdk/tools/code-input-schema.js';
import type { AgentRuntime } from '../runtime/agent-runtime.js';
import { contextOf, defaultName, descriptionOf, type AdapterOptions } from './adapter-options.js';
import { isCodeInput } from './code-input.js';
import { mcpAnswer, mcpError } from './mcp-answer.js';

interface WebMCPTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: object;
  readonly annotations: object;
  execute(input: unknown): Promise<object>;
}

interface ModelContext {
  registerTool(tool: WebMCPTool, options: { readonly signal: AbortSignal }): unknown;
}

/** Options of `exposeToWebMCP`. */
export interface WebMCPOptions extends AdapterOptions {
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/**
 * Offers running code to the browser's agent (WebMCP), where the browser has it: `document.modelContext`, or `navigator.modelContext`
 * before it. It exists in secure contexts alone.
 *
 * @returns a function that ends it; `undefined` where the browser has no WebMCP
 *
 * @example
 * const end = exposeToWebMCP(runtime);
 */
export function exposeToWebMCP(runtime: AgentRuntime, options: WebMCPOptions = {}): (() => void) | undefined {
  const context = modelContext();
  if (context === undefined) return undefined;
  const controller = new AbortController();
  const { signal = controller.signal } = options;
  const tool: WebMCPTool = {
    name: options.name ?? defaultName,
    description: descriptionOf(runtime, options.description),
    inputSchema: codeInputSchema,
    annotations: { destructiveHint: true, openWorldHint: true },
    async execute(input) {
      // Browsers do not check the input.
      if (!isCodeInput(input)) return mcpError('Expected { code: string }.');
      return mcpAnswer(await runtime.execute({ code: input.code, context: contextOf(options) }), options);
    },
  };
  context.registerTool(tool, { signal: AbortSignal.any([signal, controller.signal]) });
  return () => controller.abort();
}

function modelContext(): ModelContext | undefined {
  const holders = [globalThis.document, globalThis.navigator] as readonly (
    { readonly modelContext?: ModelContext } | undefined
  )[];
  return holders.map((holder) => holder?.modelContext).find((context) => context !== undefined);
}
