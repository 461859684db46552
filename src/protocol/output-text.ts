import { refusalOf } from './codec/codec.js';
import { MessageShapeError } from './errors.js';
import { checkFrame, checkPreview } from './previews/preview-schema.js';
import type { OutputLevel, OutputMethod, OutputPart, WireOutput } from './wire.js';

/**
 * Output is data that JSON has all of, and there may be very much of it: it travels as JSON inside its message, and is checked by
 * hand, which takes the page a tenth of what the codec and a schema take.
 */

const maxEntries = 2_000;
const maxParts = 200;
const maxPartText = 100_000;
const maxStyle = 2_000;
const maxText = 20_000;
const maxId = 200;
const maxFrames = 200;
const maxColumns = 200;
const maxRows = 2_000;

const methods: ReadonlySet<unknown> = new Set<OutputMethod>([
  'log',
  'info',
  'warn',
  'error',
  'debug',
  'table',
  'group',
  'groupCollapsed',
  'groupEnd',
  'count',
  'time',
  'assert',
  'dir',
  'trace',
  'clear',
  'display',
  'uncaught',
  'unhandledrejection',
  'notice',
]);
const levels: ReadonlySet<unknown> = new Set<OutputLevel>(['debug', 'log', 'info', 'warn', 'error']);

/** Entries as `writeOutputEntry` wrote them, as the text of one message. */
export function joinOutput(entries: readonly string[]): string {
  return `[${entries.join(',')}]`;
}

export function writeOutputEntry(entry: WireOutput): string {
  return JSON.stringify(entry);
}

/**
 * Reads the entries of a message. Nothing of the text is trusted: each entry is made anew of the fields that it may have.
 *
 * @throws MessageShapeError
 */
export function readOutput(text: unknown): WireOutput[] {
  const refusal = typeof text === 'string' ? refusalOf(text) : 'no text';
  if (refusal !== undefined) throw new MessageShapeError('entries', 'a text that is not too large', refusal);
  let entries: unknown;
  try {
    entries = JSON.parse(text as string);
  } catch {
    throw new MessageShapeError('entries', 'JSON', 'something else');
  }
  return list(entries, maxEntries, 'entries').map(readEntry);
}

function readEntry(value: unknown): WireOutput {
  const entry = fields(value, 'entry');
  const { sequence, runId, method, level, parts, depth, time, frames, table, dropped } = entry;
  if (!methods.has(method)) throw wrong('method', 'a method of the console', method);
  if (!levels.has(level)) throw wrong('level', 'a level', level);
  if (typeof time !== 'number' || !Number.isFinite(time)) throw wrong('time', 'a finite number', time);
  return {
    sequence: count(sequence, 'sequence'),
    ...(runId === undefined ? {} : { runId: string(runId, maxId, 'runId') }),
    method: method as OutputMethod,
    level: level as OutputLevel,
    parts: list(parts, maxParts, 'parts').map(readPart),
    text: string(entry['text'], maxText, 'text'),
    depth: count(depth, 'depth'),
    time,
    ...(frames === undefined ? {} : { frames: list(frames, maxFrames, 'frames').map(checkFrame) }),
    ...(table === undefined ? {} : { table: readTable(fields(table, 'table')) }),
    ...(dropped === undefined ? {} : { dropped: count(dropped, 'dropped') }),
  };
}

function readPart(value: unknown): OutputPart {
  const { preview, text, style } = fields(value, 'part');
  if (preview !== undefined) return { preview: checkPreview(preview) };
  const shown = string(text, maxPartText, 'text');
  return style === undefined ? { text: shown } : { text: shown, style: string(style, maxStyle, 'style') };
}

function readTable({ columns, rows }: Fields): NonNullable<WireOutput['table']> {
  return {
    columns: list(columns, maxColumns, 'columns').map((column) => string(column, maxStyle, 'column')),
    rows: list(rows, maxRows, 'rows').map((row) => list(row, maxColumns, 'row').map(checkPreview)),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object', value);
  return value as Fields;
}

function list(value: unknown, maxLength: number, path: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > maxLength) throw wrong(path, `an array of at most ${maxLength}`, value);
  return value;
}

function string(value: unknown, maxLength: number, path: string): string {
  if (typeof value !== 'string' || value.length > maxLength)
    throw wrong(path, `a string of at most ${maxLength} characters`, value);
  return value;
}

function count(value: unknown, path: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw wrong(path, 'a count', value);
  return value as number;
}

const wrong = (path: string, expected: string, value: unknown): MessageShapeError =>
  new MessageShapeError(path, expected, Array.isArray(value) ? `an array of ${value.length}` : typeof value);
