import type { EditStore, KeptEdit } from './kept-edits.js';

/** A version that the reader may choose instead of the one shown. */
export interface Offer {
  /** The author has changed the code since it was edited, or another tab has stored an edit of its own. */
  readonly kind: 'page-changed' | 'other-tab';
  readonly edit: KeptEdit | undefined;
}

/**
 * The reader's version of a snippet's code, stored as it is typed. Never decides between two versions: where the stored one does not
 * follow from what is here, it is offered.
 */
export class ReadersCode {
  readonly #changed: () => void;
  #store: EditStore | undefined;
  #text: string | undefined;
  #base = '';
  /** What this tab last read or stored: typing goes on from there. */
  #stored: string | undefined;
  #offer: Offer | undefined;

  /** @param changed called whenever `text` or `offer` is another */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The reader's version; undefined where the author's code stands as it is. */
  get text(): string | undefined {
    return this.#text;
  }

  get offer(): Offer | undefined {
    return this.#offer;
  }

  /** Takes up what is stored under a key, made from `base`, and stores there from now on. */
  open(store: EditStore, base: string): void {
    this.#store = store;
    this.#base = base;
    const edit = store.read();
    if (edit === undefined || edit.code === base) return;
    if (edit.base === base) this.#show(edit.code);
    else this.#offer = { kind: 'page-changed', edit };
    this.#changed();
  }

  /** The code is another now: typed by the reader, to be stored, or set by the page, which does that itself. */
  change(code: string, base: string, by: 'reader' | 'page'): void {
    this.#base = base;
    this.#text = code === base ? undefined : code;
    if (by === 'reader') this.#keep();
    this.#changed();
  }

  /** Brings the author's code back. */
  reset(): void {
    this.#show(undefined);
    this.#offer = undefined;
    this.#store?.remove();
    this.#changed();
  }

  /** Another tab has stored something or removed it. What was changed here since is not given up for it. */
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

  /** The reader chose the version that was offered. */
  acceptOffer(): void {
    const { edit } = this.#offer ?? {};
    this.#offer = undefined;
    this.#store?.read();
    this.#show(edit?.code);
    // Made from what the page says now, as far as the next visit is concerned.
    if (edit !== undefined && edit.base !== this.#base) this.#store?.write(edit.code, this.#base);
    this.#changed();
  }

  /** The reader chose the version that is shown. */
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
