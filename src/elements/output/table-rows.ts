import type { TableResource } from '../../protocol/messages/mime-bundle.js';

/** A table as it is shown: names of columns, and rows with a value for each. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** Rows of the value that was displayed. */
  readonly total: number;
}

export interface Sorting {
  readonly column: number;
  readonly isDescending: boolean;
}

/** Columns that a table shows. */
const maxColumns = 200;

/** Reads a resource, of which nothing is sure; `undefined` for what is no table. */
export function readTable(value: unknown): Table | undefined {
  const { data, schema, total } = (value ?? {}) as Partial<TableResource>;
  if (!Array.isArray(data)) return undefined;
  const fields: readonly unknown[] = Array.isArray(schema?.fields) ? schema.fields : [];
  const named = fields.flatMap((field) => {
    const name = (field as { name?: unknown } | null)?.name;
    return typeof name === 'string' ? [name] : [];
  });
  const first = data[0] as unknown;
  const columns = (
    named.length > 0 ? named : typeof first === 'object' && first !== null ? Object.keys(first) : []
  ).slice(0, maxColumns);
  const rows = data.map((row: unknown) => {
    const record = (typeof row === 'object' && row !== null ? row : {}) as Record<string, unknown>;
    return columns.map((name) => (Object.hasOwn(record, name) ? record[name] : undefined));
  });
  return columns.length === 0 ? undefined : { columns, rows, total: typeof total === 'number' ? total : rows.length };
}

export function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** The order of the rows: numbers by size, everything else as text, empty cells last. Equal rows keep their order. */
export function sortedRows({ rows }: Table, sorting: Sorting | undefined): Uint32Array {
  const order = Uint32Array.from(rows, (_, at) => at);
  if (sorting === undefined) return order;
  const values = rows.map((row) => row[sorting.column]);
  const isEmpty = values.map((value) => value === undefined || value === null || value === '');
  const areNumbers = values.every((value, at) => isEmpty[at] || typeof value === 'number');
  const texts = areNumbers ? [] : values.map(cellText);
  const sign = sorting.isDescending ? -1 : 1;
  return order.sort((a, b) => {
    if (isEmpty[a] !== isEmpty[b]) return isEmpty[a] ? 1 : -1;
    const difference = areNumbers ? Number(values[a]) - Number(values[b]) : collator.compare(texts[a]!, texts[b]!);
    return sign * difference || a - b;
  });
}

/** All rows as CSV (RFC 4180), in their order. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function toCsv({ columns, rows }: Table, order: Iterable<number>): string {
  const lines = [columns, ...Array.from(order, (at) => rows[at]!)];
  return lines.map((line) => line.map(csvCell).join(',')).join('\r\n');
}

function csvCell(value: unknown): string {
  const text = cellText(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
