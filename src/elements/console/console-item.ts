import type { Preview } from '../../protocol/previews/preview.js';
import type { ExecutionMode, SendableError } from '../../protocol/messages/wire.js';
import type { OutputEntry } from '../../sdk/types.js';

interface ItemBase {
  /** Unique in its log; grows. */
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** Something the code wrote. */
export interface OutputItem extends ItemBase {
  readonly kind: 'output';
  readonly entry: OutputEntry;
  /** How often it came in a row. */
  count: number;
  /** The group it stands in. */
  readonly parent: OutputItem | undefined;
  /** Of a group: whether its entries are hidden. `undefined` for what is no group. */
  collapsed: boolean | undefined;
}

/** What was run: the text of a REPL input, or the name of what ran from the editor. */
export interface InputItem extends ItemBase {
  readonly kind: 'input';
  readonly source: 'repl' | 'editor';
  readonly code: string;
  readonly mode: ExecutionMode;
  readonly context: Readonly<Record<string, unknown>>;
}

/** What it came to. */
export interface ResultItem extends ItemBase {
  readonly kind: 'result';
  readonly preview: Preview;
  readonly duration: number;
  readonly pending: number;
}

/** The error that ended it. */
export interface FailureItem extends ItemBase {
  readonly kind: 'failure';
  readonly error: SendableError;
}

/** What the playground itself has to say. */
interface NoticeItem extends ItemBase {
  readonly kind: 'notice';
  readonly text: string;
}

export type ConsoleItem = OutputItem | InputItem | ResultItem | FailureItem | NoticeItem;
/** What is added: an item without what the log gives it. */
export type ConsoleAddition =
  | Omit<InputItem, 'id' | 'time'>
  | Omit<ResultItem, 'id' | 'time'>
  | Omit<FailureItem, 'id' | 'time'>
  | Omit<NoticeItem, 'id' | 'time'>;

/** An item as plain text: what the filter looks through, and what is copied. */
export function itemText(item: ConsoleItem): string {
  switch (item.kind) {
    case 'output':
      return item.entry.text;
    case 'input':
      return item.code;
    case 'result':
      return item.preview.text;
    case 'failure':
      return `${item.error.name}: ${item.error.message}`;
    case 'notice':
      return item.text;
  }
}

const perObject = 200;

/** Characters that an item keeps in memory, roughly. */
export function itemWeight(item: ConsoleItem): number {
  const weight = perObject + itemText(item).length;
  if (item.kind === 'result') return weight + previewWeight(item.preview);
  if (item.kind !== 'output') return weight;
  const { parts, table, frames } = item.entry;
  const shown = parts.reduce(
    (sum, part) => sum + ('text' in part ? part.text.length : previewWeight(part.preview)),
    weight,
  );
  const cells = (table?.rows ?? []).reduce(
    (sum, row) => row.reduce((all, cell) => all + previewWeight(cell), sum),
    shown,
  );
  return cells + (frames?.length ?? 0) * perObject;
}

function previewWeight(preview: Preview): number {
  if (preview.type !== 'object') return preview.text.length;
  const { text, source = '', properties = [] } = preview;
  return properties.reduce(
    (sum, { name, value }) => sum + name.length + previewWeight(value),
    perObject + text.length + source.length,
  );
}
