import { describe, expect, it } from 'vitest';
import type { ConsoleFilter } from './console-filter.js';
import type { OutputItem } from './console-item.js';
import { ConsoleLog } from './console-log.js';
import { ConsoleRows } from './console-rows.js';
import { written } from '../testing/scripted-session.js';

const everything: ConsoleFilter = { level: 'debug', text: '' };

function texts(rows: ConsoleRows): string[] {
  return rows.slice(0, rows.length).map((item) => (item as OutputItem).entry.text);
}

describe('ConsoleRows', () => {
  it('follows what is added and forgotten, and keeps what was measured', () => {
    const log = new ConsoleLog(3);
    const rows = new ConsoleRows();
    for (const text of ['a', 'b', 'c']) log.addOutput(written(text));
    rows.update(log, everything);
    rows.measured(2, 100);
    log.addOutput(written('d'));
    log.addOutput(written('e'));
    rows.update(log, everything);
    expect(texts(rows)).toEqual(['c', 'd', 'e']);
    expect(rows.heights.offsetOf(1)).toBe(100);
  });

  it('forgets all it had, when everything it had was forgotten meanwhile', () => {
    const log = new ConsoleLog(2);
    const rows = new ConsoleRows();
    log.addOutput(written('a'));
    rows.update(log, everything);
    for (let index = 0; index < 10; index++) log.addOutput(written(`${index}`));
    rows.update(log, everything);
    expect(texts(rows)).toEqual(['8', '9']);
    expect(rows.heights.length).toBe(2);
  });

  it('is made anew under another filter, after a group was toggled, and for another log', () => {
    const log = new ConsoleLog();
    const rows = new ConsoleRows();
    log.addOutput(written('group', { method: 'groupCollapsed' }));
    log.addOutput(written('Inside', { depth: 1 }));
    log.addOutput(written('after', { level: 'warn' }));
    rows.update(log, everything);
    expect(texts(rows)).toEqual(['group', 'after']);
    log.toggle(log.at(0) as OutputItem);
    rows.update(log, everything);
    expect(texts(rows)).toEqual(['group', 'Inside', 'after']);
    rows.measured(1, 80);
    rows.update(log, { level: 'debug', text: ' inside ' });
    expect(texts(rows)).toEqual(['Inside']);
    expect(rows.heights.total).toBe(80);
    rows.update(log, { level: 'warn', text: '' });
    expect(texts(rows)).toEqual(['after']);
    rows.update(new ConsoleLog(), everything);
    expect(rows.length).toBe(0);
  });

  it('is empty after the log was cleared, and goes on', () => {
    const log = new ConsoleLog();
    const rows = new ConsoleRows();
    log.addOutput(written('a'));
    rows.update(log, everything);
    log.clear();
    log.addOutput(written('b'));
    rows.update(log, everything);
    expect(texts(rows)).toEqual(['b']);
  });

  it('finds the row of an item, or of the next that is shown', () => {
    const log = new ConsoleLog();
    const rows = new ConsoleRows();
    for (const text of ['a', 'x', 'b', 'x', 'c']) log.addOutput(written(text));
    rows.update(log, { level: 'debug', text: 'x' });
    expect([1, 2, 3, 4, 5].map((id) => rows.rowOf(id))).toEqual([0, 0, 1, 1, 2]);
  });
});
