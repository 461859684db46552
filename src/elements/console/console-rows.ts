import { isShown, type ConsoleFilter } from './console-filter.js';
import type { ConsoleItem } from './console-item.js';
import type { ConsoleLog } from './console-log.js';
import { RowHeights } from './row-heights.js';
import { SlidingList } from './sliding-list.js';

/** Height of a one-line row in pixels. */
const lineHeight = 27;

/** The filtered rows of a log with their heights. An update takes time in proportion to the changes. */
export class ConsoleRows {
  readonly heights = new RowHeights(lineHeight);
  readonly #items = new SlidingList<ConsoleItem>();
  /** Last measured heights, for rows that reappear under another filter. */
  readonly #measured = new Map<number, number>();
  #log: ConsoleLog | undefined;
  #filter: ConsoleFilter = { level: 'debug', text: '' };
  #revision = -1;
  /** Id of the last processed item. */
  #seen = 0;

  get length(): number {
    return this.#items.length;
  }

  at(row: number): ConsoleItem | undefined {
    return this.#items.at(row);
  }

  slice(from: number, to: number): ConsoleItem[] {
    return this.#items.slice(from, to);
  }

  /** Returns the row of an item, or of the next shown item. */
  rowOf(id: number): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#items.at(middle)!.id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  update(log: ConsoleLog, { level, text }: ConsoleFilter): void {
    const filter = { level, text: text.trim().toLowerCase() };
    const isSame =
      log === this.#log &&
      log.revision === this.#revision &&
      filter.level === this.#filter.level &&
      filter.text === this.#filter.text;
    if (!isSame) {
      if (log !== this.#log) this.#measured.clear();
      this.#items.clear();
      this.heights.clear();
      this.#seen = 0;
    }
    this.#log = log;
    this.#revision = log.revision;
    this.#filter = filter;
    this.#dropForgotten(log.at(0)?.id ?? Infinity);
    const firstNew = Math.max(0, log.length === 0 ? 0 : this.#seen + 1 - log.at(0)!.id);
    for (let index = firstNew; index < log.length; index++) {
      const item = log.at(index)!;
      this.#seen = item.id;
      if (!isShown(item, filter)) continue;
      this.#items.push(item);
      this.heights.push(this.#measured.get(item.id));
    }
  }

  measured(row: number, height: number): void {
    this.heights.set(row, height);
    this.#measured.set(this.#items.at(row)!.id, height);
  }

  /** Discards the measured heights after a change of the width. */
  forgetHeights(): void {
    this.#measured.clear();
    this.heights.clear();
    for (let row = 0; row < this.#items.length; row++) this.heights.push();
  }

  #dropForgotten(firstId: number): void {
    let count = 0;
    for (let item = this.#items.at(0); item !== undefined && item.id < firstId; item = this.#items.at(count)) {
      this.#measured.delete(item.id);
      count++;
    }
    this.#items.dropFirst(count);
    this.heights.dropFirst(count);
  }
}
