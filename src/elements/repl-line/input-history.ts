/** What was run in one console, with a cursor that walks through it and keeps the draft that was there before. */
export class InputHistory {
  /** What stands in the line and was not run yet. */
  draft = '';
  readonly #inputs: string[] = [];
  #cursor = 0;
  #before = '';
  readonly #capacity: number;

  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  /** Remembers an input, once where it was the last one already, and leaves the walk. */
  add(input: string): void {
    if (this.#inputs.at(-1) !== input) this.#inputs.push(input);
    if (this.#inputs.length > this.#capacity) this.#inputs.shift();
    this.#cursor = this.#inputs.length;
    this.#before = '';
    this.draft = '';
  }

  /** The input before, or `undefined` at the oldest. `shown` is what stands in the line now. */
  previous(shown: string): string | undefined {
    if (this.#cursor === 0) return undefined;
    if (this.#cursor === this.#inputs.length) this.#before = shown;
    this.#cursor -= 1;
    return this.#inputs[this.#cursor];
  }

  /** The input after, the draft after the newest, or `undefined` if the walk has ended. */
  next(): string | undefined {
    if (this.#cursor === this.#inputs.length) return undefined;
    this.#cursor += 1;
    return this.#inputs[this.#cursor] ?? this.#before;
  }
}
