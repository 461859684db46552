import { cut, maxNameCharacters, maxTableColumns, maxTableRows } from '../../../src/protocol/bounds.js';
import { brandOf, type IsProxy } from '../../../src/protocol/intrinsics/brand.js';
import type { Form } from '../display/form.js';
import type { Preview, StackFrame } from '../../../src/protocol/previews/preview.js';
import type { OutputLevel, OutputMethod, WireOutput } from '../../../src/protocol/messages/wire.js';
import { formatArguments } from './format-arguments.js';

export type ConsoleEntry = Pick<WireOutput, 'method' | 'level' | 'parts' | 'text'> &
  Partial<Pick<WireOutput, 'frames' | 'table' | 'id' | 'isUpdate' | 'isResult'>> & {
    /** The value in other forms than text. */
    readonly forms?: readonly Form[];
  };

export interface ConsoleSink {
  write(entry: ConsoleEntry): void;
  preview(value: unknown): Preview;
  isProxy(value: object): boolean;
  /** Stack frames of the console call, at the reader's lines. */
  callerFrames(): readonly StackFrame[];
  /** Opens or closes a group of the running execution. */
  changeGroupDepth(by: 1 | -1): void;
  /** Milliseconds, monotonic. */
  now(): number;
}

type ConsoleMethods = Record<string, (...args: unknown[]) => void>;

/**
 * The reader's `console`: the methods of the Console Standard, writing to a sink. Counters and timers live as long as the
 * session. Groups belong to the execution that opened them.
 */
export function createConsole(sink: ConsoleSink): Console {
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();

  const write = (
    method: OutputMethod,
    level: OutputLevel,
    args: readonly unknown[],
    more: Partial<ConsoleEntry> = {},
  ): void => {
    sink.write({ method, level, ...formatArguments(args, (value) => sink.preview(value)), ...more });
  };
  const writeText = (method: OutputMethod, level: OutputLevel, text: string): void => write(method, level, [text]);
  const withFrames = (method: OutputMethod, level: OutputLevel, args: readonly unknown[]): void =>
    write(method, level, args, { frames: sink.callerFrames() });
  const textOf = (value: unknown): string => asText(value, sink);
  const elapsed = (label: string, started: number): string => `${label}: ${(sink.now() - started).toFixed(3)} ms`;

  const methods: ConsoleMethods = {
    log: (...args) => write('log', 'log', args),
    info: (...args) => write('info', 'info', args),
    debug: (...args) => write('debug', 'debug', args),
    warn: (...args) => withFrames('warn', 'warn', args),
    error: (...args) => withFrames('error', 'error', args),
    trace: (...args) => withFrames('trace', 'log', args.length === 0 ? ['Trace'] : args),
    dir: (value) => write('dir', 'log', ['%O', value]),
    dirxml: (...args) => write('log', 'log', args),
    assert: (condition, ...args) => {
      if (condition) return;
      const [first, ...rest] = args;
      const message =
        typeof first === 'string' ? [`Assertion failed: ${first}`, ...rest] : ['Assertion failed', ...args];
      withFrames('assert', 'error', message);
    },
    table: (data, columns) => {
      const table = tableOf(data, columns, sink);
      if (table === undefined) write('log', 'log', [data]);
      else sink.write({ method: 'table', level: 'log', parts: [], text: tableText(table), table });
    },
    group: (...args) => {
      write('group', 'log', args.length === 0 ? ['console.group'] : args);
      sink.changeGroupDepth(1);
    },
    groupCollapsed: (...args) => {
      write('groupCollapsed', 'log', args.length === 0 ? ['console.groupCollapsed'] : args);
      sink.changeGroupDepth(1);
    },
    groupEnd: () => {
      sink.changeGroupDepth(-1);
      sink.write({ method: 'groupEnd', level: 'log', parts: [], text: '' });
    },
    count: (label = 'default') => {
      const name = textOf(label);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      writeText('count', 'log', `${name}: ${count}`);
    },
    countReset: (label = 'default') => {
      if (!counts.delete(textOf(label))) writeText('warn', 'warn', `Count for '${textOf(label)}' does not exist`);
    },
    time: (label = 'default') => {
      const name = textOf(label);
      if (timers.has(name)) writeText('warn', 'warn', `Timer '${name}' already exists`);
      else timers.set(name, sink.now());
    },
    timeLog: (label = 'default', ...args) => {
      const started = timers.get(textOf(label));
      if (started === undefined) writeText('warn', 'warn', `Timer '${textOf(label)}' does not exist`);
      else write('time', 'log', [elapsed(textOf(label), started), ...args]);
    },
    timeEnd: (label = 'default') => {
      const started = timers.get(textOf(label));
      if (started === undefined) writeText('warn', 'warn', `Timer '${textOf(label)}' does not exist`);
      else writeText('time', 'log', elapsed(textOf(label), started));
      timers.delete(textOf(label));
    },
    clear: () => {
      sink.write({ method: 'clear', level: 'log', parts: [], text: '' });
    },
    timeStamp: () => undefined,
    profile: () => undefined,
    profileEnd: () => undefined,
  };
  return methods as unknown as Console;
}

