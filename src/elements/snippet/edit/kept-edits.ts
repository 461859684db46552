import { randomHex } from '../../../context/random-hex.js';

/** A stored edit of a snippet. */
export interface KeptEdit {
  readonly code: string;
  /** The author's code at the time of the edit. */
  readonly base: string;
  /** Changes with every write. */
  readonly version: string;
}

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Stores the edits of one snippet. Overwrites only a version that it has read or written itself. A newer version from another tab is
 * returned instead, so that the reader can choose. If storage is full or denied, edits last until the page closes.
 */
export class EditStore {
  readonly #storage: () => TextStorage;
  readonly #key: string;
  #known: string | undefined;

  /** @param storage called at each access, as the browser may deny it */
  constructor(key: string, storage: () => TextStorage = () => localStorage) {
    this.#key = key;
    this.#storage = storage;
  }

  /** Returns the stored edit. The next write may overwrite it. */
  read(): KeptEdit | undefined {
    const edit = this.#peek();
    this.#known = edit?.version;
    return edit;
  }

  /** Stores an edit. If another tab has stored a newer one, keeps and returns that one. */
  write(code: string, base: string): KeptEdit | undefined {
    const current = this.#peek();
    if (current !== undefined && current.version !== this.#known) return current;
    const version = randomHex(16);
    try {
      this.#storage().setItem(this.#key, JSON.stringify({ code, base, version } satisfies KeptEdit));
      this.#known = version;
    } catch {
      // Storage is full or denied: the edit lasts until the page closes.
    }
    return undefined;
  }

  /** Removes the edit, unless another tab has stored a newer one. */
  remove(): void {
    if (this.#peek()?.version !== this.#known) return;
    this.#known = undefined;
    try {
      this.#storage().removeItem(this.#key);
    } catch {
      // Storage is denied: there is nothing to remove.
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
