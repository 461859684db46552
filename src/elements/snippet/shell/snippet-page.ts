import type { CodemodeChoice } from '../run/page-codemodes.js';
import type { Codemode } from '../../../sdk/index.js';
import type { RunnableSnippet } from '../run/runnable-snippet.js';
import type { SnippetRuns } from '../run/snippet-runs.js';
import { ToolRegistrations } from '../run/tool-registrations.js';

/** What the page needs of a snippet to know about the others. */
export interface PageMember extends RunnableSnippet {
  requestUpdate(): void;
  /** Another tab stored an edit under this key, or removed it. */
  storedElsewhere(key: string): void;
}

const pages = new WeakMap<Document, SnippetPage>();

/**
 * The snippets of a document in their order, the tools that are registered for them, and their runs. Listens for all of them to
 * what other tabs store. `close` releases every session and `Codemode`.
 */
export class SnippetPage<S extends PageMember = PageMember> {
  readonly registrations = new ToolRegistrations();
  readonly #members = new Set<S>();
  readonly #numbers = new WeakMap<object, number>();
  #lastNumber = 0;
  #sorted: readonly S[] | undefined;
  #isRefreshing = false;
  #runs: Promise<SnippetRuns> | undefined;

  /** The page of a document, made at the first call. */
  static of(document: Document): SnippetPage {
    let page = pages.get(document);
    if (page === undefined) {
      page = new SnippetPage();
      pages.set(document, page);
    }
    return page;
  }

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

  /** A number that no other object of the page has. */
  numberOf(object: object): number {
    let number = this.#numbers.get(object);
    if (number === undefined) {
      number = ++this.#lastNumber;
      this.#numbers.set(object, number);
    }
    return number;
  }

  /** Code has changed or run: snippets that have run may be outdated now, or no longer. */
  refresh(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    queueMicrotask(() => {
      this.#isRefreshing = false;
      for (const snippet of this.#members) if (snippet.lastRun !== undefined) snippet.requestUpdate();
    });
  }

  /** The runs of the page; loads the SDK at the first call. @throws what kept its files from loading; the next call tries again */
  runs(): Promise<SnippetRuns> {
    this.#runs ??= import('../run/runtime.js').then(
      ({ SnippetRuns }) => new SnippetRuns(this),
      (error: unknown) => {
        this.#runs = undefined;
        throw error;
      },
    );
    return this.#runs;
  }

  /** The `Codemode` that snippets with these attributes share. */
  async codemode(choice: CodemodeChoice): Promise<Codemode> {
    return await (await this.runs()).codemodes.get(choice);
  }

  /** Ends all sessions of the snippets and every `Codemode` that was made for them. A later run makes new ones. */
  async close(): Promise<void> {
    const runs = await this.#runs?.catch(() => undefined);
    this.#runs = undefined;
    await runs?.close();
  }

  readonly #onStorage = ({ key }: StorageEvent): void => {
    if (key !== null) for (const snippet of this.#members) snippet.storedElsewhere(key);
  };
}
