import type { ExecutionTimers } from '../../../src/context/platform/timers.js';
import { cut, maxNameCharacters, maxPendingEntries } from '../../../src/protocol/bounds.js';
import type { PendingEntry, PendingKind, PendingText } from '../../../src/protocol/messages/wire.js';
import type { PendingPromises } from '../namespace/pending-promises.js';
import type { OpenListeners } from '../realm/open-listeners.js';
import type { Execution } from './execution.js';

export interface OpenWorkOptions {
  readonly timers: ExecutionTimers;
  readonly listeners: OpenListeners;
  readonly promises: PendingPromises<Execution>;
  /** Tool calls without an answer. */
  readonly calls: ReadonlySet<OpenCall>;
}

/** A tool call without an answer. */
export interface OpenCall {
  readonly execution: Execution;
  /** Of the tool. */
  readonly name: string;
  readonly since: number;
}

interface Open {
  readonly kind: PendingKind;
  readonly execution: Execution;
  readonly name: string;
  readonly since: number;
}

/** What executions have under way, and what may still call their code. */
export class OpenWork {
  readonly #options: OpenWorkOptions;

  constructor(options: OpenWorkOptions) {
    this.#options = options;
  }

  /** What ended executions have left, counted. @param ending one that counts as ended */
  countLeft(ending?: Execution): number {
    return this.#left(ending).length;
  }

  /** All of it as JSON for the host, or only what ended executions have left. */
  text(onlyLeft = false): PendingText {
    const entries = (onlyLeft ? this.#left() : this.#all())
      .toSorted((a, b) => a.since - b.since)
      .slice(0, maxPendingEntries)
      .map(({ kind, execution, name, since }): PendingEntry => ({
        kind,
        name: cut(name, maxNameCharacters),
        runId: execution.id,
        since,
      }));
    return { data: new TextEncoder().encode(JSON.stringify(entries)).buffer };
  }

  #left(ending?: Execution): Open[] {
    return this.#all().filter(({ execution }) => execution.settled || execution === ending);
  }

  #all(): Open[] {
    const { timers, listeners, promises, calls } = this.#options;
    const open: Open[] = promises
      .entries()
      .map(({ owner, ...entry }) => ({ ...entry, kind: 'promise', execution: owner }));
    const add =
      (kind: PendingKind) => (entry: { readonly execution: object; readonly name: string; readonly since: number }) =>
        void open.push({ kind, name: entry.name, since: entry.since, execution: entry.execution as Execution });
    timers.forEach(add('timer'));
    listeners.entries().forEach(add('listener'));
    calls.forEach(add('tool'));
    return open;
  }
}
