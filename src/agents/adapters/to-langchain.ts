import { codeInputSchema, type CodeToolInputSchema } from '../../sdk/tools/code-input-schema.js';
import type { AgentRuntime } from '../runtime/agent-runtime.js';
import { contextOf, defaultName, descriptionOf, type AdapterOptions } from './adapter-options.js';
import { isCodeInput, type CodeInput } from './code-input.js';
import { modelResult } from './model-result.js';

/** A call as LangChain's nodes make it. */
export interface LangChainCall {
  readonly type: 'tool_call';
  readonly args: CodeInput;
}

/** Options of a call that are read. */
export interface LangChainConfig {
  readonly signal?: AbortSignal;
  readonly configurable?: unknown;
  readonly context?: unknown;
}

/** A structured tool of LangChain, as its agents and `bindTools` take it. */
export interface LangChainCodeTool {
  readonly lc_namespace: string[];
  readonly name: string;
  readonly description: string;
  readonly schema: CodeToolInputSchema;
  /** Gives JSON as text. */
  invoke(input: CodeInput | LangChainCall, config?: LangChainConfig): Promise<string>;
}

/**
 * Running code as a tool of LangChain. The `context` or `configurable` of a run becomes the code's context.
 *
 * @example
 * const agent = createAgent({ model, tools: [toLangChain(runtime)] });
 */
export function toLangChain(runtime: AgentRuntime, options: AdapterOptions = {}): LangChainCodeTool {
  return {
    lc_namespace: ['codemode-playground', 'tools'],
    name: options.name ?? defaultName,
    get description() {
      return descriptionOf(runtime, options.description);
    },
    schema: codeInputSchema,
    async invoke(input, { signal, configurable, context } = {}) {
      const args: unknown = 'args' in input ? input.args : input;
      if (!isCodeInput(args)) throw new TypeError('Expected an object with "code", a text of TypeScript.');
      const given = contextOf(options, context ?? configurable);
      const outcome = await runtime.execute({ code: args.code, context: given, signal });
      return JSON.stringify(modelResult(outcome, options));
    },
  };
}
