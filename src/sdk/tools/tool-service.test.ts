import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { getCurrentContext } from '../../context/current-context.js';
import { RuntimeContext } from '../../context/runtime-context.js';
import { PublicError } from '../../protocol/endpoint/call-errors.js';
import { liveResources } from '../../protocol/resources/live-resources.js';
import type { ToolCallMessage } from '../../protocol/messages/wire.js';
import { defineTool } from './define-tool.js';
import { CancelledError } from '../errors/execution-errors.js';
import { ComponentRegistry } from './registry/component-registry.js';
import { createToolService, ToolService, type ToolExecution, type ToolServiceOptions } from './tool-service.js';
import { ToolError } from './tool-errors.js';
import type { ToolInvocation } from './tool-definition.js';
import type { ToolLike } from './tool.js';
import type { ToolCallDetail } from '../types.js';

interface Setup {
  readonly service: ToolService;
  readonly details: ToolCallDetail[];
  readonly failures: unknown[];
  readonly execution: ToolExecution;
  readonly admission: ReturnType<ToolService['admit']>;
  call(name: string, args?: unknown, message?: Partial<ToolCallMessage>): Promise<unknown>;
}

function setUp(
  tools: Record<string, ToolLike>,
  options: ToolServiceOptions = {},
  context: Record<string, unknown> = {},
): Setup {
  const registry = new ComponentRegistry();
  for (const [name, tool] of Object.entries(tools)) registry.registerTool(name, tool);
  const details: ToolCallDetail[] = [];
  const failures: unknown[] = [];
  const service = new ToolService({
    onCall: (detail) => details.push(detail),
    onToolFailure: (error) => failures.push(error),
    ...options,
  });
  const execution = { context: RuntimeContext.from(context), fileName: 'cell-1.ts', registry: registry.snapshot() };
  const admission = service.admit(execution);
  let calls = 0;
  return {
    service,
    details,
    failures,
    execution,
    admission,
    call: (name, args, message) =>
      service.callTool({ context: execution.context.toJSON(), callId: `c${(calls += 1)}`, name, args, ...message }),
  };
}

async function failure(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    expect(error).toBeInstanceOf(PublicError);
    return error as Error;
  }
  throw new Error('Expected a failure, but there was none.');
}

const untilAborted = (_args: unknown, { signal }: ToolInvocation): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

