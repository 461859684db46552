import { MockLanguageModelV3, simulateReadableStream } from 'ai/test';
import { describe, expect, it, vi } from 'vitest';
import { ComponentRegistry } from '../../sdk/index.js';
import { agentTurnRules, type AgentTurnState } from '../../sdk/internals.js';
import type { AgentOutcome } from '../runtime/agent-outcome.js';
import type { AgentRuntime } from '../runtime/agent-runtime.js';
import { AgentTurn, TurnCleanupError } from './agent-turn.js';
import type { LanguageModel } from './language-model.js';
import { runAgent } from './run-agent.js';

describe('a turn of an agent (B)', () => {
  it('goes along its edges only', () => {
    const turn = new AgentTurn();
    expect(() => turn.transition('user-input', 'response')).toThrow();
    turn.transition('user-input', 'assistant');
    turn.transition('assistant', 'tool-execution');
    expect(() => turn.transition('tool-execution', 'assistant')).toThrow();
    turn.transition('tool-execution', 'response');
    turn.transition('response', 'assistant');
    expect(turn.state).toBe('assistant');
    expect(turn.history.map(({ to }) => to)).toEqual(['assistant', 'tool-execution', 'response', 'assistant']);
  });

  it('B1 is one line of transitions, whoever makes them', async () => {
    const turn = new AgentTurn();
    let accepted = 0;
    await Promise.all(
      Array.from({ length: 10 }, async (_, worker) => {
        for (let step = 0; step < 100; step++) {
          const from = turn.state;
          const targets = agentTurnRules[from];
          await new Promise((resolve) => setTimeout(resolve, 0));
          try {
            turn.transition(from, targets[(worker + step) % targets.length]!);
            accepted++;
          } catch {
            // another was faster
          }
        }
      }),
    );
    expect(turn.history).toHaveLength(accepted);
    let state: AgentTurnState = 'user-input';
    for (const { from, to } of turn.history) {
      expect(from).toBe(state);
      expect(agentTurnRules[from]).toContain(to);
      state = to;
    }
  });

  it('releases what it opened, the newest first, also where that fails', async () => {
    const turn = new AgentTurn();
    const order: number[] = [];
    turn.onEnd(() => void order.push(1));
    turn.onEnd(() => Promise.reject(new Error('broken')));
    turn.onEnd(() => void order.push(3));
    await expect(turn.end()).rejects.toBeInstanceOf(TurnCleanupError);
    expect(order).toEqual([3, 1]);
    expect(turn.signal.aborted).toBe(true);
    const late = vi.fn();
    turn.onEnd(late);
    expect(late).toHaveBeenCalled();
  });
});

const completed: AgentOutcome = { status: 'completed', executionId: 'e', result: 7, output: [], calls: [], notes: [] };

function runtimeOf(...outcomes: AgentOutcome[]): { runtime: AgentRuntime; execute: ReturnType<typeof vi.fn> } {
  const execute = vi.fn(async () => outcomes.shift() ?? completed);
  return { runtime: { codemode: { registry: new ComponentRegistry() }, execute } as unknown as AgentRuntime, execute };
}

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: 1, reasoning: undefined },
};

/** A model that streams: code in its first answer, a sentence in its second. */
function model(prompts: unknown[] = []): LanguageModel {
  return new MockLanguageModelV3({
    doStream: async ({ prompt }) => {
      prompts.push(prompt);
      const isFirst = prompts.length === 1;
      return {
        stream: simulateReadableStream({
          chunks: [
            { type: 'stream-start', warnings: [] },
            { type: 'text-start', id: '1' },
            { type: 'text-delta', id: '1', delta: isFirst ? 'Let me ' : 'It is ' },
            { type: 'text-delta', id: '1', delta: isFirst ? 'look.' : 'seven.' },
            { type: 'text-end', id: '1' },
            ...(isFirst
              ? [{ type: 'tool-call' as const, toolCallId: 't', toolName: 'run_code', input: '{"code":"1"}' }]
              : []),
            { type: 'finish', finishReason: { unified: isFirst ? 'tool-calls' : 'stop', raw: undefined }, usage },
          ],
        }),
      };
    },
  }) as unknown as LanguageModel;
}

