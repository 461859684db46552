import { describe, expect, it } from 'vitest';
import type { Preview } from '../../../src/protocol/previews/preview.js';
import { createConsole, type ConsoleEntry } from './console.js';

const proxies = new WeakSet<object>();
const isProxy = (value: object): boolean => proxies.has(value);

function preview(value: unknown): Preview {
  if (typeof value === 'object' && value !== null && isProxy(value)) return { type: 'string', text: 'a proxy' };
  return typeof value === 'object' && value !== null
    ? { type: 'object', kind: 'object', className: 'Object', text: JSON.stringify(value) }
    : { type: 'number', text: typeof value === 'function' ? 'function' : String(value) };
}

function recordingConsole(): { console: Console; entries: ConsoleEntry[]; depth: () => number } {
  const entries: ConsoleEntry[] = [];
  let depth = 0;
  let time = 0;
  const console = createConsole({
    write: (entry) => entries.push(entry),
    preview,
    isProxy,
    callerFrames: () => [{ functionName: '', file: 'cell-1.ts', line: 1, column: 1 }],
    changeGroupDepth: (by) => (depth += by),
    now: () => (time += 1.5),
  });
  return { console, entries, depth: () => depth };
}

function textOf(log: (console: Console) => void): string[] {
  const { console, entries } = recordingConsole();
  log(console);
  return entries.map((entry) => entry.text);
}

