import { CancelledError, type ContextInput } from '../../sdk/index.js';
import { defaultName, descriptionOf, type AdapterOptions } from '../adapters/adapter-options.js';
import { codeInputSchema } from '../../sdk/tools/code-input-schema.js';
import { isCodeInput } from '../adapters/code-input.js';
import { modelResult } from '../adapters/model-result.js';
import type { AgentOutcome } from '../runtime/agent-outcome.js';
import type { AgentRuntime } from '../runtime/agent-runtime.js';
import { AgentTurn } from './agent-turn.js';
import type { AssistantPart, LanguageModel, ModelMessage, ToolResultPart } from './language-model.js';

/** Options of `runAgent`. */
export interface RunAgentOptions extends Omit<AdapterOptions, 'context'> {
  /** A language model of the AI SDK, of any provider. */
  readonly model: LanguageModel;
  readonly runtime: AgentRuntime;
  /** What the person asks. */
  readonly prompt: string;
  readonly system?: string;
  /** The conversation before, as an earlier run gave it. @default none */
  readonly messages?: readonly ModelMessage[];
  readonly context?: ContextInput;
  /** Answers of the model, at most. @default 20 */
  readonly maxSteps?: number;
  readonly signal?: AbortSignal;
  /** Gets the text of the model as it comes. */
  readonly onText?: (text: string) => void;
  /** Called before code runs. */
  readonly onCode?: (code: string, toolCallId: string) => void;
  /** Called when code has run, or waits for somebody's decision. */
  readonly onOutcome?: (outcome: AgentOutcome, toolCallId: string) => void;
  /** Decides about an execution that waits. @default the agent ends with the status `paused` */
  readonly onPaused?: (outcome: Extract<AgentOutcome, { readonly status: 'paused' }>) => Promise<AgentOutcome>;
  /** @default a new one, which is ended */
  readonly turn?: AgentTurn;
}

/** How an agent's run ended. */
export interface AgentRunResult {
  /** `steps`: the model asked for more than `maxSteps` answers. */
  readonly status: 'completed' | 'paused' | 'steps';
  /** What the model said last. */
  readonly text: string;
  /** The conversation, to go on with. */
  readonly messages: readonly ModelMessage[];
  /** Of the execution that waits. */
  readonly executionId?: string;
}

/** Answers of one model. */
interface Answer {
  readonly text: string;
  readonly calls: readonly { readonly toolCallId: string; readonly toolName: string; readonly input: string }[];
}

/**
 * Runs an agent: the model answers, its code runs, the results go back, until it answers without code.
 *
 * @throws CancelledError when its signal aborts, and what the model throws
 *
 * @example
 * const { text } = await runAgent({ model: openai('gpt-5'), runtime, prompt: 'How many open issues are there?' });
 */
export async function runAgent(options: RunAgentOptions): Promise<AgentRunResult> {
  const { prompt, system, messages: before = [], maxSteps = 20, signal, turn = new AgentTurn() } = options;
  const messages: ModelMessage[] = [
    ...(system === undefined ? [] : [{ role: 'system', content: system } as const]),
    ...before.filter(({ role }) => role !== 'system' || system === undefined),
    { role: 'user', content: [{ type: 'text', text: prompt }] },
  ];
  const onAbort = (): void => void turn.end(signal?.reason).catch(() => undefined);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  let text = '';
  try {
    turn.transition('user-input', 'assistant');
    for (let step = 0; step < maxSteps; step++) {
      throwIfEnded(turn);
      const answer = await askModel(options, messages, turn.signal);
      throwIfEnded(turn);
      ({ text } = answer);
      messages.push({ role: 'assistant', content: assistantParts(answer) });
      if (answer.calls.length === 0) {
        turn.transition('assistant', 'response');
        return { status: 'completed', text, messages: withoutSystem(messages) };
      }
      turn.transition('assistant', 'tool-execution');
      const { results, paused } = await runCalls(options, answer, turn.signal);
      throwIfEnded(turn);
      turn.transition('tool-execution', 'response');
      if (paused !== undefined) {
        return { status: 'paused', text, messages: withoutSystem(messages), executionId: paused };
      }
      messages.push({ role: 'tool', content: results });
      turn.transition('response', 'assistant');
    }
    return { status: 'steps', text, messages: withoutSystem(messages) };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await turn.end();
  }
}

function throwIfEnded({ signal }: AgentTurn): void {
  if (signal.aborted) throw new CancelledError('The agent was stopped.', { cause: signal.reason });
}

async function askModel(options: RunAgentOptions, messages: ModelMessage[], abortSignal: AbortSignal): Promise<Answer> {
  const { model, runtime, name = defaultName, onText } = options;
  const call = {
    prompt: [...messages],
    tools: [
      {
        type: 'function' as const,
        name,
        description: descriptionOf(runtime, options.description),
        inputSchema: codeInputSchema,
      },
    ],
    abortSignal,
  };
  if (model.doStream === undefined) {
    if (model.doGenerate === undefined) throw new TypeError('Expected a model with doStream or doGenerate.');
    const { content } = await model.doGenerate(call);
    const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
    if (text !== '') onText?.(text);
    return { text, calls: content.filter((part) => part.type === 'tool-call') };
  }
  const { stream } = await model.doStream(call);
  const calls: Answer['calls'][number][] = [];
  let text = '';
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const part = next.value;
      if (part.type === 'error') throw part.error;
      if (part.type === 'text-delta') {
        text += part.delta;
        onText?.(part.delta);
      } else if (part.type === 'tool-call') calls.push(part);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return { text, calls };
}

function assistantParts({ text, calls }: Answer): readonly AssistantPart[] {
  return [
    ...(text === '' ? [] : [{ type: 'text', text } as const]),
    ...calls.map(
      ({ toolCallId, toolName, input }) => ({ type: 'tool-call', toolCallId, toolName, input: jsonOf(input) }) as const,
    ),
  ];
}

/** One after the other: the code of one call may need the variables of the one before. */
async function runCalls(
  options: RunAgentOptions,
  { calls }: Answer,
  signal: AbortSignal,
): Promise<{ readonly results: readonly ToolResultPart[]; readonly paused?: string }> {
  const { runtime, context, name = defaultName, onCode, onOutcome, onPaused } = options;
  const results: ToolResultPart[] = [];
  for (const { toolCallId, toolName, input } of calls) {
    const answered = { type: 'tool-result', toolCallId, toolName } as const;
    const args = jsonOf(input);
    if (toolName !== name || !isCodeInput(args)) {
      const value = `There is one tool, ${name}. Its input is { "code": "…" }.`;
      results.push({ ...answered, output: { type: 'error-text', value } });
      continue;
    }
    onCode?.(args.code, toolCallId);
    let outcome = await runtime.execute({ code: args.code, context, signal });
    onOutcome?.(outcome, toolCallId);
    while (outcome.status === 'paused') {
      if (onPaused === undefined) return { results, paused: outcome.executionId };
      outcome = await onPaused(outcome);
      onOutcome?.(outcome, toolCallId);
    }
    results.push({ ...answered, output: { type: 'json', value: modelResult(outcome, options) } });
  }
  return { results };
}

function jsonOf(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return { code: input };
  }
}

function withoutSystem(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  return messages.filter(({ role }) => role !== 'system');
}
