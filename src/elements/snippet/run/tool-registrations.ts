import type * as sdk from '../../../sdk/index.js';
import type { Codemode } from '../../../sdk/index.js';

/** The whole of `codemode-playground/sdk`: a module that registers tools needs no copy of its own. */
export type Sdk = typeof sdk;

/** Registers tools; may be asynchronous. The snippet whose run waited for it shows what it throws. */
export type RegisterTools = (codemode: Codemode, sdk: Sdk) => void | Promise<void>;

/** The functions that register tools for the snippets of a page. */
export class ToolRegistrations {
  readonly #functions: RegisterTools[] = [];
  readonly #listeners = new Set<(register: RegisterTools) => void>();

  /** The functions so far. */
  get all(): readonly RegisterTools[] {
    return [...this.#functions];
  }

  add(register: RegisterTools): void {
    this.#functions.push(register);
    for (const listener of this.#listeners) listener(register);
  }

  /** Calls back for functions that are added from now on, until the returned function is called. */
  subscribe(listener: (register: RegisterTools) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