describe('ToolService', () => {
  it('A13 calls a tool of a namespace by its path, in events, approvals and errors too', async () => {
    const asked: string[] = [];
    const registry = new ComponentRegistry().registerTools('git-hub', {
      'create-issue': { needsApproval: true, execute: ({ title }: { title: string }) => title },
      all: { execute: (_input, { call }) => call('git_hub.create_issue', { title: 'nested' }) },
    });
    const details: ToolCallDetail[] = [];
    const service = new ToolService({
      onCall: (detail) => details.push(detail),
      approve: ({ name }) => asked.push(name) < 3,
    });
    const context = RuntimeContext.from({});
    service.admit({ context, fileName: 'cell-1.ts', registry: registry.snapshot() });
    const call = (name: string, args?: unknown): Promise<unknown> =>
      service.callTool({ context: context.toJSON(), callId: 'c', name, args });
    expect(await call('git-hub.create-issue', { title: 'x' })).toBe('x');
    expect(await call('git_hub.all')).toBe('nested');
    await expect(call('git_hub.create_issue')).rejects.toThrow('"git_hub.create_issue" was not approved');
    await expect(call('git_hub.create')).rejects.toThrow('There is no tool "git_hub.create".');
    expect(asked).toEqual(['git_hub.create_issue', 'git_hub.create_issue', 'git_hub.create_issue']);
    expect(details.map(({ name, phase }) => `${name} ${phase}`)).toEqual([
      'git_hub.create_issue started',
      'git_hub.create_issue succeeded',
      'git_hub.all started',
      'git_hub.create_issue started',
      'git_hub.create_issue succeeded',
      'git_hub.all succeeded',
      'git_hub.create_issue started',
      'git_hub.create_issue failed',
      'git_hub.create started',
      'git_hub.create failed',
    ]);
  });

  it('A13 calls a tool with validated arguments, in the context of the caller', async () => {
    const { call } = setUp(
      {
        weather: defineTool({
          input: z.object({ city: z.string().trim() }),
          runWithContext: ({ city }, context) => [city, context.require('client_id'), getCurrentContext() === context],
        }),
      },
      {},
      { client_id: 'a' },
    );
    expect(await call('weather', { city: ' Oslo ' })).toEqual(['Oslo', 'a', true]);
  });

  it('A6 takes the context from the host, whatever the message claims', async () => {
    const tools = { who: defineTool({ runWithContext: (_args, context) => context.variables }) };
    const claims = (execution: ToolExecution): ToolCallMessage['context'] => ({
      ...execution.context.toJSON(),
      variables: { client_id: 'evil', step: 1, admin: true },
    });
    const strict = setUp(tools, {}, { client_id: 'a' });
    expect(await strict.call('who', undefined, { context: claims(strict.execution) })).toEqual({ client_id: 'a' });
    const open = setUp(tools, { codeWritableVariables: ['step', 'client_id'] }, { client_id: 'a' });
    expect(await open.call('who', undefined, { context: claims(open.execution) })).toEqual({ client_id: 'a', step: 1 });
  });

  it('E6 two executions held at a barrier each see their own context', async () => {
    let release = (): void => undefined;
    const barrier = new Promise<void>((resolve) => {
      release = resolve;
    });
    const registry = new ComponentRegistry().registerTool('hold', {
      async runWithContext(_args: unknown, context: RuntimeContext) {
        await barrier;
        return context.require('request_id');
      },
    });
    const service = new ToolService();
    const calls = ['r1', 'r2'].map((request_id) => {
      const context = RuntimeContext.from({ request_id });
      service.admit({ context, fileName: 'cell-1.ts', registry: registry.snapshot() });
      return service.callTool({ context: context.toJSON(), callId: request_id, name: 'hold', args: undefined });
    });
    expect(service.pendingCount).toBe(2);
    release();
    expect(await Promise.all(calls)).toEqual(['r1', 'r2']);
    expect(service.pendingCount).toBe(0);
  });

  it('A6 checks the context that a tool requires before it runs', async () => {
    const run = vi.fn();
    const { call, details } = setUp(
      { pay: { requiredContext: ['client_id', 'region', 'constructor'], run } },
      {},
      { region: 'eu' },
    );
    const error = await failure(call('pay'));
    expect(error).toMatchObject({
      name: 'ContextRequirementError',
      missing: ['client_id', 'constructor'],
      available: ['region'],
    });
    expect(run).not.toHaveBeenCalled();
    expect(details.map(({ phase }) => phase)).toEqual(['started', 'failed']);
  });

  it('A6 refuses arguments that do not fit, with the paths', async () => {
    const run = vi.fn();
    const { call } = setUp({ weather: defineTool({ input: z.object({ city: z.string() }), run }) });
    const error = await failure(call('weather', { city: 5 }));
    expect(error).toMatchObject({ name: 'ToolInputError', issues: [{ path: ['city'] }], received: { city: 5 } });
    expect(error.message).toContain('city: ');
    expect(run).not.toHaveBeenCalled();
  });

  it('takes no arguments for an object of which nothing is required', async () => {
    const { call } = setUp({
      list: defineTool({ input: z.object({ limit: z.number().default(3) }), run: ({ limit }) => limit }),
    });
    expect(await call('list')).toBe(3);
  });

  it('E4 an unknown tool names the nearest', async () => {
    const { call, details } = setUp({ weather: () => 1 });
    const error = await failure(call('wether'));
    expect(error).toMatchObject({ name: 'ComponentNotFoundError', nearest: 'weather' });
    expect(details.at(-1)?.error?.message).toBe(error.message);
  });

  it.each(['constructor', '__proto__', 'toString', ''])('E4 %j is no tool', async (name) => {
    expect((await failure(setUp({ a: () => 1 }).call(name))).name).toBe('ComponentNotFoundError');
  });

  it('E4 sequential and parallel calls are each told of, with their durations', async () => {
    const { call, details } = setUp({ double: (args: never) => (args as number) * 2 });
    const first = await call('double', 1);
    expect(await Promise.all([call('double', first), call('double', 5)])).toEqual([4, 10]);
    const ended = details.filter(({ phase }) => phase === 'succeeded');
    expect(ended.map(({ callId, result }) => [callId, result])).toEqual([
      ['c1', 2],
      ['c2', 4],
      ['c3', 10],
    ]);
    expect(ended.every(({ duration }) => typeof duration === 'number')).toBe(true);
  });

  it('a tool that throws a secret: the code learns that it failed, and no more; the host is told', async () => {
    const secret = Object.assign(new Error('token sk-123'), { name: 'SecretError' });
    const { call, failures, details } = setUp({
      leak: () => {
        throw secret;
      },
      leakText: () => Promise.reject('sk-123'),
    });
    for (const name of ['leak', 'leakText']) {
      const error = await failure(call(name));
      expect([error.name, error.message]).toEqual(['ToolError', `Tool "${name}" failed`]);
    }
    expect(failures).toEqual([secret, 'sk-123']);
    expect(JSON.stringify(details)).not.toContain('sk-123');
  });

  it('logs what failed to the console of the host unless told otherwise', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const service = new ToolService();
    const context = new RuntimeContext();
    const thrown = new Error('x');
    service.admit({
      context,
      fileName: 'cell-1.ts',
      registry: new ComponentRegistry()
        .registerTool('bad', () => {
          throw thrown;
        })
        .snapshot(),
    });
    await failure(service.callTool({ context: context.toJSON(), callId: 'c', name: 'bad', args: undefined }));
    expect(log).toHaveBeenCalledExactlyOnceWith('Tool "bad" failed:', thrown);
    log.mockRestore();
  });

  it('passes on what is meant for the code: ToolError, and errors marked public, by name and message', async () => {
    const { call, failures } = setUp({
      own: () => {
        throw new ToolError('No such city.');
      },
      marked: () => {
        throw Object.assign(new RangeError('Too far.'), { public: true });
      },
    });
    expect(await failure(call('own'))).toMatchObject({ name: 'ToolError', message: 'No such city.' });
    expect(await failure(call('marked'))).toMatchObject({ name: 'RangeError', message: 'Too far.' });
    expect(failures).toEqual([]);
  });

  it('checks a result against the output schema', async () => {
    const output = z.object({ temperature: z.number() });
    const { call } = setUp({
      good: defineTool({ output, run: () => ({ temperature: 3 }) }),
      bad: defineTool({ output, run: () => ({ temperature: 'cold' }) as never }),
    });
    expect(await call('good')).toEqual({ temperature: 3 });
    expect(await failure(call('bad'))).toMatchObject({ name: 'ToolOutputError', issues: [{ path: ['temperature'] }] });
  });

  it('A13 a tool that calls another passes on the context of its caller, its checks and its signal', async () => {
    const { call, details } = setUp(
      {
        inner: { requiredContext: ['client_id'], runWithContext: (_args, context) => context.get('client_id') },
        outer: { run: async (_args, invocation) => `outer of ${String(await invocation.call('inner'))}` },
        stray: { run: (_args, invocation) => invocation.call('iner') },
      },
      {},
      { client_id: 'a' },
    );
    expect(await call('outer')).toBe('outer of a');
    expect(details.map(({ callId, phase }) => `${callId} ${phase}`)).toEqual([
      'c1 started',
      'c1.1 started',
      'c1.1 succeeded',
      'c1 succeeded',
    ]);
    expect((await failure(call('stray'))).name).toBe('ComponentNotFoundError');
  });
});

