import type { OutputEntry } from '../../sdk/types.js';
import { itemWeight, type ConsoleAddition, type ConsoleItem, type OutputItem } from './console-item.js';
import { SlidingList } from './sliding-list.js';

/** Characters that a log keeps in all, roughly: 100,000 plain lines, or fewer of large values. */
const maxWeight = 64 * 1024 * 1024;
/** Executions whose groups may be left open. */
const maxOpenGroups = 500;

/**
 * The entries of one tab's console, oldest first. Dispatches `change` after every change. Holds at most `capacity` items, and fewer
 * where they are large; beyond it forgets the oldest.
 */
export class ConsoleLog extends EventTarget {
  readonly capacity: number;
  /** How many were forgotten, or were dropped before they came. */
  dropped = 0;
  readonly #items = new SlidingList<ConsoleItem>();
  readonly #output = new SlidingList<OutputEntry>();
  #weight = 0;
  #nextId = 1;
  #revision = 0;
  readonly #openGroups = new Map<string, OutputItem[]>();

  constructor(capacity = 100_000) {
    super();
    this.capacity = capacity;
  }

  get length(): number {
    return this.#items.length;
  }

  get items(): readonly ConsoleItem[] {
    return this.#items.slice();
  }

  /** Another number after every change but the adding and forgetting of items. */
  get revision(): number {
    return this.#revision;
  }

  /** From 0, negative from the end. Ids of neighbours follow each other. */
  at(index: number): ConsoleItem | undefined {
    return this.#items.at(index);
  }

  /** What the code wrote, each entry for itself; at most `capacity` of them. */
  get output(): OutputEntry[] {
    return this.#output.slice();
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
    this.dropped += entry.dropped ?? 0;
    this.#output.push(entry);
    if (this.#output.length > this.capacity) this.#output.dropFirst(1);
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
    this.#revision++;
    this.#changed();
  }

  clear(): void {
    this.#items.clear();
    this.#output.clear();
    this.#openGroups.clear();
    this.#weight = 0;
    this.dropped = 0;
    this.#revision++;
    this.#changed();
  }

  #push(item: ConsoleItem): void {
    this.#items.push(item);
    this.#weight += itemWeight(item);
    while (this.#items.length > this.capacity || (this.#weight > maxWeight && this.#items.length > 1)) {
      this.#weight -= itemWeight(this.#items.at(0)!);
      this.#items.dropFirst(1);
      this.dropped++;
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
    const [oldest] = this.#openGroups.keys();
    if (this.#openGroups.size > maxOpenGroups) this.#openGroups.delete(oldest!);
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
