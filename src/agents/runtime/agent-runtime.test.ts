import { afterEach, describe, expect, it, vi } from 'vitest';
import { playedCodemode } from '../../sdk/session/testing/played-codemode.js';
import type { ExecuteMessage } from '../../protocol/messages/wire.js';
import type { AgentStore } from './agent-store.js';
import { createAgentRuntime, type AgentRuntime } from './agent-runtime.js';
import { MemoryAgentStore } from './memory-agent-store.js';

type Call = (name: string, args?: unknown, place?: string) => Promise<unknown>;
type Script = (call: Call, message: ExecuteMessage) => Promise<unknown>;

const open: AgentRuntime[] = [];
afterEach(async () => {
  for (const runtime of open.splice(0)) {
    await runtime.close();
    await runtime.codemode.close();
  }
});

/** A runtime whose code is played: each call says the place at which the compiled code would make it. */
function playedRuntime(script: Script, store?: AgentStore) {
  let callId = 0;
  const { codemode, workers } = playedCodemode(
    async (message, { handlers }) => {
      const { context, capability } = message;
      const call: Call = (name, args, place) =>
        handlers.api.callTool({
          context,
          capability,
          callId: `c${++callId}`,
          name,
          args,
          ...(place === undefined ? {} : { place }),
        }) as Promise<unknown>;
      try {
        return { value: await script(call, message) };
      } catch (error) {
        const { name, message: text } = error as Error;
        return {
          ok: false,
          error: { name, message: text, stack: '', frames: [], position: { line: 2, column: 1 } as never },
        };
      }
    },
    { answers: { listPending: () => [] } },
  );
  const runtime = createAgentRuntime({ codemode, ...(store === undefined ? {} : { store }) });
  open.push(runtime);
  const pay = vi.fn(async ({ amount }: { amount: number }) => ({ paid: amount }));
  const read = vi.fn(async (input: unknown) => ({ read: input }));
  const undo = vi.fn();
  codemode.registry
    .registerTool('pay', { needsApproval: true, execute: pay as never, revert: undo })
    .registerTool('read', { annotations: { readOnlyHint: true }, execute: read })
    .registerTool('fail', () => Promise.reject(new Error('secret')));
  return { runtime, codemode, workers, pay, read, undo };
}

const code = 'await tools.x()';

