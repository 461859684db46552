import type { ToolDefinition } from '../../sdk/index.js';

/** A tool as `tool()` and `dynamicTool()` of the AI SDK make it, in its versions 5 to 7. */
export interface AISDKTool {
  readonly description?: unknown;
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
  readonly needsApproval?: unknown;
  /** The name of `needsApproval` in version 7. */
  readonly toolApproval?: unknown;
  readonly execute?: unknown;
}

/** Options of `fromAISDK`. */
export interface FromAISDKOptions {
  /**
   * What tools without `execute` become: they would run in the client of a chat, which is not here.
   * @default 'error'
   */
  readonly withoutExecute?: 'error' | 'skip';
}

/** What a tool's functions get as their second argument. */
interface CallOptions {
  readonly context: { readonly variables: Readonly<Record<string, unknown>> };
}

/**
 * Tools of the AI SDK, as tools that code can call. They get the context's variables as `experimental_context`, which is the name in
 * version 6, and as `context`, which is the one in version 7. Beside them they get `toolCallId`, `abortSignal` and no messages.
 *
 * @throws TypeError for a tool without `execute`, unless it is skipped
 *
 * @example
 * codemode.registry.registerTools(fromAISDK({ weather: tool({ inputSchema, execute }) }));
 * // In the code: await tools.weather({ city: 'Oslo' })
 */
export function fromAISDK(
  tools: Readonly<Record<string, AISDKTool>>,
  { withoutExecute = 'error' }: FromAISDKOptions = {},
): Readonly<Record<string, ToolDefinition>> {
  const definitions: Record<string, ToolDefinition> = {};
  for (const [name, tool] of Object.entries(tools)) {
    if (typeof tool.execute === 'function') definitions[name] = definitionOf(tool);
    else if (withoutExecute === 'error') {
      throw new TypeError(
        `The tool "${name}" has no execute: it runs in the client of a chat or at a provider, so code can't call it. ` +
          "Leave it out, or pass { withoutExecute: 'skip' }.",
      );
    }
  }
  return definitions;
}

function definitionOf(tool: AISDKTool): ToolDefinition {
  const { description, inputSchema, outputSchema } = tool;
  const needsApproval = tool.needsApproval ?? tool.toolApproval;
  const execute = tool.execute as (input: unknown, options: object) => unknown;
  const asks = needsApproval as (input: unknown, options: object) => boolean | PromiseLike<boolean>;
  return {
    ...(description === undefined ? {} : { description: description as string }),
    ...(inputSchema === undefined ? {} : { inputSchema }),
    ...(outputSchema === undefined ? {} : { outputSchema }),
    ...(needsApproval === undefined
      ? {}
      : {
          needsApproval:
            typeof needsApproval === 'function'
              ? (input: unknown, options: CallOptions) => asks(input, withContext(options))
              : needsApproval === true,
        }),
    execute: (input, options) => execute.call(tool, input, withContext(options)) as Promise<unknown>,
  };
}

function withContext<Options extends CallOptions>(options: Options): object {
  const { variables } = options.context;
  return { ...options, experimental_context: variables, context: variables };
}