describe('console', () => {
  it('joins arguments by spaces and keeps objects as values', () => {
    const { console, entries } = recordingConsole();
    console.log('a', 1, { b: 2 });
    expect(entries[0]).toMatchObject({
      method: 'log',
      level: 'log',
      text: 'a 1 {"b":2}',
      parts: [{ text: 'a' }, { text: ' ' }, { preview: { text: '1' } }, { text: ' ' }, { preview: { kind: 'object' } }],
    });
  });

  it.each([
    [['%s is %d', 'x', '4.5'], 'x is 4.5'],
    [['%i', 4.7], '4'],
    [['%f', '1.50'], '1.5'],
    [['%d%%', 50], '50%'],
    [['100%', 1], '100% 1'],
    [['%s'], '%s'],
    [['%s and %s', 'one'], 'one and %s'],
    [['%o', { a: 1 }], '{"a":1}'],
    [['%d', Symbol('x')], 'NaN'],
    [['%s', 'a', 'b'], 'a b'],
    [['no directive', '%s'], 'no directive %s'],
  ] as [unknown[], string][])('formats %j as %j', (args, expected) => {
    expect(textOf((console) => console.log(...args))).toEqual([expected]);
  });

  it('styles what follows %c up to the end of the format', () => {
    const { console, entries } = recordingConsole();
    console.log('%cred%c plain', 'color: red', '', 'after');
    expect(entries[0]!.parts).toEqual([
      { text: 'red', style: 'color: red' },
      { text: ' plain' },
      { text: ' ' },
      { text: 'after' },
    ]);
  });

  it('cuts what nobody can read', () => {
    const { console, entries } = recordingConsole();
    console.log('x'.repeat(50_000));
    console.log(...Array.from({ length: 500 }, (_, index) => index));
    expect(entries[0]!.text).toMatch(/^x{10000}… \(50,000 characters\)$/);
    expect(entries[1]!.text).toMatch(/79 … and 420 more arguments$/);
    expect(entries[1]!.parts.length).toBeLessThan(200);
  });

  it('counts, times, asserts and says what does not exist', () => {
    expect(
      textOf((console) => {
        console.count();
        console.count();
        console.count('b');
        console.countReset();
        console.count();
        console.countReset('c');
        console.time('t');
        console.timeLog('t', 1);
        console.timeEnd('t');
        console.timeEnd('t');
        console.assert(true, 'not shown');
        console.assert(false, 'x is %d', 3);
        console.assert(false);
      }),
    ).toEqual([
      'default: 1',
      'default: 2',
      'b: 1',
      'default: 1',
      "Count for 'c' does not exist",
      't: 1.500 ms 1',
      't: 3.000 ms',
      "Timer 't' does not exist",
      'Assertion failed: x is 3',
      'Assertion failed',
    ]);
  });

  it('opens and closes groups', () => {
    const { console, entries, depth } = recordingConsole();
    console.group('outer');
    console.groupCollapsed();
    expect(depth()).toBe(2);
    console.groupEnd();
    expect(depth()).toBe(1);
    expect(entries.map((entry) => entry.method)).toEqual(['group', 'groupCollapsed', 'groupEnd']);
  });

  it('F2: lays out a table without running an iterator or a trap of its data', () => {
    const ran: string[] = [];
    const own = Object.assign(new Map([['k', 1]]), {
      [Symbol.iterator]: () => {
        ran.push('iterator');
        return [][Symbol.iterator]();
      },
    });
    const trap = new Proxy({}, { get: (_, name) => void ran.push(String(name)) });
    const proxy = new Proxy({}, trap);
    proxies.add(proxy);
    const { console, entries } = recordingConsole();
    console.table(own);
    console.table([proxy]);
    expect(entries.map(({ table }) => table!.rows.length)).toEqual([1, 1]);
    console.table(proxy);
    expect(entries[2]!.method).toBe('log');
    expect(ran).toEqual([]);
  });

  it('F2: runs no code of labels, of chosen columns and of what is no number', () => {
    const ran: string[] = [];
    const hostile = Object.assign(() => 0, {
      toString: () => ran.push('toString'),
      valueOf: () => ran.push('valueOf'),
    });
    const label = { toJSON: () => 'label', toString: hostile.toString } as unknown as string;
    const trapped = new Proxy([], new Proxy({}, { get: (_, trap) => void ran.push(String(trap)) }));
    proxies.add(trapped);
    const { proxy: revoked, revoke } = Proxy.revocable([], {});
    revoke();
    proxies.add(revoked);
    class Own extends Array<unknown> {
      static override get [Symbol.species](): ArrayConstructor {
        ran.push('species');
        return Array;
      }
    }
    const { console, entries } = recordingConsole();
    console.count(label);
    console.countReset(label);
    console.time(label);
    console.timeLog(label);
    console.timeEnd(label);
    for (const columns of [trapped, revoked, Own.of('a', label), [hostile]])
      console.table([{ a: 1 }], columns as string[]);
    console.log('%d %i %f', hostile, hostile, hostile);
    expect(ran).toEqual([]);
    expect(entries[0]!.text).toBe('"label": 1');
    expect(entries.flatMap(({ table }) => (table === undefined ? [] : [table.columns.slice(0, 3)]))).toEqual([
      ['(index)', 'a'],
      ['(index)', 'a'],
      ['(index)', 'a', '"label"'],
      ['(index)', expect.any(String)],
    ]);
    expect(entries.at(-1)!.text).toBe('NaN NaN NaN');
  });

  it('lays out tables of objects, of plain values and of chosen columns', () => {
    const { console, entries } = recordingConsole();
    console.table([{ a: 1, b: 2 }, { a: 3 }]);
    console.table([1, 2]);
    console.table([{ a: 1, b: 2 }], ['b']);
    console.table(5);
    expect(entries[0]!.table!.columns).toEqual(['(index)', 'a', 'b']);
    expect(entries[0]!.table!.rows.map((row) => row.map((cell) => cell.text))).toEqual([
      ['0', '1', '2'],
      ['1', '3', ''],
    ]);
    expect(entries[1]!.table!.columns).toEqual(['(index)', 'Value']);
    expect(entries[2]!.table!.columns).toEqual(['(index)', 'b']);
    expect(entries[3]).toMatchObject({ method: 'log', text: '5' });
  });

  it('tells where a warning, an error and a trace came from', () => {
    const { console, entries } = recordingConsole();
    console.warn('w');
    console.error('e');
    console.trace();
    expect(entries.map((entry) => [entry.method, entry.level, entry.frames?.length, entry.text])).toEqual([
      ['warn', 'warn', 1, 'w'],
      ['error', 'error', 1, 'e'],
      ['trace', 'log', 1, 'Trace'],
    ]);
  });

  it('works with its methods taken off', () => {
    expect(textOf(({ log }) => log('x'))).toEqual(['x']);
  });
});
