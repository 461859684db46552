import { RunPresenter } from '../../run/run-presenter.js';
import { locales } from '../../shared/locale.js';
import { english } from '../../shared/strings.js';
import type { SessionEventDetails, SessionLike } from '../../../sdk/types.js';
import type { RunnableSnippet } from './runnable-snippet.js';

/** A session shared by several snippets. Closes when its last snippet leaves. */
export class SharedSession {
  readonly session: SessionLike;
  readonly presenter: RunPresenter;
  readonly users = new Set<RunnableSnippet>();
  /** Snippets by file name. */
  readonly #files = new Map<string, RunnableSnippet>();
  #latest: RunnableSnippet | undefined;

  constructor(session: SessionLike) {
    this.session = session;
    this.presenter = new RunPresenter(Promise.resolve(session), {
      brief: true,
      onPending: () => this.#latest?.requestUpdate(),
      onStrayOutput(entry, latest) {
        // Output of a run by the page belongs to the page. Output without a run is shown rather than lost.
        if (entry.runId !== undefined || latest === undefined) return;
        latest.log.addOutput(entry);
        latest.onOutput?.(entry);
      },
    });
    session.addEventListener('recovered', this.#onRecovered);
  }

  /** What ended runs have left in the session. The snippet that ran last shows it. */
  pendingOf(snippet: RunnableSnippet): number {
    return snippet === this.#latest ? this.presenter.pending : 0;
  }

  /** Returns the file name of a new run: the snippet's name, with a number if another snippet of the session has that name. */
  beginRun(snippet: RunnableSnippet): string {
    const before = this.#latest;
    this.#latest = snippet;
    if (before !== snippet) before?.requestUpdate();
    for (let number = 1; ; number++) {
      const fileName = `${snippet.name}${number === 1 ? '' : ` (${number})`}${snippet.extension}`;
      const owner = this.#files.get(fileName);
      if (owner !== undefined && owner !== snippet) continue;
      this.#files.set(fileName, snippet);
      return fileName;
    }
  }

  /** Returns the snippet that ran under a file name. */
  snippetOf(fileName: string): RunnableSnippet | undefined {
    return this.#files.get(fileName);
  }

  async close(): Promise<void> {
    this.presenter.dispose();
    this.session.removeEventListener('recovered', this.#onRecovered);
    this.#files.clear();
    await this.session.close();
  }

  readonly #onRecovered = ({ detail }: CustomEvent<SessionEventDetails['recovered']>): void => {
    const { reason, restored, lost } = detail;
    if (this.#latest === undefined) return;
    const { recovered } = locales.textsFor(this.#latest, english);
    const text = recovered(
      reason,
      restored,
      lost.map((one) => `${one.name} (${one.reason})`),
    );
    this.presenter.latest?.log.add({ kind: 'notice', text });
  };
}
