import { describe, expect, it, vi } from 'vitest';
import { ConsoleLog } from '../../console/console-log.js';
import { ScriptedSession, written } from '../../testing/scripted-session.js';
import type { RunnableSnippet } from './runnable-snippet.js';
import { SharedSession } from './shared-session.js';

const snippet = (name: string, extension = ''): RunnableSnippet =>
  ({ name, extension, requestUpdate: vi.fn() }) as unknown as RunnableSnippet;

async function open() {
  const session = new ScriptedSession('guide');
  const shared = new SharedSession(session.like);
  await shared.presenter.session;
  const run = async (target: RunnableSnippet): Promise<ConsoleLog> => {
    const log = new ConsoleLog();
    await shared.presenter.run({ code: '', fileName: shared.beginRun(target), context: {}, log });
    return log;
  };
  return { session, shared, run };
}

describe('a session that snippets share', () => {
  it('names the code of a snippet by its name, each time', async () => {
    const { shared } = await open();
    const one = snippet('client');
    expect([shared.beginRun(one), shared.beginRun(one)]).toEqual(['client', 'client']);
    expect(shared.snippetOf('client')).toBe(one);
    expect(shared.snippetOf('https://a.example/m.js')).toBeUndefined();
  });

  it('keeps snippets of one name apart', async () => {
    const { shared } = await open();
    const [one, other] = [snippet('client'), snippet('client')];
    expect([one, other, one].map((target) => shared.beginRun(target))).toEqual(['client', 'client (2)', 'client']);
    expect(shared.snippetOf('client (2)')).toBe(other);
    expect(shared.beginRun(snippet('client', '.tsx'))).toBe('client.tsx');
  });

  it('shows what is pending by the snippet that ran last, and stops it', async () => {
    const { session, shared, run } = await open();
    const [one, other] = [snippet('one'), snippet('other')];
    await run(one);
    session.emit('pendingchange', { count: 2 });
    expect(one.requestUpdate).toHaveBeenCalledTimes(1);
    expect([shared.pendingOf(one), shared.pendingOf(other)]).toEqual([2, 0]);
    await run(other);
    expect(one.requestUpdate).toHaveBeenCalledTimes(2);
    expect([shared.pendingOf(one), shared.pendingOf(other)]).toEqual([0, 2]);
    await shared.presenter.stopPending();
    expect(session.cancelPending).toHaveBeenCalledTimes(1);
    await shared.close();
    session.emit('pendingchange', { count: 5 });
    expect(shared.pendingOf(other)).toBe(2);
  });

  it('shows output of no run by the snippet that ran last, and none of a run of the page', async () => {
    const { session, run } = await open();
    const [one, other] = [await run(snippet('one')), await run(snippet('other'))];
    session.emit('output', written('of nobody'));
    session.emit('output', written('of the page', { runId: 'a run of the page' }));
    expect(one.output).toEqual([]);
    expect(other.output.map(String)).toEqual(['of nobody']);
  });

  it('hears nothing once it is closed', async () => {
    const { session, shared, run } = await open();
    const log = await run(snippet('one'));
    await shared.close();
    session.emit('output', written('too late'));
    expect(log.output).toEqual([]);
    expect(session.close).toHaveBeenCalledOnce();
  });
});
