import { describe, expect, it } from 'vitest';
import type { OutputEntry } from '../../sdk/types.js';
import { isShown, type ConsoleFilter } from './console-filter.js';
import type { ConsoleItem, OutputItem } from './console-item.js';
import { ConsoleLog } from './console-log.js';

const everything: ConsoleFilter = { level: 'debug', text: '' };
let sequence = 0;

function output(text: string, more: Partial<OutputEntry> = {}): OutputEntry {
  return {
    sequence: ++sequence,
    method: 'log',
    level: 'log',
    parts: [{ text }],
    text,
    depth: 0,
    time: 1,
    toString: () => text,
    ...more,
  };
}

function shownBy(log: ConsoleLog, filter: ConsoleFilter): ConsoleItem[] {
  return log.items.filter((item) => isShown(item, filter));
}

function texts(log: ConsoleLog, filter = everything): string[] {
  return shownBy(log, filter).map((item) => (item.kind === 'output' ? item.entry.text : item.kind));
}

describe('ConsoleLog', () => {
  it('counts repeated plain entries of one execution', () => {
    const log = new ConsoleLog();
    for (const entry of [output('tick'), output('tick'), output('tick'), output('tock')]) log.addOutput(entry);
    expect(log.items.map((item) => (item as OutputItem).count)).toEqual([3, 1]);
    expect(log.output.map((entry) => entry.text)).toEqual(['tick', 'tick', 'tick', 'tock']);
  });

  it('keeps entries apart that differ in execution, style, level, position or hold an object', () => {
    const log = new ConsoleLog();
    const object = { preview: { type: 'object', kind: 'object', className: 'Object', text: '{}' } } as const;
    const frame = (line: number) => [{ functionName: 'f', file: 'cell-1.ts', line, column: 1 }];
    const entries = [
      output('a', { runId: '1' }),
      output('a', { runId: '2' }),
      output('a', { runId: '2', level: 'warn' }),
      output('a', { parts: [{ text: 'a', style: 'color: red' }] }),
      output('a', { parts: [{ text: 'a', style: 'color: blue' }] }),
      output('{}', { parts: [object] }),
      output('{}', { parts: [object] }),
      output('b', { frames: frame(1) }),
      output('b', { frames: frame(2) }),
    ];
    for (const entry of entries) log.addOutput(entry);
    expect(log.items).toHaveLength(entries.length);
  });

  it('hides what stands in a collapsed group, at any depth', () => {
    const log = new ConsoleLog();
    log.addOutput(output('outer', { method: 'group' }));
    log.addOutput(output('inner', { method: 'groupCollapsed', depth: 1 }));
    log.addOutput(output('deep', { depth: 2 }));
    log.addOutput(output('', { method: 'groupEnd', depth: 1 }));
    log.addOutput(output('shallow', { depth: 1 }));
    log.addOutput(output('after'));
    expect(texts(log)).toEqual(['outer', 'inner', 'shallow', 'after']);
    log.toggle(log.items[1] as OutputItem);
    expect(texts(log)).toEqual(['outer', 'inner', 'deep', 'shallow', 'after']);
    log.toggle(log.items[0] as OutputItem);
    expect(texts(log)).toEqual(['outer', 'after']);
  });

  it('F5: places what is deeper than entries tell in the last group', () => {
    const log = new ConsoleLog();
    for (let depth = 0; depth < 10_000; depth++)
      log.addOutput(output(`g${depth}`, { method: 'group', depth: Math.min(depth, 50) }));
    log.addOutput(output('deep', { depth: 50 }));
    const items = log.items as OutputItem[];
    expect(items.slice(50).every(({ parent }) => parent === items[49])).toBe(true);
    log.toggle(items[49]!);
    expect(texts(log)).toEqual(Array.from({ length: 50 }, (_, depth) => `g${depth}`));
    log.addOutput(output('after', { depth: 1 }));
    expect((log.items.at(-1) as OutputItem).parent).toBe(items[0]);
  });

  it('gives interleaved executions their own groups', () => {
    const log = new ConsoleLog();
    log.addOutput(output('group of a', { method: 'groupCollapsed', runId: 'a' }));
    log.addOutput(output('plain b', { runId: 'b' }));
    log.addOutput(output('group of b', { method: 'group', runId: 'b' }));
    log.addOutput(output('in a', { runId: 'a', depth: 1 }));
    log.addOutput(output('in b', { runId: 'b', depth: 1 }));
    expect(texts(log)).toEqual(['group of a', 'plain b', 'group of b', 'in b']);
  });

  it('filters by level and by text', () => {
    const log = new ConsoleLog();
    log.addOutput(output('fine', { level: 'debug' }));
    log.addOutput(output('Fishy', { level: 'warn' }));
    log.addOutput(output('broken', { level: 'error' }));
    log.add({ kind: 'failure', error: { name: 'TypeError', message: 'no fish', stack: '', frames: [] } });
    expect(texts(log, { level: 'log', text: '' })).toEqual(['Fishy', 'broken', 'failure']);
    expect(texts(log, { level: 'error', text: '' })).toEqual(['broken', 'failure']);
    expect(texts(log, { level: 'debug', text: 'fish' })).toEqual(['Fishy', 'failure']);
  });

  it('forgets the oldest beyond its capacity, and says how many', () => {
    const log = new ConsoleLog(2);
    for (const text of ['a', 'b', 'c', 'd']) log.addOutput(output(text));
    expect(texts(log)).toEqual(['c', 'd']);
    expect(log.dropped).toBe(2);
  });

  it('counts what was dropped on the way', () => {
    const log = new ConsoleLog(2);
    log.addOutput(output('12 lines were dropped', { method: 'notice', dropped: 12 }));
    for (const text of ['a', 'b']) log.addOutput(output(text));
    expect(log.dropped).toBe(13);
  });

  it('forgets the oldest sooner where they are large', () => {
    const log = new ConsoleLog();
    const megabyte = 'x'.repeat(1024 * 1024);
    for (let index = 0; index < 100; index++) log.addOutput(output(`${index}`, { parts: [{ text: megabyte }] }));
    expect(log.length).toBeGreaterThan(50);
    expect(log.length).toBeLessThan(65);
    expect(log.dropped).toBe(100 - log.length);
  });

  it('G1: puts an update in the place of what was displayed, and forgets what was cleared', () => {
    const log = new ConsoleLog(2);
    const shown = (id: string, text: string, isUpdate?: boolean) =>
      log.addOutput(output(text, { method: 'display', id, ...(isUpdate && { isUpdate }) }));
    shown('a', 'first');
    shown('b', 'first');
    shown('a', 'second', true);
    expect(texts(log)).toEqual(['second', 'first']);
    expect(log.output.map(({ text }) => text)).toEqual(['second', 'first']);
    shown('c', 'third');
    shown('a', 'dropped', true);
    log.clear();
    shown('b', 'cleared', true);
    expect(log.items).toEqual([]);
  });

  it('is emptied by console.clear() and tells its listeners', () => {
    const log = new ConsoleLog();
    let changes = 0;
    log.addEventListener('change', () => changes++);
    log.addOutput(output('a'));
    log.addOutput(output('', { method: 'clear' }));
    expect(log.items).toEqual([]);
    expect(changes).toBe(2);
  });

  it('F5: remembers the open groups of the 500 executions that opened one last', () => {
    const log = new ConsoleLog();
    for (let run = 0; run < 501; run++) log.addOutput(output('group', { method: 'group', runId: `${run}` }));
    const parentOf = (runId: string): OutputItem | undefined => {
      log.addOutput(output('inside', { runId, depth: 1 }));
      return (log.at(-1) as OutputItem).parent;
    };
    expect(parentOf('500')?.entry.runId).toBe('500');
    expect(parentOf('0')).toBeUndefined();
  });
});