describe('an agent that runs (B)', () => {
  it('lets the model answer, runs its code, and gives the results back', async () => {
    const prompts: unknown[] = [];
    const { runtime, execute } = runtimeOf();
    const turn = new AgentTurn();
    const texts: string[] = [];
    const codes: string[] = [];
    const { status, text, messages } = await runAgent({
      model: model(prompts),
      runtime,
      turn,
      system: 'Be short.',
      prompt: 'How warm?',
      context: { client_id: 'a' },
      onText: (piece) => texts.push(piece),
      onCode: (code) => codes.push(code),
    });
    expect([status, text, codes]).toEqual(['completed', 'It is seven.', ['1']]);
    expect(texts).toEqual(['Let me ', 'look.', 'It is ', 'seven.']);
    expect(execute).toHaveBeenCalledWith(expect.objectContaining({ code: '1', context: { client_id: 'a' } }));
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
    expect(JSON.stringify(prompts[1])).toContain('"value":{"status":"completed","result":7}');
    expect(turn.history.map(({ to }) => to)).toEqual([
      'assistant',
      'tool-execution',
      'response',
      'assistant',
      'response',
    ]);
    expect(turn.isEnded).toBe(true);
  });

  it('works with a model that does not stream, and tells it of a tool that is not there', async () => {
    const answers = [
      { content: [{ type: 'tool-call' as const, toolCallId: 't', toolName: 'other', input: '{}' }] },
      { content: [{ type: 'text' as const, text: 'Sorry.' }] },
    ];
    const prompts: string[] = [];
    const { runtime, execute } = runtimeOf();
    const doGenerate = async ({ prompt }: { readonly prompt: unknown }) => {
      prompts.push(JSON.stringify(prompt));
      return answers.shift()!;
    };
    expect((await runAgent({ model: { doGenerate }, runtime, prompt: 'x' })).text).toBe('Sorry.');
    expect(execute).not.toHaveBeenCalled();
    expect(prompts[1]).toContain('There is one tool, run_code');
  });

  it('waits for decisions, or says that it waits', async () => {
    const paused: AgentOutcome = { status: 'paused', executionId: 'e', pending: [], calls: [] };
    const first = runtimeOf(paused);
    expect(await runAgent({ model: model(), runtime: first.runtime, prompt: 'x' })).toMatchObject({
      status: 'paused',
      executionId: 'e',
    });
    const second = runtimeOf(paused);
    const onPaused = vi.fn(async () => completed);
    expect(await runAgent({ model: model(), runtime: second.runtime, prompt: 'x', onPaused })).toMatchObject({
      status: 'completed',
    });
    expect(onPaused).toHaveBeenCalledWith(paused);
  });

  it('ends after its steps', async () => {
    const again: LanguageModel = {
      doGenerate: async () => ({
        content: [{ type: 'tool-call', toolCallId: 't', toolName: 'run_code', input: '{"code":"1"}' }],
      }),
    };
    const { runtime, execute } = runtimeOf();
    expect(await runAgent({ model: again, runtime, prompt: 'x', maxSteps: 3 })).toMatchObject({ status: 'steps' });
    expect(execute).toHaveBeenCalledTimes(3);
  });

  it('B4 leaves nothing when it fails or is stopped', async () => {
    for (let run = 0; run < 10; run++) {
      const turn = new AgentTurn();
      const release = vi.fn();
      turn.onEnd(release);
      const broken: LanguageModel = { doGenerate: () => Promise.reject(new Error('no model')) };
      await expect(runAgent({ model: broken, runtime: runtimeOf().runtime, prompt: 'x', turn })).rejects.toThrow(
        'no model',
      );
      expect(release).toHaveBeenCalledTimes(1);
    }
    const controller = new AbortController();
    const { runtime } = runtimeOf();
    const stopping: LanguageModel = {
      doGenerate: async ({ abortSignal }) => {
        controller.abort();
        expect(abortSignal.aborted).toBe(true);
        return { content: [] };
      },
    };
    const run = runAgent({ model: stopping, runtime, prompt: 'x', signal: controller.signal });
    await expect(run).rejects.toMatchObject({ name: 'CancelledError' });
  });
});
