import { randomHex } from '../../../context/random-hex.js';

/** A reader's version of a snippet, as it is stored. */
export interface KeptEdit {
  readonly code: string;
  /** The author's code that it was made from. */
  readonly base: string;
  /** Another one for each time it was written. */
  readonly version: string;
}

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Where one snippet's edits are kept. It writes only over what it has itself read or written: what another tab wrote meanwhile is
 * handed back instead, so that somebody can choose. Where storage is full or denied, edits last as long as the page.
 */
export class EditStore {
  readonly #storage: () => TextStorage;
  readonly #key: string;
  #known: string | undefined;

  /** @param storage read late, as a browser may deny it */
  constructor(key: string, storage: () => TextStorage = () => localStorage) {
    this.#key = key;
    this.#storage = storage;
  }

  /** What is stored; from now on it may be written over. */
  read(): KeptEdit | undefined {
    const edit = this.#peek();
    this.#known = edit?.version;
    return edit;
  }

  /** Stores an edit. Returns what another tab has stored since, and leaves it there. */
  write(code: string, base: string): KeptEdit | undefined {
    const current = this.#peek();
    if (current !== undefined && current.version !== this.#known) return current;
    const version = randomHex(16);
    try {
      this.#storage().setItem(this.#key, JSON.stringify({ code, base, version } satisfies KeptEdit));
      this.#known = version;
    } catch {
      // As said: they last as long as the page.
    }
    return undefined;
  }

  /** Forgets the edit, unless it is one that another tab has stored since. */
  remove(): void {
    if (this.#peek()?.version !== this.#known) return;
    this.#known = undefined;
    try {
      this.#storage().removeItem(this.#key);
    } catch {
      // Nothing was stored either.
    }
  }

  #peek(): KeptEdit | undefined {
    try {
      const edit: unknown = JSON.parse(this.#storage().getItem(this.#key) ?? 'null');
      return isKeptEdit(edit) ? edit : undefined;
    } catch {
      return undefined;
    }
  }
}

function isKeptEdit(value: unknown): value is KeptEdit {
  const { code, base, version } = (value ?? {}) as Partial<Record<keyof KeptEdit, unknown>>;
  return typeof code === 'string' && typeof base === 'string' && typeof version === 'string';
}
