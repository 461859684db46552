import { describe, expect, it, vi } from 'vitest';
import { createCodeTool, emptyResultMessage, type CodeExecutor } from './code-tool.js';
import { RunnerUnavailableError } from '../errors/session-errors.js';
import { ComponentRegistry } from './registry/component-registry.js';
import type { ExecuteOptions, ExecutionResult, OutputEntry } from '../types.js';

function result(part: Partial<ExecutionResult>): ExecutionResult {
  return {
    ok: true,
    value: undefined,
    preview: { type: 'undefined', text: 'undefined' },
    output: [],
    duration: 1,
    correlationId: 'c',
    runId: 'r',
    fileName: 'cell-1.ts',
    mode: 'async',
    pending: 0,
    ...part,
  } as ExecutionResult;
}

function executorOf(outcome: ExecutionResult | Error): CodeExecutor & { readonly execute: ReturnType<typeof vi.fn> } {
  return {
    execute: vi.fn((_code: string, _options?: ExecuteOptions) =>
      outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome),
    ),
  };
}

const line = (text: string): OutputEntry => ({ toString: () => text }) as OutputEntry;

describe('A16 code as a tool of an agent', () => {
  it.each<[string, Partial<ExecutionResult>, string]>([
    ['text', { value: 'hello' }, 'hello'],
    ['data', { value: { a: [1, null] } }, '{"a":[1,null]}'],
    ['false', { value: false }, 'false'],
    [
      'what JSON can not say',
      {
        value: new Map([['a', 1]]),
        preview: { type: 'object', kind: 'map', className: 'Map', text: 'Map(1) {"a" => 1}' },
      },
      'Map(1) {"a" => 1}',
    ],
    ['a bigint', { value: 5n, preview: { type: 'bigint', text: '5' } }, '5'],
    ['output and value', { value: 1, output: [line('one'), line('two')] }, 'one\ntwo\n1'],
    ['output alone', { output: [line('one')] }, 'one'],
    ['nothing', {}, emptyResultMessage],
  ])('A16 answers with %s', async (_name, part, text) => {
    expect(await createCodeTool(executorOf(result(part))).execute({ code: 'x' })).toBe(text);
  });

  it('E3 runs code as models write it, and says what was changed', async () => {
    const executor = executorOf(result({ value: 3 }));
    const tool = createCodeTool(executor);
    expect(await tool.execute({ code: 'Here it is:\n```ts\nconst n = 3\nreturn n\n```' })).toBe(
      '3\nNote: The code was in a fence. The code was the body of a function with `return`: its names end with it.',
    );
    expect(executor.execute.mock.calls[0]![0]).toBe('await (async () => {\n\nconst n = 3\nreturn n\n})()');
  });

  it('E3 answers a text without code', async () => {
    const executor = executorOf(result({}));
    expect(await createCodeTool(executor).execute({ code: '```python\nprint(1)\n```' })).toBe(
      'ERROR: The text has only python: write TypeScript. The text holds no code.',
    );
    expect(executor.execute).not.toHaveBeenCalled();
  });

  it('A16 tells code that failed from code that could not be run', async () => {
    const error = {
      name: 'TypeError',
      message: 'x is not a function',
      stack: 'secret stack',
      frames: [],
      position: { line: 2, column: 5 },
    };
    const failed = createCodeTool(executorOf(result({ ok: false, error, output: [line('before')] })));
    expect(await failed.execute({ code: 'x' })).toBe(
      'before\nERROR: TypeError: x is not a function (line 2, column 5)',
    );
    const notRun = createCodeTool(executorOf(new RunnerUnavailableError('/runner.html', 'It is not there.')));
    expect(await notRun.execute({ code: 'x' })).toMatch(
      /^EXECUTOR ERROR: RunnerUnavailableError: \/runner.html can't be used/,
    );
  });

  it('A16 passes context, timeout and signal; the context of a call goes first', async () => {
    const executor = executorOf(result({}));
    const { signal } = new AbortController();
    const tool = createCodeTool(executor, { context: () => ({ client_id: 'a' }), timeout: 500 });
    await tool.execute({ code: 'x' }, { abortSignal: signal });
    await tool.execute({ code: 'y' }, { context: { client_id: 'b' } });
    expect(executor.execute.mock.calls).toEqual([
      ['await (x)', { context: { client_id: 'a' }, signal, timeout: 500 }],
      ['await (y)', { context: { client_id: 'b' }, timeout: 500 }],
    ]);
  });

  it('A16 answers when its context can not be had', async () => {
    const tool = createCodeTool(executorOf(result({})), {
      context: () => {
        throw new Error('no session');
      },
    });
    expect(await tool.execute({ code: 'x' })).toBe('EXECUTOR ERROR: Error: no session');
  });

  it('A16 names the tools and the config of the moment', () => {
    const registry = new ComponentRegistry();
    const tool = createCodeTool(executorOf(result({})), {
      registry,
      config: { region: 'eu' },
      description: 'Runs code.',
    });
    expect(tool.toolNames).toEqual([]);
    registry.registerTool('get-weather', { description: 'Weather', run: () => 1 });
    expect(tool.toolNames).toEqual(['get_weather']);
    expect(tool.description).toMatch(/^Runs code\./);
    expect(tool.description).toContain('get_weather(args?: any): Promise<any>;');
    expect(tool.description).toContain('`config` has: region.');
    expect(tool.inputSchema.required).toEqual(['code']);
  });

  it('A16 cuts what is long', async () => {
    const tool = createCodeTool(executorOf(result({ value: 'x'.repeat(50) })), { maxLength: 10 });
    expect(await tool.execute({ code: 'x' })).toBe(`${'x'.repeat(10)}\n… 40 more characters were cut.`);
  });
});
