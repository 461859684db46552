import { describe, expect, it } from 'vitest';
import type { ToolCallDetail } from '../../sdk/types.js';
import { isShown } from '../console/console-filter.js';
import { itemText, type ConsoleItem, type ToolItem } from '../console/console-item.js';
import { ConsoleLog } from '../console/console-log.js';
import { RunPresenter } from '../run/run-presenter.js';
import { ScriptedSession, succeeded, written } from '../testing/scripted-session.js';

/** Modules are imported meanwhile. */
const patient = { timeout: 30_000 };

const isCall = (item: ConsoleItem): item is ToolItem => item.kind === 'tool';

async function open(brief = false) {
  const session = new ScriptedSession();
  const presenter = new RunPresenter(Promise.resolve(session.like), { onStrayOutput: () => undefined, brief });
  await presenter.session;
  const log = new ConsoleLog();
  const settle = new Map<string, () => void>();
  session.answer = (_code, { fileName = '' }) =>
    new Promise((resolve) => settle.set(fileName, () => resolve(succeeded(fileName))));
  const start = (fileName: string, context = {}) => presenter.run({ code: '1', fileName, context, log });
  const runIdOf = (fileName: string) =>
    session.executed.find(({ options }) => options.fileName === fileName)?.options.runId ?? '';
  const step = (fileName: string, detail: Partial<ToolCallDetail>): void =>
    session.emit('toolcall', { callId: '1', runId: runIdOf(fileName), fileName, name: 'weather', ...detail });
  return { session, log, start, settle, runIdOf, step };
}

describe('tool calls in a console', () => {
  it('G2: each is a row, which changes when the call ends', async () => {
    const { log, start, step } = await open();
    void start('one');
    step('one', { phase: 'started', args: { city: 'Oslo' } });
    step('one', { phase: 'started', args: { city: 'Rome' }, callId: '2' });
    await expect.poll(() => log.items.filter(isCall).length, patient).toBe(2);
    step('one', { phase: 'succeeded', result: { temperature: 4 }, duration: 12 });
    step('one', { phase: 'failed', error: { name: 'ToolError', message: 'no' }, duration: 3, callId: '2' });
    await expect
      .poll(() => log.items.filter(isCall).map(({ call }) => call.phase), patient)
      .toEqual(['succeeded', 'failed']);
    const [first, second] = log.items.filter(isCall);
    expect(first!.call).toMatchObject({ name: 'weather', duration: 12, args: { type: 'object' } });
    expect(first!.call.result).toMatchObject({ properties: [{ name: 'temperature', value: { text: '4' } }] });
    expect(itemText(second!)).toBe('tools.weather: ToolError: no');
  });

  it('G2: can be filtered, and count as errors when they fail', async () => {
    const { log, start, step } = await open();
    void start('one');
    step('one', { phase: 'started' });
    step('one', { phase: 'failed', error: { name: 'ToolError', message: 'no' } });
    await expect.poll(() => log.items.filter(isCall).length, patient).toBe(1);
    log.addOutput(written('text'));
    const shown = (level: 'tools' | 'error' | 'log'): string[] =>
      log.items.filter((item) => isShown(item, { level, text: '' })).map(({ kind }) => kind);
    expect([shown('tools'), shown('error'), shown('log')]).toEqual([['tool'], ['tool'], ['tool', 'output']]);
  });

  it('are left out of a brief log, and where no run of it made them', async () => {
    const { log, start, step } = await open(true);
    void start('one');
    step('one', { phase: 'started' });
    const other = await open();
    void other.start('one');
    other.step('unknown', { phase: 'started' });
    other.step('one', { phase: 'started' });
    await expect.poll(() => other.log.items.filter(isCall).length, patient).toBe(1);
    expect(log.items.filter(isCall)).toEqual([]);
  });
});

describe('badges', () => {
  it('G2: tell run and context of rows once runs of a log are interleaved', async () => {
    const { session, log, start, settle, runIdOf } = await open();
    const badges = (): unknown[] => log.items.map(({ run }) => run?.isInterleaved && [run.fileName, run.context]);
    const write = (fileName: string): void => session.emit('output', written(fileName, { runId: runIdOf(fileName) }));
    const first = start('first', { client_id: 'x' });
    write('first');
    settle.get('first')!();
    await first;
    const two = start('two', { client_id: 'a' });
    write('two');
    expect(badges().slice(2)).toEqual([false]);
    const three = start('three', { client_id: 'b' });
    write('three');
    settle.get('two')!();
    settle.get('three')!();
    await Promise.all([two, three]);
    const [a, b] = [
      ['two', { client_id: 'a' }],
      ['three', { client_id: 'b' }],
    ];
    expect(badges()).toEqual([false, false, a, b, a, b]);
  });
});
