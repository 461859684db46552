/** The inputs of one console, with a cursor for the history and the draft from before the cursor moved. */
export class InputHistory {
  /** Text of the line that has not run yet. */
  draft = '';
  readonly #inputs: string[] = [];
  #cursor = 0;
  #before = '';
  readonly #capacity: number;

  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  /** Adds an input, unless it repeats the last one, and resets the cursor. */
  add(input: string): void {
    if (this.#inputs.at(-1) !== input) this.#inputs.push(input);
    if (this.#inputs.length > this.#capacity) this.#inputs.shift();
    this.#cursor = this.#inputs.length;
    this.#before = '';
    this.draft = '';
  }

  /** The previous input, or `undefined` at the oldest. `shown` is the present text of the line. */
  previous(shown: string): string | undefined {
    if (this.#cursor === 0) return undefined;
    if (this.#cursor === this.#inputs.length) this.#before = shown;
    this.#cursor -= 1;
    return this.#inputs[this.#cursor];
  }

  /** The next input, the draft after the newest, or `undefined` after the draft. */
  next(): string | undefined {
    if (this.#cursor === this.#inputs.length) return undefined;
    this.#cursor += 1;
    return this.#inputs[this.#cursor] ?? this.#before;
  }
}
