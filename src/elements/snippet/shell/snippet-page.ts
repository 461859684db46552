import type { CodemodeChoice } from '../run/page-codemodes.js';
import type { Codemode } from '../../../sdk/index.js';
import type { RunnableSnippet } from '../run/runnable-snippet.js';
import type { SnippetRuns } from '../run/snippet-runs.js';
import { ToolRegistrations } from '../run/tool-registrations.js';

/** A snippet as the page sees it. */
export interface PageMember extends RunnableSnippet {
  requestUpdate(): void;
  /** Handles a change of the stored edit by another tab. */
  storedElsewhere(key: string): void;
}

const pages = new WeakMap<Document, SnippetPage>();

/**
 * The snippets of a document in document order, their registered tools and their runs. Listens to the storage changes of other tabs.
 * `close` releases every session and `Codemode`.
 */
export class SnippetPage<S extends PageMember = PageMember> {
  readonly registrations = new ToolRegistrations();
  readonly #members = new Set<S>();
  readonly #numbers = new WeakMap<object, number>();
  #lastNumber = 0;
  #sorted: readonly S[] | undefined;
  #isRefreshing = false;
  #runs: Promise<SnippetRuns> | undefined;

  /** Returns the page of a document; creates it at the first call. */
  static of(document: Document): SnippetPage {
    let page = pages.get(document);
    if (page === undefined) {
      page = new SnippetPage();
      pages.set(document, page);
    }
    return page;
  }

  /** All snippets in document order. */
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

  /** Returns a number that is unique for each object of the page. */
  numberOf(object: object): number {
    let number = this.#numbers.get(object);
    if (number === undefined) {
      number = ++this.#lastNumber;
      this.#numbers.set(object, number);
    }
    return number;
  }

  /** Updates the outdated state of the snippets after a change or a run. */
  refresh(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    queueMicrotask(() => {
      this.#isRefreshing = false;
      for (const snippet of this.#members) if (snippet.lastRun !== undefined) snippet.requestUpdate();
    });
  }

  /** Returns the runs of the page; loads the SDK at the first call. @throws the error of a failed import; the next call tries again */
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

  /** Returns the shared `Codemode` of all snippets with these attributes. */
  async codemode(choice: CodemodeChoice): Promise<Codemode> {
    return await (await this.runs()).codemodes.get(choice);
  }

  /** Closes every session and `Codemode` of the snippets. A later run creates new ones. */
  async close(): Promise<void> {
    const runs = await this.#runs?.catch(() => undefined);
    this.#runs = undefined;
    await runs?.close();
  }

  readonly #onStorage = ({ key }: StorageEvent): void => {
    if (key !== null) for (const snippet of this.#members) snippet.storedElsewhere(key);
  };
}
