import { maxFileNameCharacters } from '../../protocol/bounds.js';

const countedName = /^cell-([1-9]\d{0,14})\.ts$/;

/**
 * Names and numbers the cells of a session. A cell without a name gets `cell-1.ts`, `cell-2.ts` …, and so does one whose
 * counted name is taken. Other names are the caller's and may repeat.
 */
export class CellNames {
  #last = 0;
  #count = 0;
  /** Numbers after the last one that are taken. */
  readonly #taken = new Set<number>();
  /** Numbers whose names wait for their cells. */
  readonly #reserved = new Set<number>();

  /**
   * Name and number of the next cell.
   * @param given the caller's name for it
   * @throws TypeError for what is no name, RangeError for one that is too long
   */
  take(given: unknown): { readonly fileName: string; readonly cell: number } {
    const fileName = given === undefined ? this.#nextName() : this.#unique(checkedName(given));
    return { fileName, cell: ++this.#count };
  }

  /** Keeps a counted name for the cell that will be given it. @returns `false` if another cell has it */
  reserve(fileName: string): boolean {
    const number = numberOf(fileName);
    if (number === undefined) return true;
    if (this.#isTaken(number)) return false;
    this.#taken.add(number);
    this.#reserved.add(number);
    return true;
  }

  #nextName(): string {
    do this.#last++;
    while (this.#taken.delete(this.#last));
    return `cell-${this.#last}.ts`;
  }

  #unique(fileName: string): string {
    const number = numberOf(fileName);
    if (number === undefined || this.#reserved.delete(number)) return fileName;
    if (this.#isTaken(number)) return this.#nextName();
    this.#taken.add(number);
    return fileName;
  }

  #isTaken(number: number): boolean {
    return number <= this.#last || this.#taken.has(number);
  }
}

function numberOf(fileName: string): number | undefined {
  const digits = countedName.exec(fileName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function checkedName(given: unknown): string {
  if (typeof given !== 'string' || given === '')
    throw new TypeError(`Expected fileName to be a non-empty string, but got ${given === '' ? '""' : typeof given}.`);
  if (given.length > maxFileNameCharacters)
    throw new RangeError(
      `Expected a fileName of at most ${maxFileNameCharacters} characters, but it has ${given.length}.`,
    );
  if (/[\n\r\u2028\u2029]/.test(given))
    throw new TypeError(`Expected a fileName of one line, but got ${JSON.stringify(given)}.`);
  return given;
}
