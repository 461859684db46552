import type { AgentOutcome } from '../runtime/agent-outcome.js';
import type { AgentRuntime } from '../runtime/agent-runtime.js';
import { contextOf, descriptionOf, type AdapterOptions } from './adapter-options.js';
import { codeInput, type CodeInput } from './code-input.js';
import { modelImages, modelResult } from './model-result.js';

/** Options of a call that are read, of the AI SDK's versions 5 to 7. */
export interface AISDKCallOptions {
  readonly abortSignal?: AbortSignal | undefined;
  readonly experimental_context?: unknown;
  readonly context?: unknown;
}

/** A result as the AI SDK sends it to a model. */
export type AISDKModelOutput =
  { readonly type: 'json'; readonly value: never } | { readonly type: 'content'; readonly value: never[] };

/** A tool of the AI SDK. */
export interface AISDKCodeTool {
  readonly description: string;
  readonly inputSchema: typeof codeInput;
  execute(input: CodeInput, options?: AISDKCallOptions): Promise<AgentOutcome>;
  /** Leaves out the log of calls, cuts by structure, and adds pictures. */
  toModelOutput(given: { readonly output: AgentOutcome } | AgentOutcome): AISDKModelOutput;
}

/**
 * Running code as a tool of the AI SDK, versions 5 to 7. It needs no import of `ai`. The context of the SDK's call becomes the code's
 * context: values of `experimental_context` that are texts, numbers or booleans.
 *
 * @example
 * const result = streamText({ model, prompt, tools: { run_code: toAISDK(runtime) }, stopWhen: stepCountIs(10) });
 */
export function toAISDK(runtime: AgentRuntime, options: AdapterOptions = {}): AISDKCodeTool {
  return {
    get description() {
      return descriptionOf(runtime, options.description);
    },
    inputSchema: codeInput,
    execute: ({ code }, { abortSignal, experimental_context: old, context } = {}) =>
      runtime.execute({ code, context: contextOf(options, context ?? old), signal: abortSignal }),
    toModelOutput(given) {
      const outcome = 'output' in given && !('status' in given) ? given.output : (given as AgentOutcome);
      const images = modelImages(outcome);
      const json = modelResult(outcome, options);
      if (images.length === 0) return { type: 'json', value: json as never };
      const parts = images.map((image) => ({ ...image, type: 'image-data' }));
      return { type: 'content', value: [{ type: 'text', text: JSON.stringify(json) }, ...parts] as never[] };
    },
  };
}