describe('code of an agent', () => {
  it('gives its value, its output and its calls (E1)', async () => {
    const { runtime, workers } = playedRuntime((call) => call('read', 1));
    const outcome = await runtime.execute({ code: '```ts\nawait tools.read(1)\n```' });
    expect(outcome).toMatchObject({
      status: 'completed',
      result: { read: 1 },
      calls: [{ seq: 0, name: 'read', args: 1, state: 'succeeded', result: { read: 1 } }],
      notes: ['The code was in a fence.'],
    });
    expect(workers[0]!.executed[0]!.code).toBe('\nawait tools.read(1)');
  });

  it('never rejects for what it did: the error has the line (E1)', async () => {
    const { runtime } = playedRuntime((call) => call('fail'));
    expect(await runtime.execute({ code: 'const a = 1\nawait tools.fail()' })).toMatchObject({
      status: 'error',
      error: {
        name: 'ToolError',
        message: 'Tool "fail" failed',
        isOfCode: true,
        excerpt: '  1 | const a = 1\n> 2 | await tools.fail()',
      },
    });
    expect(await runtime.execute({ code: '```sh\nls\n```' })).toMatchObject({
      status: 'error',
      error: { name: 'EmptyCodeError', isOfCode: true },
    });
  });

  it('pauses for approval, and goes on (E9)', async () => {
    const { runtime, pay } = playedRuntime((call) => call('pay', { amount: 5 }));
    const paused = await runtime.execute({ code, context: { client_id: 'a' } });
    expect(paused).toMatchObject({
      status: 'paused',
      pending: [{ seq: 0, name: 'pay', args: { amount: 5 }, state: 'pending', context: { client_id: 'a' } }],
    });
    expect(pay).not.toHaveBeenCalled();
    expect(await runtime.pending()).toHaveLength(1);
    const { executionId } = paused;
    const done = await runtime.approve({ executionId });
    expect(done).toMatchObject({ status: 'completed', result: { paid: 5 } });
    expect(await runtime.approve({ executionId })).toEqual(done);
    expect(pay).toHaveBeenCalledTimes(1);
    expect(await runtime.pending()).toEqual([]);
  });

  it('pauses when nothing but decisions can go on (E9)', async () => {
    const { runtime } = playedRuntime((call) =>
      Promise.all([call('pay', { amount: 1 }, 'a'), call('read', 1, 'b'), call('pay', { amount: 2 }, 'c')]),
    );
    const paused = await runtime.execute({ code });
    expect(paused.status === 'paused' && paused.pending.map(({ seq }) => seq)).toEqual([0, 2]);
    const next = await runtime.approve({ executionId: paused.executionId, seq: 2 });
    expect(next).toMatchObject({ status: 'paused', pending: [{ seq: 0 }] });
    expect(await runtime.approve({ executionId: paused.executionId })).toMatchObject({
      status: 'completed',
      result: [{ paid: 1 }, { read: 1 }, { paid: 2 }],
    });
  });

  it('ends when a call is rejected, once (E9)', async () => {
    const { runtime, pay } = playedRuntime((call) => call('pay', { amount: 5 }));
    const { executionId } = await runtime.execute({ code });
    const rejected = await runtime.reject({ executionId, seq: 0, reason: 'too much' });
    expect(rejected).toMatchObject({
      status: 'error',
      error: { name: 'ToolRejectedError', message: 'The call of pay was rejected: too much' },
      calls: [{ state: 'rejected' }],
    });
    expect(await runtime.reject({ executionId, seq: 0 })).toEqual(rejected);
    expect(await runtime.approve({ executionId })).toEqual(rejected);
    expect(pay).not.toHaveBeenCalled();
  });

  it('is stopped, also by its signal (C9)', async () => {
    const { runtime } = playedRuntime((call) => call('pay', { amount: 5 }));
    const { executionId } = await runtime.execute({ code });
    expect(await runtime.stop({ executionId })).toMatchObject({ status: 'error', error: { name: 'StoppedError' } });
    const controller = new AbortController();
    const second = await runtime.execute({ code, signal: controller.signal });
    controller.abort();
    expect(await runtime.approve({ executionId: second.executionId })).toMatchObject({
      error: { name: 'CancelledError' },
    });
  });

  it('is rejected when nobody decides in time', async () => {
    const { codemode } = playedRuntime(async () => 1);
    const played = playedRuntime((call) => call('pay', { amount: 5 }));
    const runtime = createAgentRuntime({ codemode: played.codemode, expiresAfter: 30 });
    open.push(runtime);
    const { executionId } = await runtime.execute({ code });
    await vi.waitFor(async () => expect(await runtime.pending()).toEqual([]));
    expect(await runtime.approve({ executionId })).toMatchObject({
      error: { message: expect.stringContaining('in time') },
    });
    expect(codemode.isClosed).toBe(false);
  });

  it('names what there is where an execution is not known', async () => {
    const { runtime } = playedRuntime(async () => 1);
    await expect(runtime.approve({ executionId: 'x' })).rejects.toMatchObject({ name: 'ExecutionNotFoundError' });
  });
});

