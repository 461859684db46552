import { codeInputSchema, type CodeToolInputSchema } from '../../sdk/tools/code-input-schema.js';
import type { AgentRuntime } from '../runtime/agent-runtime.js';
import { contextOf, defaultName, descriptionOf, type AdapterOptions } from './adapter-options.js';
import type { CodeInput } from './code-input.js';
import { modelResult, type ModelResult } from './model-result.js';

/** A server tool of TanStack AI. */
export interface TanStackCodeTool {
  readonly __toolSide: 'server';
  readonly name: string;
  readonly description: string;
  readonly inputSchema: CodeToolInputSchema;
  execute(
    input: CodeInput,
    call?: { readonly context?: unknown; readonly abortSignal?: AbortSignal },
  ): Promise<ModelResult>;
}

/**
 * Running code as a tool of TanStack AI.
 *
 * @example
 * const stream = chat({ adapter, messages, tools: [toTanStackAI(runtime)] });
 */
export function toTanStackAI(runtime: AgentRuntime, options: AdapterOptions = {}): TanStackCodeTool {
  return {
    __toolSide: 'server',
    name: options.name ?? defaultName,
    get description() {
      return descriptionOf(runtime, options.description);
    },
    inputSchema: codeInputSchema,
    async execute({ code }, { context, abortSignal } = {}) {
      const outcome = await runtime.execute({ code, context: contextOf(options, context), signal: abortSignal });
      return modelResult(outcome, options);
    },
  };
}
