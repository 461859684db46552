import type { Preview } from '../../protocol/preview.js';
import type { ExecutionMode, OutputLevel, SendableError } from '../../protocol/wire.js';
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
export interface NoticeItem extends ItemBase {
  readonly kind: 'notice';
  readonly text: string;
}

export type ConsoleItem = OutputItem | InputItem | ResultItem | FailureItem | NoticeItem;
/** What is added: an item without what the log gives it. */
export type ConsoleAddition = Omit<InputItem, 'id' | 'time'> | Omit<ResultItem, 'id' | 'time'> | Omit<FailureItem, 'id' | 'time'> | Omit<NoticeItem, 'id' | 'time'>;

/** `log` also stands for `info` and up; `debug` is everything. */
export type LevelFilter = 'debug' | 'log' | 'warn' | 'error';
export interface ConsoleFilter { readonly level: LevelFilter; readonly text: string }

const severity: Record<OutputLevel, number> = { debug: 0, log: 1, info: 1, warn: 2, error: 3 };

/**
 * The entries of one tab's console, oldest first. Dispatches `change` after every change. Holds at most `capacity` items and
 * forgets the oldest beyond.
 */
export class ConsoleLog extends EventTarget {
  readonly capacity: number;
  /** How many were forgotten, or never arrived because of back-pressure. */
  dropped = 0;
  #items: ConsoleItem[] = [];
  #output: OutputEntry[] = [];
  #nextId = 1;
  readonly #openGroups = new Map<string, OutputItem[]>();

  constructor(capacity = 5000) {
    super();
    this.capacity = capacity;
  }

  get items(): readonly ConsoleItem[] {
    return this.#items;
  }

  /** What the code wrote, each entry for itself; at most `capacity` of them. */
  get output(): OutputEntry[] {
    return [...this.#output];
  }

  add(addition: ConsoleAddition): void {
    this.#push({ ...addition, ...this.#stamp() } as ConsoleItem);
  }

  /** `clear` empties the log; `groupEnd` shows in the depth of what follows. Repeated plain text is counted. */
  addOutput(entry: OutputEntry): void {
    if (entry.method === 'clear') {
      this.clear();
      return;
    }
    this.#output.push(entry);
    if (this.#output.length > this.capacity) this.#output.shift();
    if (entry.method === 'groupEnd') return;
    const parent = this.#place(entry);
    const last = this.#items.at(-1);
    if (last?.kind === 'output' && last.parent === parent && repeats(last.entry, entry)) {
      last.count += 1;
      this.#changed();
      return;
    }
    const isGroup = entry.method === 'group' || entry.method === 'groupCollapsed';
    const item: OutputItem = {
      kind: 'output',
      ...this.#stamp(entry.time),
      entry,
      count: 1,
      parent,
      collapsed: isGroup ? entry.method === 'groupCollapsed' : undefined,
    };
    if (isGroup) this.#groupsOf(entry).push(item);
    this.#push(item);
  }

  toggle(group: OutputItem): void {
    group.collapsed = !group.collapsed;
    this.#changed();
  }

  clear(): void {
    this.#items = [];
    this.#output = [];
    this.#openGroups.clear();
    this.dropped = 0;
    this.#changed();
  }

  /** What is shown under a filter, without what stands in a collapsed group. */
  visible(filter: ConsoleFilter): ConsoleItem[] {
    const text = filter.text.trim().toLowerCase();
    return this.#items.filter((item) => !isFolded(item) && levelOf(item) >= severity[filter.level] && (text === '' || textOf(item).includes(text)));
  }

  #push(item: ConsoleItem): void {
    this.#items.push(item);
    const excess = this.#items.length - this.capacity;
    if (excess > 0) {
      this.#items.splice(0, excess);
      this.dropped += excess;
    }
    this.#changed();
  }

  /** Executions interleave, so each has its own open groups. */
  #place(entry: OutputEntry): OutputItem | undefined {
    if (entry.depth === 0) {
      this.#openGroups.delete(entry.runId ?? '');
      return undefined;
    }
    const groups = this.#groupsOf(entry);
    groups.length = Math.min(groups.length, entry.depth);
    return groups.at(-1);
  }

  #groupsOf(entry: OutputEntry): OutputItem[] {
    const key = entry.runId ?? '';
    const groups = this.#openGroups.get(key) ?? [];
    this.#openGroups.set(key, groups);
    return groups;
  }

  #stamp(time = Date.now()): { id: number; time: number } {
    return { id: this.#nextId++, time };
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** Groups and values to inspect are never folded: each may differ from the one before in what a line cannot show. */
function repeats(last: OutputEntry, next: OutputEntry): boolean {
  const isPlain = last.parts.every((part) => 'text' in part || part.preview.type !== 'object');
  return (
    isPlain &&
    last.table === undefined &&
    last.method === next.method &&
    !next.method.startsWith('group') &&
    last.level === next.level &&
    last.runId === next.runId &&
    last.text === next.text &&
    JSON.stringify(last.parts) === JSON.stringify(next.parts) &&
    JSON.stringify(last.frames?.[0]) === JSON.stringify(next.frames?.[0])
  );
}

function isFolded(item: ConsoleItem): boolean {
  if (item.kind !== 'output') return false;
  for (let group = item.parent; group !== undefined; group = group.parent) {
    if (group.collapsed) return true;
  }
  return false;
}

function levelOf(item: ConsoleItem): number {
  if (item.kind === 'output') return severity[item.entry.level];
  return item.kind === 'failure' ? severity.error : severity.log;
}

function textOf(item: ConsoleItem): string {
  switch (item.kind) {
    case 'output':
      return item.entry.text.toLowerCase();
    case 'input':
      return item.code.toLowerCase();
    case 'result':
      return item.preview.text.toLowerCase();
    case 'failure':
      return `${item.error.name}: ${item.error.message}`.toLowerCase();
    case 'notice':
      return item.text.toLowerCase();
  }
}
