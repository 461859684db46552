/** The part of a language model of the AI SDK that is used (`LanguageModelV2`, `V3`, `V4` of `@ai-sdk/provider`). */
export interface LanguageModel {
  doGenerate?(options: LanguageModelCall): PromiseLike<{ readonly content: readonly ModelPart[] }>;
  doStream?(options: LanguageModelCall): PromiseLike<{ readonly stream: ReadableStream<ModelStreamPart> }>;
}

/** A part of a model's answer. Kinds that are not named are ignored. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'tool-call'; readonly toolCallId: string; readonly toolName: string; readonly input: string };

/** A piece of a streamed answer. Kinds that are not named are ignored. */
export type ModelStreamPart =
  | { readonly type: 'text-delta'; readonly id: string; readonly delta: string }
  | { readonly type: 'tool-call'; readonly toolCallId: string; readonly toolName: string; readonly input: string }
  | { readonly type: 'error'; readonly error: unknown };

/** A message of a conversation. */
export type ModelMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: readonly { readonly type: 'text'; readonly text: string }[] }
  | { readonly role: 'assistant'; readonly content: readonly AssistantPart[] }
  | { readonly role: 'tool'; readonly content: readonly ToolResultPart[] };

/** What an assistant said or asked for. */
export type AssistantPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool-call'; readonly toolCallId: string; readonly toolName: string; readonly input: unknown };

/** The answer to a call. */
export interface ToolResultPart {
  readonly type: 'tool-result';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly output: { readonly type: 'json' | 'error-text'; readonly value: unknown };
}

/** What a model is asked. */
export interface LanguageModelCall {
  readonly prompt: ModelMessage[];
  readonly tools: {
    readonly type: 'function';
    readonly name: string;
    readonly description: string;
    readonly inputSchema: object;
  }[];
  readonly abortSignal: AbortSignal;
}
