import { componentType } from '../../protocol/messages/mime-bundle.js';
import type { OutputEntry } from '../../sdk/types.js';
import {
  itemWeight,
  type ConsoleAddition,
  type ConsoleItem,
  type OutputItem,
  type RunBadge,
  type ShownCall,
  type ToolItem,
} from './console-item.js';
import type { ComponentSource } from '../output/component-view.js';
import { SlidingList } from './sliding-list.js';

/** Approximate maximum size of a log in characters: 100,000 plain lines, or fewer large values. */
const maxWeight = 64 * 1024 * 1024;
/** Maximum number of executions with open groups. */
const maxOpenGroups = 500;

/**
 * The entries of one tab's console, oldest first. Dispatches `change` after every change. Holds at most `capacity` items, or fewer large
 * ones; drops the oldest first.
 */
export class ConsoleLog extends EventTarget {
  readonly capacity: number;
  /** Number of entries dropped here or before they arrived. */
  dropped = 0;
  /** The session that has the code of components: those that leave the log end. */
  source: ComponentSource | undefined;
  readonly #items = new SlidingList<ConsoleItem>();
  readonly #output = new SlidingList<OutputEntry>();
  #weight = 0;
  #nextId = 1;
  #revision = 0;
  readonly #openGroups = new Map<string, OutputItem[]>();
  /** What `display` showed, by the id that updates name. */
  readonly #displayed = new Map<string, OutputItem>();

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

  /** Changes with every change except added and dropped items. */
  get revision(): number {
    return this.#revision;
  }

  /** Returns an item by its index, starting at 0; negative indices count from the end. Ids are consecutive. */
  at(index: number): ConsoleItem | undefined {
    return this.#items.at(index);
  }

  /** Output entries without the counting of repetitions; at most `capacity`. */
  get output(): OutputEntry[] {
    return this.#output.slice();
  }

  add(addition: ConsoleAddition): ConsoleItem {
    const item = { ...addition, ...this.#stamp() } as ConsoleItem;
    this.#push(item);
    return item;
  }

  /** More is known of a tool call. */
  updateCall(item: ToolItem, call: ShownCall): void {
    const isHere = item.id >= (this.at(0)?.id ?? Infinity);
    if (isHere) this.#weight -= itemWeight(item);
    item.call = call;
    if (!isHere) return;
    this.#weight += itemWeight(item);
    // Failures are of another level.
    if (call.phase === 'failed') this.#revision++;
    this.#changed();
  }

  /** Adds an entry, or puts an update in the place of what it updates. `clear` empties the log; `groupEnd` only affects the depth of later entries. Counts repeated plain text. @param run the run that wrote it */
  addOutput(entry: OutputEntry, run?: RunBadge): void {
    if (entry.method === 'clear') {
      this.clear();
      return;
    }
    if (entry.isUpdate === true) {
      this.#update(entry);
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
      ...(run && { run }),
      entry,
      count: 1,
      parent,
      collapsed: isGroup ? entry.method === 'groupCollapsed' : undefined,
    };
    if (isGroup) this.#groupsOf(entry).push(item);
    if (entry.id !== undefined) this.#displayed.set(entry.id, item);
    this.#push(item);
  }

  /** What was cleared or dropped stays so. */
  #update(entry: OutputEntry): void {
    const item = this.#displayed.get(entry.id!);
    if (item === undefined) return;
    this.#output.replaceLast((one) => one.id === entry.id, entry);
    this.#weight -= itemWeight(item);
    item.entry = entry;
    this.#weight += itemWeight(item);
    this.#changed();
  }

  toggle(group: OutputItem): void {
    group.collapsed = !group.collapsed;
    this.#revision++;
    this.#changed();
  }

  /** Ends the components that the log has: nobody will see them again. */
  endComponents(): void {
    this.#displayed.forEach((item) => this.#endComponent(item));
  }

  #endComponent({ entry }: OutputItem): void {
    const { id } = (entry.bundle?.[componentType] ?? {}) as { readonly id?: unknown };
    if (typeof id === 'string') this.source?.component?.({ id, action: 'unmount' }).catch(() => undefined);
  }

  clear(): void {
    this.endComponents();
    this.#items.clear();
    this.#output.clear();
    this.#openGroups.clear();
    this.#displayed.clear();
    this.#weight = 0;
    this.dropped = 0;
    this.#revision++;
    this.#changed();
  }

  #push(item: ConsoleItem): void {
    this.#items.push(item);
    this.#weight += itemWeight(item);
    while (this.#items.length > this.capacity || (this.#weight > maxWeight && this.#items.length > 1)) {
      const oldest = this.#items.at(0)!;
      this.#weight -= itemWeight(oldest);
      if (oldest.kind === 'output' && this.#displayed.get(oldest.entry.id ?? '') === oldest) {
        this.#displayed.delete(oldest.entry.id!);
        this.#endComponent(oldest);
      }
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

/** Whether an entry repeats the last one. Groups and expandable values never do, as one line may not show their differences. */
function repeats(last: OutputEntry, next: OutputEntry): boolean {
  const isPlain = last.parts.every((part) => 'text' in part || part.preview.type !== 'object');
  return (
    isPlain &&
    next.id === undefined &&
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