describe('ToolService approval', () => {
  const tools = {
    pay: defineTool({ input: z.object({ sum: z.coerce.number() }), approval: true, run: ({ sum }) => sum }),
  };

  it('E8 asks with validated arguments, and calls when allowed', async () => {
    const approve = vi.fn(() => Promise.resolve(true));
    const { call, execution } = setUp(tools, { approve });
    expect(await call('pay', { sum: '5' })).toBe(5);
    expect(approve).toHaveBeenCalledExactlyOnceWith({
      callId: 'c1',
      name: 'pay',
      args: { sum: 5 },
      context: execution.context,
    });
  });

  it('E8 denied is an error in the code, and so is nobody to ask', async () => {
    expect((await failure(setUp(tools, { approve: () => false }).call('pay', { sum: 5 }))).name).toBe(
      'ToolDeniedError',
    );
    expect((await failure(setUp(tools).call('pay', { sum: 5 }))).name).toBe('ToolDeniedError');
  });

  it('E8 a tool may decide from the call whether to ask', async () => {
    const approve = vi.fn(() => true);
    const { call } = setUp(
      { pay: { approval: ({ args }) => (args as number) > 100, run: (args) => args } },
      { approve },
    );
    expect(await call('pay', 5)).toBe(5);
    expect(approve).not.toHaveBeenCalled();
    expect(await call('pay', 500)).toBe(500);
    expect(approve).toHaveBeenCalledTimes(1);
  });

  it('E8 a call that is cancelled while it waits for leave never runs', async () => {
    const run = vi.fn();
    const { call, admission } = setUp(
      { pay: { approval: true, run } },
      { approve: () => new Promise<boolean>(() => undefined) },
    );
    const ended = failure(call('pay'));
    await Promise.resolve();
    admission.revoke();
    expect((await ended).name).toBe('CancelledError');
    expect(run).not.toHaveBeenCalled();
  });
});

