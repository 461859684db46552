import { describe, expect, it, vi } from 'vitest';
import { ConsoleLog } from '../console/console-log.js';
import { failed, ScriptedSession, succeeded, written } from '../testing/scripted-session.js';
import { RunPresenter, type RunPresenterOptions, type RunRequest } from './run-presenter.js';

async function open(options: Partial<RunPresenterOptions> = {}) {
  const session = new ScriptedSession();
  const presenter = new RunPresenter(Promise.resolve(session.like), { onStrayOutput: () => undefined, ...options });
  await presenter.session;
  const run = (fileName: string, more: Partial<RunRequest> = {}) => {
    const log = more.log ?? new ConsoleLog();
    return { log, ended: presenter.run({ code: fileName, fileName, context: {}, log, ...more }) };
  };
  const runIdOf = (fileName: string) =>
    session.executed.findLast(({ options: { fileName: name } }) => name === fileName)?.options.runId ?? '';
  return { session, presenter, run, runIdOf };
}

const shown = (log: ConsoleLog): string[] =>
  log.items.map((item) => {
    if (item.kind === 'output') return item.entry.text;
    if (item.kind === 'failure') return `failure: ${item.error.message}`;
    if (item.kind === 'notice') return `notice: ${item.text}`;
    return item.kind;
  });

/** An execution that ends when the test says so. */
function held(session: ScriptedSession): (value: ReturnType<typeof succeeded>) => void {
  let settle!: (value: ReturnType<typeof succeeded>) => void;
  session.answer = () => new Promise((resolve) => (settle = resolve));
  return (value) => settle(value);
}

