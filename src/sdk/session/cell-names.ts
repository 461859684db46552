import { maxFileNameCharacters } from '../../protocol/bounds.js';

const ownName = /^cell-([1-9]\d{0,14})\.ts$/;

/** Names and numbers the cells of a session. Names are the caller's, or `cell-1.ts`, `cell-2.ts` …, of which none is used twice. */
export class CellNames {
  #last = 0;
  #count = 0;
  /** Numbers after the last one whose names callers have used. */
  readonly #used = new Set<number>();

  /**
   * Name and number of the next cell.
   * @param given the caller's name for it
   * @throws TypeError for what is no name, RangeError for one that is too long
   */
  take(given: unknown): { readonly fileName: string; readonly cell: number } {
    const fileName = given === undefined ? this.#nextName() : this.#checked(given);
    return { fileName, cell: ++this.#count };
  }

  #nextName(): string {
    do this.#last++;
    while (this.#used.delete(this.#last));
    return `cell-${this.#last}.ts`;
  }

  #checked(given: unknown): string {
    if (typeof given !== 'string' || given === '')
      throw new TypeError(`Expected fileName to be a non-empty string, but got ${given === '' ? '""' : typeof given}.`);
    if (given.length > maxFileNameCharacters)
      throw new RangeError(
        `Expected a fileName of at most ${maxFileNameCharacters} characters, but it has ${given.length}.`,
      );
    if (/[\n\r\u2028\u2029]/.test(given))
      throw new TypeError(`Expected a fileName of one line, but got ${JSON.stringify(given)}.`);
    const number = Number(ownName.exec(given)?.[1]);
    if (number > this.#last) this.#used.add(number);
    return given;
  }
}