type Table = NonNullable<WireOutput['table']>;

/** Most characters of a cell in the plain text of a table. */
const maxCellText = 100;

/** The rows and columns of `console.table`; `undefined` for data without rows. Getters are not called. */
function tableOf(data: unknown, columns: unknown, sink: ConsoleSink): Table | undefined {
  const { isProxy } = sink;
  const preview = (value: unknown): Preview => sink.preview(value);
  if (typeof data !== 'object' || data === null || isProxy(data)) return undefined;
  const brand = brandOf(data, isProxy);
  const entries: [string, unknown][] = brand === 'map' || brand === 'set' ? [] : ownData(data);
  // The methods of the prototypes, since the data may have an own iterator.
  if (brand === 'map')
    Map.prototype.forEach.call(data as Map<unknown, unknown>, (value, key) =>
      entries.push([typeof key === 'string' ? key : preview(key).text, value]),
    );
  else if (brand === 'set')
    Set.prototype.forEach.call(data as Set<unknown>, (value) => entries.push([`${entries.length}`, value]));
  const rows = entries
    .slice(0, maxTableRows)
    .map(([name, value]) => ({ name, value, cells: new Map(ownCells(value, isProxy)) }));
  const wanted = listed(columns, sink);
  const names = (wanted ?? [...new Set(rows.flatMap((row) => [...row.cells.keys()]))]).slice(0, maxTableColumns - 2);
  const hasPlainValues = rows.some((row) => row.cells.size === 0);
  const empty: Preview = { type: 'string', text: '' };
  return {
    columns: ['(index)', ...names.map((name) => cut(name, maxNameCharacters)), ...(hasPlainValues ? ['Value'] : [])],
    rows: rows.map((row) => [
      { type: 'string', text: cut(row.name, maxNameCharacters) },
      ...names.map((name) => (row.cells.has(name) ? preview(row.cells.get(name)) : empty)),
      ...(hasPlainValues ? [row.cells.size === 0 ? preview(row.value) : empty] : []),
    ]),
  };
}

/** The columns that a list names; `undefined` for what is no list. */
function listed(columns: unknown, sink: ConsoleSink): string[] | undefined {
  if (typeof columns !== 'object' || columns === null || brandOf(columns, sink.isProxy) !== 'array') return undefined;
  const { length } = columns as readonly unknown[];
  return Array.from({ length: Math.min(length, maxTableColumns) }, (_, at) =>
    asText(Object.getOwnPropertyDescriptor(columns, at)?.value, sink),
  );
}

/** What is no text is shown as it is in the console: turning it into one would run code of its author. */
function asText(value: unknown, sink: ConsoleSink): string {
  return typeof value === 'string' ? value : sink.preview(value).text;
}

function ownCells(value: unknown, isProxy: IsProxy): [string, unknown][] {
  return typeof value === 'object' && value !== null && !isProxy(value) ? ownData(value) : [];
}

function ownData(value: object): [string, unknown][] {
  return Object.entries(Object.getOwnPropertyDescriptors(value))
    .filter(([, descriptor]) => descriptor.enumerable === true && 'value' in descriptor)
    .map(([name, descriptor]) => [name, descriptor.value]);
}

function tableText(table: Table): string {
  const cells: string[][] = [[...table.columns], ...table.rows.map((row) => row.map((cell) => cell.text))].map((row) =>
    row.map((text) => cut(text, maxCellText)),
  );
  const widths = table.columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