describe('an execution that goes on in another page (E9, E10)', () => {
  /** Runs until it waits, then goes on with a new runtime over the same store, as after a reload. */
  async function afterReload(first: Script, second: Script = first) {
    const store = new MemoryAgentStore();
    const before = playedRuntime(first, store);
    const paused = await before.runtime.execute({ code });
    const copy = new MemoryAgentStore();
    for (const record of await store.list()) await copy.save(structuredClone(record));
    const after = playedRuntime(second, copy);
    return { before, after, executionId: paused.executionId, copy };
  }

  it('makes no call again that was answered', async () => {
    const script: Script = async (call) => [await call('read', 1, 'a'), await call('pay', { amount: 2 }, 'b')];
    const { before, after, executionId } = await afterReload(script);
    expect(await after.runtime.pending()).toMatchObject([{ executionId, name: 'pay', args: { amount: 2 } }]);
    expect(await after.runtime.approve({ executionId })).toMatchObject({
      status: 'completed',
      result: [{ read: 1 }, { paid: 2 }],
    });
    expect(before.read).toHaveBeenCalledTimes(1);
    expect(after.read).not.toHaveBeenCalled();
    expect(before.pay).not.toHaveBeenCalled();
    expect(after.pay).toHaveBeenCalledTimes(1);
  });

  it('gives answers back in the order in which they came', async () => {
    const order = (delays: readonly number[]): { script: Script; seen: string[] } => {
      const seen: string[] = [];
      const script: Script = async (call) => {
        await Promise.all(
          delays.map(async (delay, index) => {
            await new Promise((resolve) => setTimeout(resolve, delay));
            await call('read', index, `p${index}`);
            seen.push(`p${index}`);
          }),
        );
        return await call('pay', { amount: 1 }, 'z');
      };
      return { script, seen };
    };
    const one = order([20, 0, 10]);
    const other = order([0, 10, 20]);
    const { after, executionId } = await afterReload(one.script, other.script);
    await after.runtime.approve({ executionId });
    expect(other.seen).toEqual(one.seen);
  });

  it('tells where it goes another way', async () => {
    const { after, executionId } = await afterReload(
      async (call) => [await call('read', 1, 'a'), await call('pay', { amount: 2 }, 'b')],
      async (call) => [await call('read', 9, 'a'), await call('pay', { amount: 2 }, 'b')],
    );
    expect(await after.runtime.approve({ executionId })).toMatchObject({
      status: 'error',
      error: {
        name: 'DivergenceError',
        message:
          'The code calls read(9), where it called read(1) before. Wrap what differs between runs in tools.step().',
      },
    });
    const missed = await afterReload(
      async (call) => [await call('read', 1, 'a'), await call('pay', { amount: 2 }, 'b')],
      async () => 'done',
    );
    expect(await missed.after.runtime.approve({ executionId: missed.executionId })).toMatchObject({
      error: { name: 'DivergenceError', message: expect.stringContaining('did not call read again') },
    });
  });

  it('asks about a call whose outcome is unknown, unless it changes nothing', async () => {
    const never = new Promise<never>(() => undefined);
    const store = new MemoryAgentStore();
    const before = playedRuntime(
      (call) => Promise.all([call('hang', 1, 'a'), call('read', 2, 'b'), call('hang-read', 3, 'c')]),
      store,
    );
    before.codemode.registry
      .registerTool('hang', () => never)
      .registerTool('hang-read', { annotations: { readOnlyHint: true }, execute: () => never });
    void before.runtime.execute({ code });
    await vi.waitFor(async () => expect((await before.runtime.executions())[0]?.calls).toHaveLength(3));
    await vi.waitFor(async () => expect((await before.runtime.executions())[0]?.calls[1]?.state).toBe('succeeded'));
    const copy = new MemoryAgentStore();
    for (const record of await store.list()) await copy.save(structuredClone(record));
    const after = playedRuntime(
      (call) => Promise.all([call('hang', 1, 'a'), call('read', 2, 'b'), call('hang-read', 3, 'c')]),
      copy,
    );
    const hang = vi.fn(async () => 'again');
    const hangRead = vi.fn(async () => 'read again');
    after.codemode.registry
      .registerTool('hang', hang)
      .registerTool('hang-read', { annotations: { readOnlyHint: true }, execute: hangRead });
    const [waiting] = await after.runtime.pending();
    expect(waiting).toMatchObject({ name: 'hang', state: 'unknown' });
    const executionId = waiting!.executionId;
    expect(hang).not.toHaveBeenCalled();
    expect(await after.runtime.approve({ executionId })).toMatchObject({
      status: 'completed',
      result: ['again', { read: 2 }, 'read again'],
    });
    expect(after.read).not.toHaveBeenCalled();
  });

  it('is rejected where nobody decided in time, and no page had it', async () => {
    const { after, executionId, copy } = await afterReload((call) => call('pay', { amount: 5 }));
    const late = createAgentRuntime({ codemode: after.codemode, store: copy, expiresAfter: 1 });
    open.push(late);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await late.approve({ executionId })).toMatchObject({
      error: { name: 'ToolRejectedError', message: expect.stringContaining('nobody decided in time') },
    });
    expect(after.pay).not.toHaveBeenCalled();
  });

  it('is decided in one page', async () => {
    const store = new MemoryAgentStore();
    const before = playedRuntime((call) => call('pay', { amount: 5 }), store);
    const { executionId } = await before.runtime.execute({ code });
    const other = playedRuntime((call) => call('pay', { amount: 5 }), store);
    await expect(other.runtime.approve({ executionId })).rejects.toMatchObject({ name: 'ExecutionElsewhereError' });
  });
});

