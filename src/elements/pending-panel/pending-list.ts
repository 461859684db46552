import type { PendingEntry } from '../../protocol/messages/wire.js';
import type { SessionLike } from '../../sdk/types.js';

type PendingSession = Pick<SessionLike, 'pending' | 'addEventListener' | 'removeEventListener'>;

/** Events of a session after which something else may be pending. */
const causes = ['pendingchange', 'executionstatechange', 'toolcall', 'statechange'] as const;

/** What is pending in a session, for as long as somebody watches: asked anew after each event that may change it. */
export class PendingList {
  entries: readonly PendingEntry[] = [];
  readonly #changed: () => void;
  #session: PendingSession | undefined;
  #isAsking = false;
  #isOutdated = false;

  /** @param changed called after each answer that differs */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Follows a session; `undefined` ends it. */
  watch(session: PendingSession | undefined): void {
    if (session === this.#session) return;
    for (const cause of causes) this.#session?.removeEventListener(cause, this.#ask);
    this.#session = session;
    this.#show([]);
    if (session === undefined) return;
    for (const cause of causes) session.addEventListener(cause, this.#ask);
    this.#ask();
  }

  /** One question at a time: a run in a loop gives many events. */
  readonly #ask = (): void => {
    const session = this.#session;
    this.#isOutdated = this.#isAsking;
    if (session === undefined || this.#isAsking) return;
    this.#isAsking = true;
    const settle = (entries: readonly PendingEntry[]): void => {
      this.#isAsking = false;
      if (session === this.#session) this.#show(entries);
      if (this.#isOutdated || session !== this.#session) this.#ask();
    };
    (session.pending?.() ?? Promise.resolve([])).then(settle, () => settle([]));
  };

  #show(entries: readonly PendingEntry[]): void {
    if (entries.length === 0 && this.entries.length === 0) return;
    this.entries = entries;
    this.#changed();
  }
}
