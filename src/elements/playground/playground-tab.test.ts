import { describe, expect, it, vi } from 'vitest';
import type { ExecuteOptions, ExecutionResult, SessionLike, SessionState } from '../../sdk/types.js';
import { PlaygroundTab } from './playground-tab.js';

/** Answers every execution with what the test has put into `answer`. */
class ScriptedSession extends EventTarget {
  readonly name = 'tab-1';
  state: SessionState = 'ready';
  answer: () => Promise<ExecutionResult> = async () => result();
  readonly executed: [string, ExecuteOptions | undefined][] = [];
  readonly namespace = { list: async () => [], get: async () => undefined };
  readonly stop = vi.fn(async () => undefined);
  readonly reset = vi.fn(async () => undefined);
  readonly close = vi.fn(async () => undefined);

  async execute(code: string, options?: ExecuteOptions): Promise<ExecutionResult> {
    this.executed.push([code, options]);
    return await this.answer();
  }

  emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function result(more: Partial<ExecutionResult> = {}): ExecutionResult {
  return {
    ok: true,
    value: 1,
    preview: { type: 'number', text: '1' },
    output: [],
    duration: 5,
    correlationId: 'c',
    runId: 'r',
    fileName: 'cell-1.ts',
    mode: 'async',
    pending: 0,
    ...more,
  } as ExecutionResult;
}

function failed(name: string, file: string): ExecutionResult {
  const frames = [{ functionName: '', file, line: 3, column: 7 }];
  return result({ ok: false, error: { name, message: 'no', stack: '', frames } });
}

function open(options: { code?: string; context?: Record<string, unknown> } = {}) {
  const session = new ScriptedSession();
  const connect = vi.fn(async () => session as unknown as SessionLike);
  return { session, connect, tab: new PlaygroundTab('tab-1', { name: 'Tab', code: 'first', ...options }, connect) };
}

describe('PlaygroundTab', () => {
  it('connects at the first run, once, and passes its context on', async () => {
    const { tab, session, connect } = open({ context: { client_id: 'a' } });
    expect(connect).not.toHaveBeenCalled();
    await Promise.all([
      tab.run({ code: 'x', source: 'editor' }),
      tab.run({ code: 'y', source: 'editor', context: { client_id: 'b' } }),
    ]);
    expect(connect).toHaveBeenCalledTimes(1);
    expect(session.executed).toMatchObject([
      ['x', { context: { client_id: 'a' } }],
      ['y', { context: { client_id: 'b' } }],
    ]);
    expect(tab.status).toBe('ok');
    expect(tab.log.items.map((item) => item.kind)).toEqual(['input', 'input', 'result', 'result']);
  });

  it('marks where its own code failed, until the code changes', async () => {
    const { tab, session } = open();
    session.answer = async () => failed('TypeError', 'cell-1.ts');
    await tab.run({ code: 'x', source: 'editor' });
    expect(tab.markers).toMatchObject([{ line: 3, column: 7 }]);
    expect(tab.status).toBe('failed');
    tab.code = 'second';
    expect(tab.markers).toEqual([]);
  });

  it('gives an error that has a position and no stack a frame to go to', async () => {
    const { tab, session } = open();
    session.answer = async () =>
      result({
        ok: false,
        error: { name: 'SyntaxError', message: 'no', stack: '', frames: [], position: { line: 2, column: 5 } },
      });
    await tab.run({ code: 'x', source: 'editor' });
    expect(tab.log.items.at(-1)).toMatchObject({ error: { frames: [{ file: 'cell-1.ts', line: 2, column: 5 }] } });
  });

  it('has the same line breaks as the editor', () => {
    const { tab } = open({ code: 'a\r\nb' });
    expect(tab.code).toBe('a\nb');
    tab.code = 'c\rd\r\n';
    expect(tab.code).toBe('c\nd\n');
  });

  it('tells cells of the editor from those of the console, also after one that was not started', async () => {
    const { tab, session } = open();
    session.answer = () => Promise.reject(Object.assign(new Error('no runner'), { phase: 'not-started' }));
    await expect(tab.run({ code: 'x', source: 'editor' })).rejects.toThrow('no runner');
    session.answer = async () => result();
    await tab.run({ code: 'y', source: 'repl' });
    await tab.run({ code: 'z', source: 'editor' });
    expect(['cell-1.ts', 'cell-2.ts', 'cell-3.ts', 'https://a/b.js'].map(tab.isOwnCode)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('does not take a stopped run for a failed one', async () => {
    const { tab, session } = open();
    session.answer = async () => failed('CancelledError', 'cell-1.ts');
    await tab.run({ code: 'x', source: 'editor' });
    expect(tab.status).toBe('none');
    expect(tab.log.items.at(-1)?.kind).toBe('notice');
  });

  it('stops a run that still waits for its session', async () => {
    const { tab, session } = open();
    const running = tab.run({ code: 'x', source: 'editor' });
    await tab.stop();
    await running;
    expect(session.stop).toHaveBeenCalledTimes(1);
    expect(session.executed).toHaveLength(1);
  });

  it('says that the session crashed, and what came back', async () => {
    const { tab, session } = open();
    await tab.run({ code: 'x', source: 'editor' });
    session.emit('statechange', { from: 'starting', to: 'crashed' });
    expect(tab.banner).toBe('');
    session.emit('statechange', { from: 'running', to: 'crashed' });
    expect(tab.banner).not.toBe('');
    session.emit('recovered', {
      reason: 'no heartbeat',
      restored: ['x'],
      lost: [{ name: 'socket', reason: 'it is a proxy' }],
    });
    expect(tab.banner).toMatch(/no heartbeat.*x.*socket/);
    tab.dismissBanner();
    expect(tab.banner).toBe('');
  });

  it('releases its session, hears no more of it, and connects anew (B4)', async () => {
    const { tab, session, connect } = open();
    await tab.run({ code: 'x', source: 'editor' });
    const items = tab.log.items.length;
    await tab.release();
    await tab.release();
    expect(session.close).toHaveBeenCalledTimes(1);
    session.emit('output', { method: 'log', level: 'log', parts: [], text: '', depth: 0, sequence: 1, time: 1 });
    expect(tab.log.items).toHaveLength(items);
    await tab.run({ code: 'x', source: 'editor' });
    expect(connect).toHaveBeenCalledTimes(2);
  });

  it('tries anew after a connection that failed', async () => {
    const { tab, connect } = open();
    connect.mockRejectedValueOnce(new Error('offline'));
    await expect(tab.run({ code: 'x', source: 'editor' })).rejects.toThrow('offline');
    await expect(tab.run({ code: 'x', source: 'editor' })).resolves.toMatchObject({ ok: true });
  });
});
