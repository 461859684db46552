import {
  maxHistoryCells,
  maxHistoryCharacters,
  maxHistoryObjects,
  maxHistoryText,
} from '../../../src/protocol/bounds.js';
import { isObject } from '../../../src/context/is-object.js';
import type { RecalledCell } from '../../../src/protocol/messages/wire.js';
import { intrinsics } from '../realm/intrinsics.js';

const NativeTypeError = TypeError;
/** Names of the latest values, newest first. */
const latestNames = ['_', '__', '___'];

/**
 * The code and the values of the latest cells, by the number of the cell: `In` and `Out` in code, and `_`, `__`, `___` for the
 * latest values. Only the kernel writes them; code may declare the names for itself.
 */
export class History {
  readonly #inputs = new Map<number, string>();
  readonly #outputs = new Map<number, unknown>();
  /** Cells whose values are not kept by their size alone, oldest first. */
  #objects: number[] = [];
  #latest: unknown[] = [];
  #characters = 0;

  /** Defines the names as globals that code can't assign to. */
  install(realm: object): void {
    const define = (name: string, read: () => unknown): void => {
      Reflect.defineProperty(realm, name, {
        get: () => intrinsics.enter(read),
        set: () => {
          throw new NativeTypeError(`Only the session writes ${name}. Declare it to have your own: let ${name} = …`);
        },
      });
    };
    for (const [at, name] of latestNames.entries()) define(name, () => this.#latest[at]);
    define('In', () => {
      const list: string[] = [''];
      for (const [cell, code] of this.#inputs) list[cell] = code;
      return Object.freeze(list);
    });
    define('Out', () => Object.freeze(Object.fromEntries(this.#outputs)));
  }

  begin(cell: number, code: string): void {
    this.#inputs.set(cell, code);
    this.#characters += code.length;
    for (const [oldest, text] of this.#inputs) {
      if (this.#inputs.size <= maxHistoryCells && this.#characters <= maxHistoryCharacters) break;
      this.#inputs.delete(oldest);
      this.#outputs.delete(oldest);
      this.#characters -= text.length;
    }
  }

  /** @param value of the cell; `undefined` moves nothing */
  end(cell: number, value: unknown): void {
    if (value !== undefined) this.#move(cell, value);
  }

  /** Takes cells that ran elsewhere, in the order of their ends. A value that could not be kept is `undefined`. */
  recall(cells: readonly RecalledCell[]): true {
    for (const one of cells) {
      this.begin(one.cell, one.code);
      if ('value' in one) this.#move(one.cell, one.value);
    }
    return true;
  }

  #move(cell: number, value: unknown): void {
    this.#latest = [value, ...this.#latest].slice(0, latestNames.length);
    if (value === undefined || !this.#inputs.has(cell)) return;
    this.#outputs.set(cell, value);
    if (!isObject(value) && (typeof value !== 'string' || value.length <= maxHistoryText)) return;
    this.#objects.push(cell);
    if (this.#objects.length > maxHistoryObjects) this.#outputs.delete(this.#objects.shift()!);
  }
}
