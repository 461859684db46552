/** A list that grows at its end and is forgotten from its front, at the same cost however long it is. */
export class SlidingList<T> {
  #items: (T | undefined)[] = [];
  #start = 0;

  get length(): number {
    return this.#items.length - this.#start;
  }

  /** From 0; negative from the end. */
  at(index: number): T | undefined {
    return index < 0 ? (-index > this.length ? undefined : this.#items.at(index)) : this.#items[this.#start + index];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Forgets so many of the oldest, or all there are. */
  dropFirst(count: number): void {
    const end = this.#start + Math.min(count, this.length);
    this.#items.fill(undefined, this.#start, end);
    this.#start = end;
    // What was dropped is cut off when it is the larger part, so that each item is moved once in its life.
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
