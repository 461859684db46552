import { bundleBytes } from '../../protocol/messages/bundle-bytes.js';
import type { Preview } from '../../protocol/previews/preview.js';
import type { ExecutionMode, SendableError } from '../../protocol/messages/wire.js';
import type { OutputEntry, ToolCallDetail } from '../../sdk/types.js';

/** The run that a row belongs to. */
export interface RunBadge {
  /** Name of its code. */
  readonly fileName: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** It ran beside another run of the log: its rows say so. */
  isInterleaved: boolean;
}

interface ItemBase {
  readonly run?: RunBadge;
  /** Unique in its log; increasing. */
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** Output of the code. */
export interface OutputItem extends ItemBase {
  readonly kind: 'output';
  entry: OutputEntry;
  /** Number of consecutive repetitions. */
  count: number;
  /** The enclosing group. */
  readonly parent: OutputItem | undefined;
  /** Whether the entries of a group are hidden; `undefined` for other items. */
  collapsed: boolean | undefined;
}

/** Input of a run: the text of a REPL input, or the name of the code from the editor. */
export interface InputItem extends ItemBase {
  readonly kind: 'input';
  readonly source: 'repl' | 'editor';
  readonly code: string;
  readonly mode: ExecutionMode;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Result of a run. */
export interface ResultItem extends ItemBase {
  readonly kind: 'result';
  readonly preview: Preview;
  readonly duration: number;
  readonly pending: number;
}

/** The error that ended a run. */
export interface FailureItem extends ItemBase {
  readonly kind: 'failure';
  readonly error: SendableError;
}

/** What is known of a tool call. */
export interface ShownCall extends Pick<ToolCallDetail, 'name' | 'phase' | 'duration'> {
  readonly args?: Preview;
  readonly result?: Preview;
  /** Name and message. */
  readonly error?: string;
}

/** A tool call of a run. */
export interface ToolItem extends ItemBase {
  readonly kind: 'tool';
  call: ShownCall;
  /** Whether arguments and result are shown. */
  isOpen?: boolean;
}

/** A message of the playground itself. */
interface NoticeItem extends ItemBase {
  readonly kind: 'notice';
  readonly text: string;
}

export type ConsoleItem = OutputItem | InputItem | ResultItem | FailureItem | NoticeItem | ToolItem;
/** A new item, without the fields that the log adds. */
export type ConsoleAddition =
  | Omit<InputItem, 'id' | 'time'>
  | Omit<ResultItem, 'id' | 'time'>
  | Omit<FailureItem, 'id' | 'time'>
  | Omit<NoticeItem, 'id' | 'time'>
  | Omit<ToolItem, 'id' | 'time'>;

/** Returns an item as plain text, for the filter and for copies. */
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
    case 'tool':
      return `tools.${item.call.name}: ${item.call.error ?? item.call.phase}`;
  }
}

const perObject = 200;

/** Estimates the memory of an item, in characters. */
export function itemWeight(item: ConsoleItem): number {
  const weight = perObject + itemText(item).length;
  if (item.kind === 'result') return weight + previewWeight(item.preview);
  if (item.kind === 'tool') {
    const { args, result } = item.call;
    return [args, result].reduce((sum, one) => sum + (one === undefined ? 0 : previewWeight(one)), weight);
  }
  if (item.kind !== 'output') return weight;
  const { parts, table, frames, bundle } = item.entry;
  const shown = parts.reduce(
    (sum, part) => sum + ('text' in part ? part.text.length : previewWeight(part.preview)),
    weight + (bundle === undefined ? 0 : bundleBytes(bundle)),
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
