import type { Cell } from '../run/run-order.js';

/** What the page needs of a snippet to know about the others. */
export interface PageMember extends Cell, Node {
  requestUpdate(): void;
  /** Another tab stored an edit under this key, or removed it. */
  storedElsewhere(key: string): void;
}

/** The snippets of a page, in its order. Listens for all of them to what happens outside of the page. */
export class PageSnippets<S extends PageMember> {
  readonly #members = new Set<S>();
  #sorted: readonly S[] | undefined;
  #isRefreshing = false;

  /** As they stand in the document. */
  get all(): readonly S[] {
    this.#sorted ??= [...this.#members].sort((one, other) =>
      one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    return this.#sorted;
  }

  add(snippet: S): void {
    if (this.#members.size === 0) addEventListener('storage', this.#onStorage);
    this.#members.add(snippet);
    this.#sorted = undefined;
  }

  remove(snippet: S): void {
    this.#members.delete(snippet);
    this.#sorted = undefined;
    if (this.#members.size === 0) removeEventListener('storage', this.#onStorage);
  }

  /** Code has changed or run: those that have run may be outdated now, or no longer. */
  refresh(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    queueMicrotask(() => {
      this.#isRefreshing = false;
      for (const snippet of this.#members) if (snippet.lastRun !== undefined) snippet.requestUpdate();
    });
  }

  readonly #onStorage = ({ key }: StorageEvent): void => {
    if (key !== null) for (const snippet of this.#members) snippet.storedElsewhere(key);
  };
}
