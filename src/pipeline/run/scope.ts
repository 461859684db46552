import type { Parameters } from '../definition/parameters.js';

/** The parameters that a list of steps sees. A branch works on a copy, and its step merges what it gave. */
export class Scope {
  readonly #values: Map<string, unknown>;
  readonly #given = new Set<string>();

  constructor(values: Iterable<readonly [string, unknown]> = []) {
    this.#values = new Map(values);
  }

  /** Of what was given in it: not what it began with. */
  get given(): ReadonlyMap<string, unknown> {
    return new Map([...this.#given].map((name) => [name, this.#values.get(name)]));
  }

  /** All of them, frozen. */
  get parameters(): Parameters {
    return Object.freeze(Object.fromEntries(this.#values));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  get(name: string): unknown {
    return this.#values.get(name);
  }

  give(values: Iterable<readonly [string, unknown]>): void {
    for (const [name, value] of values) {
      this.#values.set(name, value);
      this.#given.add(name);
    }
  }

  /** A copy that has given nothing. @param more parameters that it has beside these */
  fork(more: Iterable<readonly [string, unknown]> = []): Scope {
    return new Scope([...this.#values, ...more]);
  }
}