describe('RunPresenter', () => {
  it('shows input and result, and passes on what the run asks for', async () => {
    const { session, run } = await open();
    const { log, ended } = run('one', { source: 'repl', mode: 'sync', timeout: 70, context: { client_id: 'a' } });
    expect(await ended).toMatchObject({ status: 'ok', markers: [], result: { fileName: 'one' } });
    expect(shown(log)).toEqual(['input', 'result']);
    expect(log.items[0]).toMatchObject({ source: 'repl', mode: 'sync', context: { client_id: 'a' } });
    expect(session.executed[0]?.options).toMatchObject({
      fileName: 'one',
      mode: 'sync',
      timeout: 70,
      context: { client_id: 'a' },
    });
  });

  it('gives each run its own output, interleaved and after its end', async () => {
    const { session, presenter, run, runIdOf } = await open();
    const heard = vi.fn();
    const one = run('one', { onOutput: heard });
    const two = run('two');
    await Promise.all([one.ended, two.ended]);
    const late = written('late', { runId: runIdOf('one') });
    session.emit('output', written('b', { runId: runIdOf('two') }));
    session.emit('output', late);
    expect([shown(one.log), shown(two.log)]).toEqual([
      ['result', 'late'],
      ['result', 'b'],
    ]);
    expect(heard.mock.calls).toEqual([[late]]);
    expect(presenter.fileNameOf(late)).toBe('one');
  });

  it('hands over output of no run of its own, with the run that began last', async () => {
    const onStrayOutput = vi.fn();
    const { session, presenter, run } = await open({ onStrayOutput });
    const { log, ended } = run('one');
    await ended;
    const stray = written('of the page', { runId: 'other' });
    session.emit('output', stray);
    expect(onStrayOutput).toHaveBeenCalledWith(stray, presenter.latest);
    expect(presenter.latest?.log).toBe(log);
    expect(presenter.fileNameOf(stray)).toBeUndefined();
    expect(shown(log)).toEqual(['result']);
  });

  it('shows an error where the reader sees it, and marks the place', async () => {
    const { session, run } = await open();
    const frames = [3, 6].map((line) => ({ functionName: '', file: 'use', line, column: 7 }));
    session.answer = async () => failed('use', { frames });
    const { log, ended } = run('use', { seen: { first: 4, last: 9 } });
    expect(await ended).toMatchObject({ status: 'failed', markers: [{ line: 3, column: 7 }] });
    expect(log.items.at(-1)).toMatchObject({ kind: 'failure', error: { frames: [{ file: 'use', line: 3 }] } });
  });

  it('shows positions of output where the reader sees them, and tells listeners of them as they were', async () => {
    const { session, run, runIdOf } = await open();
    const heard = vi.fn();
    const { log, ended } = run('use', { seen: { first: 4, last: 9 }, onOutput: heard });
    await ended;
    const frames = [{ functionName: '', file: 'use', line: 5, column: 1 }];
    session.emit('output', written('a', { runId: runIdOf('use'), frames }));
    expect(log.output.at(-1)).toMatchObject({ frames: [{ line: 2 }] });
    expect(String(log.output.at(-1))).toBe('a');
    expect(heard.mock.lastCall).toMatchObject([{ frames: [{ line: 5 }] }]);
  });

  it('marks no place for an error in another code', async () => {
    const { session, run } = await open();
    session.answer = async () => failed('use', { frames: [{ functionName: '', file: 'client', line: 3, column: 7 }] });
    expect((await run('use').ended).markers).toEqual([]);
  });

  it.each([
    [false, ['notice: stopped']],
    [true, []],
  ])('takes a stopped run for no failure (brief: %s)', async (brief, items) => {
    const { session, run } = await open({ brief });
    session.answer = async () => failed('one', { name: 'CancelledError', message: 'stopped' });
    const { log, ended } = run('one');
    expect(await ended).toMatchObject({ status: 'stopped', markers: [] });
    expect(shown(log)).toEqual(items);
  });

  it.each([
    [false, ['result']],
    [true, []],
  ])('shows a result of undefined unless it is brief (brief: %s)', async (brief, items) => {
    const { session, run } = await open({ brief });
    session.answer = async () =>
      succeeded('one', { value: undefined, preview: { type: 'undefined', text: 'undefined' } });
    const { log, ended } = run('one');
    await ended;
    expect(shown(log)).toEqual(items);
  });

  it('shows that code was not started, and does not take it for the latest run', async () => {
    const { session, presenter, run } = await open();
    session.answer = () => Promise.reject(Object.assign(new Error('no runner'), { phase: 'not-started' }));
    const { log, ended } = run('one', { source: 'editor' });
    await expect(ended).rejects.toThrow('no runner');
    expect(shown(log)).toEqual(['input', 'failure: no runner']);
    expect(presenter.latest).toBeUndefined();
  });

  it('shows that there is no session', async () => {
    const presenter = new RunPresenter(Promise.reject(new Error('offline')), { onStrayOutput: () => undefined });
    const log = new ConsoleLog();
    await expect(presenter.run({ code: '1', fileName: 'one', context: {}, log })).rejects.toThrow('offline');
    expect(shown(log)).toEqual(['failure: offline']);
  });

  it('takes what was aborted before it began for stopped', async () => {
    const { session, run } = await open({ brief: true });
    session.answer = () => Promise.reject(Object.assign(new Error('aborted'), { phase: 'not-started' }));
    const { log, ended } = run('one', { signal: AbortSignal.abort() });
    await expect(ended).rejects.toThrow('aborted');
    expect(shown(log)).toEqual([]);
  });

  it('keeps the output of the last 500 runs apart, and no more', async () => {
    const onStrayOutput = vi.fn();
    const { session, run, runIdOf } = await open({ onStrayOutput });
    const first = run('first');
    for (let index = 0; index < 500; index++) await run(`later ${index}`).ended;
    await first.ended;
    session.emit('output', written('too late', { runId: runIdOf('first') }));
    expect(onStrayOutput).toHaveBeenCalledOnce();
  });

  it('hears nothing once it is disposed, also when it was disposed before it was connected', async () => {
    const { session, presenter, run, runIdOf } = await open();
    const settle = held(session);
    const { log, ended } = run('one');
    await Promise.resolve();
    presenter.dispose();
    session.emit('output', written('too late', { runId: runIdOf('one') }));
    settle(succeeded('one'));
    await ended;
    expect(shown(log)).toEqual(['result']);
    const early = new RunPresenter(Promise.resolve(session.like), { onStrayOutput: () => expect.fail('disposed') });
    early.dispose();
    await early.session;
    session.emit('output', written('too late'));
  });
});