describe('ToolService time and cancellation', () => {
  afterEach(() => void vi.useRealTimers());

  it('A9 a call ends at its timeout, and its signal says why', async () => {
    vi.useFakeTimers();
    let reason: unknown;
    const { call } = setUp({
      slow: {
        timeout: 50,
        run: (_args, { signal }) =>
          new Promise(() =>
            signal.addEventListener('abort', () => {
              reason = signal.reason;
            }),
          ),
      },
    });
    const ended = failure(call('slow'));
    await vi.advanceTimersByTimeAsync(49);
    expect(reason).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(await ended).toMatchObject({ name: 'ToolTimeoutError', timeout: 50 });
    expect(reason).toBe(await ended);
  });

  it('A9 30 s unless said otherwise', async () => {
    vi.useFakeTimers();
    const { call } = setUp({ slow: { run: untilAborted } });
    const ended = failure(call('slow'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await ended).toMatchObject({ name: 'ToolTimeoutError', timeout: 30_000 });
  });

  it('A9 the deadline of the context ends a call earlier, until the execution has settled', async () => {
    vi.useFakeTimers();
    const registry = new ComponentRegistry()
      .registerTool('slow', { run: untilAborted })
      .registerTool('fast', () => 1)
      .snapshot();
    const context = new RuntimeContext({ deadline: Date.now() + 100 });
    const service = new ToolService();
    const admission = service.admit({ context, fileName: 'cell-1.ts', registry });
    const call = (name: string): Promise<unknown> =>
      service.callTool({ context: context.toJSON(), callId: name, name, args: undefined });
    const ended = failure(call('slow'));
    await vi.advanceTimersByTimeAsync(100);
    expect((await ended).name).toBe('ToolTimeoutError');
    expect(await failure(call('fast'))).toMatchObject({
      name: 'ToolTimeoutError',
      message: expect.stringContaining('was not called: the time of the code was up') as string,
    });
    admission.settled();
    expect(await call('fast')).toBe(1);
  });

  it('an ended execution makes calls for a limited time, and gets the answers of those it made', async () => {
    vi.useFakeTimers();
    let answer = (_value: string): void => undefined;
    const registry = new ComponentRegistry()
      .registerTool('slow', () => new Promise<string>((resolve) => (answer = resolve)))
      .registerTool('fast', () => 1)
      .snapshot();
    const context = new RuntimeContext();
    const service = new ToolService();
    const admission = service.admit({ context, fileName: 'cell-1.ts', registry });
    const call = (name: string): Promise<unknown> =>
      service.callTool({ context: context.toJSON(), callId: name, name, args: undefined });
    admission.settled(100);
    await vi.advanceTimersByTimeAsync(100);
    expect(await call('fast')).toBe(1);
    const slow = call('slow');
    await vi.advanceTimersByTimeAsync(1);
    expect(await failure(call('fast'))).toMatchObject({
      name: 'LateToolCallError',
      message: 'Tool "fast" was called more than 100 ms after its code had ended. Await it sooner.',
    });
    answer('slow answer');
    expect(await slow).toBe('slow answer');
  });

  it('revoking an execution cancels its calls and refuses later ones, and touches no other', async () => {
    const registry = new ComponentRegistry()
      .registerTool('wait', { run: untilAborted })
      .registerTool('fast', () => 1)
      .snapshot();
    const service = new ToolService();
    const [one, two] = [new RuntimeContext(), new RuntimeContext()];
    const controller = new AbortController();
    service.admit({ context: one, fileName: 'cell-1.ts', registry, signal: controller.signal });
    service.admit({ context: two, fileName: 'cell-2.ts', registry });
    const call = (context: RuntimeContext, name: string): Promise<unknown> =>
      service.callTool({ context: context.toJSON(), callId: context.runId + name, name, args: undefined });
    const ended = failure(call(one, 'wait'));
    const other = call(two, 'wait');
    controller.abort();
    expect((await ended).name).toBe('CancelledError');
    expect((await failure(call(one, 'fast'))).name).toBe('CancelledError');
    expect(await call(two, 'fast')).toBe(1);
    expect(service.pendingCount).toBe(1);
    await service.dispose({ cancel: true });
    expect(await failure(other)).toBeInstanceOf(CancelledError);
  });

  it('refuses a call whose run id is not that of its capability', async () => {
    const registry = new ComponentRegistry().registerTool('who', (_input, { context }) => context.runId).snapshot();
    const service = new ToolService();
    const [one, two] = [new RuntimeContext(), new RuntimeContext()];
    service.admit({ context: one, capability: 'of-one', fileName: 'cell-1.ts', registry });
    service.admit({ context: two, capability: 'of-two', fileName: 'cell-2.ts', registry });
    const call = (context: RuntimeContext, capability: string): Promise<unknown> =>
      service.callTool({ context: context.toJSON(), capability, callId: 'c', name: 'who', args: undefined });
    expect(await call(one, 'of-one')).toBe(one.runId);
    expect((await failure(call(one, 'of-two'))).name).toBe('CancelledError');
    expect((await failure(call(two, 'guessed'))).name).toBe('CancelledError');
  });

  it('leaves no listener at the signal of an execution that was revoked', () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const service = new ToolService();
    const registry = new ComponentRegistry().snapshot();
    const context = new RuntimeContext();
    service.admit({ context, fileName: 'cell-1.ts', registry, signal: controller.signal }).revoke();
    expect(removed).toHaveBeenCalledExactlyOnceWith('abort', expect.any(Function));
  });

  it('cancels one call by its id', async () => {
    const { call, service, details } = setUp({ wait: { run: untilAborted }, fast: () => 1 });
    const [first, second] = [failure(call('wait')), call('wait')];
    service.cancel('c1');
    service.cancel('unknown');
    expect((await first).name).toBe('CancelledError');
    expect(details.at(-1)).toMatchObject({ callId: 'c1', phase: 'cancelled' });
    expect(service.pendingCount).toBe(1);
    service.cancel('c2');
    await failure(second);
  });

  it('a call from an execution that is not known is refused', async () => {
    const { call } = setUp({ a: () => 1 });
    expect((await failure(call('a', undefined, { context: new RuntimeContext().toJSON() }))).name).toBe(
      'CancelledError',
    );
  });

  it('A14 disposing drains what is pending; twice is safe; then it takes no more', async () => {
    let finish = (_value: string): void => undefined;
    const { call, service, execution } = setUp({
      slow: () =>
        new Promise<string>((resolve) => {
          finish = resolve;
        }),
      fast: () => 1,
    });
    const pending = call('slow');
    await vi.waitFor(() => expect(service.pendingCount).toBe(1));
    const disposed = service.dispose();
    expect(service.dispose()).toBe(disposed);
    expect((await failure(call('fast'))).name).toBe('CancelledError');
    expect(() => service.admit(execution)).toThrow(CancelledError);
    let drained = false;
    void disposed.then(() => {
      drained = true;
    });
    await Promise.resolve();
    expect(drained).toBe(false);
    finish('drained');
    expect(await pending).toBe('drained');
    await disposed;
  });

  it('B4 leaves no listener and no timer behind, however calls end', async () => {
    const before = liveResources();
    const { call, service } = setUp({
      ok: () => 1,
      bad: () => {
        throw new Error('x');
      },
      wait: { run: untilAborted },
      fast: { timeout: 1, run: untilAborted },
    });
    const ended = Promise.allSettled([call('ok'), call('bad'), call('wait'), call('fast'), call('none')]);
    service.cancel('c3');
    await ended;
    await service.dispose();
    expect(liveResources()).toEqual(before);
  });

  it('A14 createToolService gives the service and the endpoint for a worker', async () => {
    const { service, endpoint } = createToolService();
    const context = RuntimeContext.from({ client_id: 'a' });
    service.admit({
      context,
      fileName: 'cell-1.ts',
      registry: new ComponentRegistry().registerTool('wait', { run: untilAborted }).snapshot(),
    });
    const ended = failure(endpoint.callTool({ context: context.toJSON(), callId: 'c', name: 'wait', args: undefined }));
    endpoint.cancelToolCall({ callId: 'c' });
    expect((await ended).name).toBe('CancelledError');
    expect(Object.keys(endpoint)).toEqual(['callTool', 'cancelToolCall']);
    await service.dispose();
  });
});