describe('rollback and snippets (E11)', () => {
  it('undoes calls that can be undone, the newest first, once', async () => {
    const { runtime, undo, codemode } = playedRuntime(async (call) => {
      await call('one', 1);
      await call('read', 2);
      await call('two', 3);
    });
    codemode.registry
      .registerTool('one', { execute: () => 'a', revert: undo })
      .registerTool('two', { execute: () => 'b', revert: undo });
    const { executionId } = await runtime.execute({ code });
    expect(await runtime.rollback({ executionId })).toMatchObject({
      reverted: [{ name: 'two' }, { name: 'one' }],
      kept: [{ name: 'read' }],
      failed: [],
    });
    expect(undo.mock.calls.map((given) => given.slice(0, 2))).toEqual([
      [3, 'b'],
      [1, 'a'],
    ]);
    expect((await runtime.rollback({ executionId })).reverted).toEqual([]);
  });

  it('runs a snippet with an input, and its calls are calls of the execution', async () => {
    const { runtime, workers } = playedRuntime(async (call, message) =>
      message.code.startsWith('await (async (input)')
        ? await call('read', 'in the snippet', 'a')
        : await call('snippet', { name: 'reader', input: { city: 'Oslo' } }, 'a'),
    );
    const first = await runtime.execute({ code: 'async (input) => tools.read(input.city)' });
    await runtime.saveSnippet('reader', { executionId: first.executionId });
    expect(await runtime.snippets()).toMatchObject([{ name: 'reader' }]);
    const outcome = await runtime.execute({ code: 'await tools.snippet({ name: "reader", input: { city: "Oslo" } })' });
    expect(outcome).toMatchObject({
      status: 'completed',
      result: { read: 'in the snippet' },
      calls: [{ name: 'read' }],
    });
    expect(workers[0]!.executed.at(-1)!.code).toBe(
      'await (async (input) => {return await (async (input) => tools.read(input.city))(input)\n})({"city":"Oslo"})',
    );
  });
});

describe('many tools (E13)', () => {
  it('are found by what they do', async () => {
    const { runtime, codemode } = playedRuntime(async () => 1);
    codemode.registry.registerTools('github', {
      issuesCreate: { description: 'Create an issue\n\nAny user can.', execute: () => 1 },
      reposDelete: { description: 'Delete a repository', execute: () => 1 },
    });
    expect(await runtime.search('open a new issue')).toMatchObject([
      { path: 'github.issuesCreate', summary: 'Create an issue' },
    ]);
    expect(await runtime.describe('github.issuesCreate')).toContain('issuesCreate(args?: any)');
    await expect(runtime.describe('github.issueCreate')).rejects.toThrow('issuesCreate');
  });
});
