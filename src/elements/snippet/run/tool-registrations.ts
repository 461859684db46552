import type * as sdk from '../../../sdk/index.js';
import type { Codemode } from '../../../sdk/index.js';

/** All exports of `codemode-playground/sdk`, so that a tools module needs no import of its own. */
export type Sdk = typeof sdk;

/** Registers tools; may be asynchronous. The snippet that waits for it shows its errors. */
export type RegisterTools = (codemode: Codemode, sdk: Sdk) => void | Promise<void>;

/** The functions that register tools for the snippets of a page. */
export class ToolRegistrations {
  readonly #functions: RegisterTools[] = [];
  readonly #listeners = new Set<(register: RegisterTools) => void>();

  /** All functions registered so far. */
  get all(): readonly RegisterTools[] {
    return [...this.#functions];
  }

  add(register: RegisterTools): void {
    this.#functions.push(register);
    for (const listener of this.#listeners) listener(register);
  }

  /** Calls back for each new function. The returned function unsubscribes. */
  subscribe(listener: (register: RegisterTools) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
