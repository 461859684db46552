/** A queue with access by index: appends at the end and drops from the front in amortized constant time. */
export class SlidingList<T> {
  #items: (T | undefined)[] = [];
  #start = 0;

  get length(): number {
    return this.#items.length - this.#start;
  }

  /** Returns an item by its index, starting at 0; negative indices count from the end. */
  at(index: number): T | undefined {
    return index < 0 ? (-index > this.length ? undefined : this.#items.at(index)) : this.#items[this.#start + index];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Puts an item in the place of the last one that matches, if there is one. */
  replaceLast(matches: (item: T) => boolean, item: T): void {
    for (let at = this.#items.length - 1; at >= this.#start; at--) {
      if (!matches(this.#items[at]!)) continue;
      this.#items[at] = item;
      return;
    }
  }

  /** Drops up to `count` of the oldest items. */
  dropFirst(count: number): void {
    const end = this.#start + Math.min(count, this.length);
    this.#items.fill(undefined, this.#start, end);
    this.#start = end;
    // Dropped items are removed once they are the larger part, so moves stay constant per item.
    if (this.#start * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#start);
    this.#start = 0;
  }

  clear(): void {
    this.#items = [];
    this.#start = 0;
  }

  slice(from = 0, to = this.length): T[] {
    return this.#items.slice(this.#start + from, this.#start + to) as T[];
  }
}
