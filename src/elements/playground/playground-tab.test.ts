import { describe, expect, it, vi } from 'vitest';
import { CellNames } from '../../sdk/session/cell-names.js';
import type { SessionLike } from '../../sdk/types.js';
import { failed, ScriptedSession, succeeded, written } from '../testing/scripted-session.js';
import { PlaygroundTab } from './playground-tab.js';

const failedAt = (name: string, file: string) =>
  failed(file, { name, frames: [{ functionName: '', file, line: 3, column: 7 }] });

function open(options: { code?: string; context?: Record<string, unknown> } = {}) {
  const session = new ScriptedSession();
  const connect = vi.fn(async () => session.like);
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
      { code: 'x', options: { context: { client_id: 'a' } } },
      { code: 'y', options: { context: { client_id: 'b' } } },
    ]);
    expect(tab.status).toBe('ok');
    expect(tab.log.items.map((item) => item.kind)).toEqual(['input', 'input', 'result', 'result']);
  });

  it('marks where its own code failed, until the code changes', async () => {
    const { tab, session } = open();
    session.answer = async () => failedAt('TypeError', 'cell-1.ts');
    await tab.run({ code: 'x', source: 'editor' });
    expect(tab.markers).toMatchObject([{ line: 3, column: 7 }]);
    expect(tab.status).toBe('failed');
    tab.code = 'second';
    expect(tab.markers).toEqual([]);
  });

  it('gives an error that has a position and no stack a frame to go to', async () => {
    const { tab, session } = open();
    session.answer = async () => failed('cell-1.ts', { name: 'SyntaxError', position: { line: 2, column: 5 } });
    await tab.run({ code: 'x', source: 'editor' });
    expect(tab.log.items.at(-1)).toMatchObject({ error: { frames: [{ file: 'cell-1.ts', line: 2, column: 5 }] } });
  });

  it('keeps the code that ran for the editor, until it is reset', async () => {
    const { tab } = open();
    for (const code of ['interface A {}', 'type B = A']) await tab.run({ code, source: 'repl' });
    expect(tab.cells).toEqual(['interface A {}', 'type B = A']);
    await tab.reset();
    expect(tab.cells).toEqual([]);
  });

  it('stops what runs, or else what ended runs have left', async () => {
    const { tab, session } = open();
    await tab.run({ code: 'x', source: 'editor' });
    expect(tab.isBusy).toBe(false);
    session.emit('pendingchange', { count: 3 });
    expect([tab.isBusy, tab.pending]).toEqual([true, 3]);
    await tab.stop();
    expect([session.cancelPending, session.stop].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
    session.answer = () => new Promise(() => undefined);
    void tab.run({ code: 'y', source: 'editor' });
    await tab.stop();
    expect([session.cancelPending, session.stop].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('has the same line breaks as the editor', () => {
    const { tab } = open({ code: 'a\r\nb' });
    expect(tab.code).toBe('a\nb');
    tab.code = 'c\rd\r\n';
    expect(tab.code).toBe('c\nd\n');
  });

  it('never names code as code that the page executes at the same moment', async () => {
    const names = new CellNames();
    const { tab, session } = open();
    const like: SessionLike = Object.assign(session.like, {
      reserveFileName: (fileName: string) => names.reserve(fileName),
    });
    await tab.run({ code: 'x', source: 'editor', fileName: 'first.ts' });
    expect(tab.session).toBe(like);
    const ofPage = [names.take(undefined), names.take(undefined)];
    expect(ofPage.map(({ fileName }) => fileName)).toEqual(['cell-1.ts', 'cell-2.ts']);
    const { fileName } = await tab.run({ code: 'y', source: 'editor' });
    expect(fileName).toBe('cell-3.ts');
    expect(names.take(undefined).fileName).toBe('cell-4.ts');
  });

  it.each([undefined, 'cell-1.ts'])(
    'names its first run as its result, when the page took cell-1.ts (given %s)',
    async (given) => {
      const names = new CellNames();
      const { tab, session } = open();
      Object.assign(session, { reserveFileName: (fileName: string) => names.reserve(fileName) });
      session.answer = async (_, { fileName }) => failedAt('TypeError', names.take(fileName).fileName);
      names.take(undefined);
      const started: string[] = [];
      tab.addEventListener('run', ({ detail }: CustomEventInit<{ fileName: string }>) =>
        started.push(detail!.fileName),
      );
      const run = { code: 'x', source: 'editor' } as const;
      const { fileName } = await tab.run(given === undefined ? run : { ...run, fileName: given });
      expect([...started, fileName]).toEqual(['cell-2.ts', 'cell-2.ts']);
      expect(tab.isOwnCode(fileName)).toBe(true);
      expect(tab.markers).toMatchObject([{ line: 3, column: 7 }]);
    },
  );

  it('tells code of the editor from lines of the console, whatever was not started or ran for the page', async () => {
    const { tab, session } = open();
    session.answer = () => Promise.reject(Object.assign(new Error('no runner'), { phase: 'not-started' }));
    await expect(tab.run({ code: 'x', source: 'editor' })).rejects.toThrow('no runner');
    session.answer = async (_, { fileName = '' }) => succeeded(fileName);
    await tab.run({ code: 'y', source: 'repl' });
    session.emit('result', succeeded('cell-3.ts'));
    const { fileName } = await tab.run({ code: 'z', source: 'editor' });
    await tab.run({ code: 'z', source: 'repl', fileName: 'named.ts' });
    expect(session.executed.map(({ options }) => options.fileName)).toEqual([
      'cell-1.ts',
      'cell-2.ts',
      'cell-4.ts',
      'named.ts',
    ]);
    expect(fileName).toBe('cell-4.ts');
    expect(['cell-2.ts', 'cell-3.ts', 'cell-4.ts', 'named.ts', 'https://a/b.js'].map(tab.isOwnCode)).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it('tells of each run, and which run wrote an entry', async () => {
    const { tab, session } = open();
    const runs: unknown[] = [];
    tab.addEventListener('run', ({ detail }: CustomEventInit) => runs.push(detail));
    await tab.run({ code: 'x', source: 'repl', context: { a: 1 } });
    expect(runs).toEqual([{ code: 'x', source: 'repl', mode: 'async', context: { a: 1 }, fileName: 'cell-1.ts' }]);
    const { runId = '' } = session.executed[0]!.options;
    expect(tab.fileNameOf(written('late', { runId }))).toBe('cell-1.ts');
    expect(tab.fileNameOf(written('of the page', { runId: 'other' }))).toBeUndefined();
  });

  it('does not take a stopped run for a failed one', async () => {
    const { tab, session } = open();
    session.answer = async () => failedAt('CancelledError', 'cell-1.ts');
    await tab.run({ code: 'x', source: 'editor' });
    expect(tab.status).toBe('none');
    expect(tab.log.items.at(-1)?.kind).toBe('notice');
  });

  it('stops a run that still waits for its session', async () => {
    const { tab, session } = open();
    const running = tab.run({ code: 'x', source: 'editor' });
    session.stop.mockImplementationOnce(async () => {
      expect(session.executed).toHaveLength(1);
      return undefined;
    });
    await tab.stop();
    await running;
    expect(session.stop).toHaveBeenCalledTimes(1);
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
    session.emit('output', written('too late'));
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
