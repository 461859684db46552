import type { EditStore, KeptEdit } from './kept-edits.js';

/** Another version of the code that the reader can choose. */
export interface Offer {
  /** The author has changed the code since the edit, or another tab has stored a different edit. */
  readonly kind: 'page-changed' | 'other-tab';
  readonly edit: KeptEdit | undefined;
}

/**
 * The reader's version of a snippet's code, stored on every change. Never chooses between two versions: a conflicting stored version
 * becomes an offer.
 */
export class ReadersCode {
  readonly #changed: () => void;
  #store: EditStore | undefined;
  #text: string | undefined;
  #base = '';
  /** The version that this tab last read or stored; the base of further edits. */
  #stored: string | undefined;
  #offer: Offer | undefined;

  /** @param changed called after each change of `text` or `offer` */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The reader's version; undefined if the author's code is unchanged. */
  get text(): string | undefined {
    return this.#text;
  }

  get offer(): Offer | undefined {
    return this.#offer;
  }

  /** Reads the stored edit and stores later changes in the same place. `base` is the author's current code. */
  open(store: EditStore, base: string): void {
    this.#store = store;
    this.#base = base;
    const edit = store.read();
    if (edit === undefined || edit.code === base) return;
    if (edit.base === base) this.#show(edit.code);
    else this.#offer = { kind: 'page-changed', edit };
    this.#changed();
  }

  /** Changes the code. Stores changes by the reader; the page stores its own. */
  change(code: string, base: string, by: 'reader' | 'page'): void {
    this.#base = base;
    this.#text = code === base ? undefined : code;
    if (by === 'reader') this.#keep();
    this.#changed();
  }

  /** Restores the author's code. */
  reset(): void {
    this.#show(undefined);
    this.#offer = undefined;
    this.#store?.remove();
    this.#changed();
  }

  /** Handles a change of the storage by another tab. Keeps newer changes of this tab. */
  storedElsewhere(): void {
    if (this.#store === undefined) return;
    if (this.#text !== this.#stored) {
      this.#keep();
      this.#changed();
      return;
    }
    const edit = this.#store.read();
    this.#show(edit?.base === this.#base ? edit.code : undefined);
    this.#changed();
  }

  /** Accepts the offered version. */
  acceptOffer(): void {
    const { edit } = this.#offer ?? {};
    this.#offer = undefined;
    this.#store?.read();
    this.#show(edit?.code);
    // On the next visit, the page's current code counts as the base of this version.
    if (edit !== undefined && edit.base !== this.#base) this.#store?.write(edit.code, this.#base);
    this.#changed();
  }

  /** Keeps the shown version. */
  declineOffer(): void {
    this.#offer = undefined;
    this.#store?.read();
    if (this.#text === undefined) this.#store?.remove();
    else this.#keep();
    this.#changed();
  }

  #show(text: string | undefined): void {
    this.#text = text;
    this.#stored = text;
  }

  #keep(): void {
    if (this.#store === undefined) return;
    if (this.#text === undefined) {
      this.#store.remove();
      this.#stored = undefined;
      return;
    }
    const other = this.#store.write(this.#text, this.#base);
    if (other === undefined) this.#stored = this.#text;
    else if (other.code !== this.#text) this.#offer = { kind: 'other-tab', edit: other };
  }
}
