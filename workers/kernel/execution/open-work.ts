import type { ExecutionTimers } from '../../../src/context/platform/timers.js';
import { cut, maxNameCharacters, maxPendingEntries } from '../../../src/protocol/bounds.js';
import type {
  ExecutionReport,
  LeftWork,
  PendingEntry,
  PendingKind,
  PendingText,
} from '../../../src/protocol/messages/wire.js';
import type { PendingPromises } from '../namespace/pending-promises.js';
import type { OpenListeners } from '../realm/open-listeners.js';
import type { Execution } from './execution.js';

export interface OpenWorkOptions {
  readonly timers: ExecutionTimers;
  readonly listeners: OpenListeners;
  readonly promises: PendingPromises<Execution>;
  /** Tool calls without an answer. */
  readonly calls: ReadonlySet<OpenCall>;
  /** Whether timers are due or connections are open. */
  isBusy(): boolean;
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

  /** What ended executions have left. */
  get left(): LeftWork {
    return { mayRun: this.#mayRun, count: this.#countLeft() };
  }

  /** The same for the report of an execution that ends. */
  leftBy(ending: Execution): Pick<ExecutionReport, 'leavesWork' | 'left'> {
    const left = this.#countLeft(ending);
    return { ...(this.#mayRun ? { leavesWork: true } : {}), ...(left > 0 ? { left } : {}) };
  }

  /** All of it as JSON for the host, or only what ended executions have left. */
  text(onlyLeft = false): PendingText {
    const open: Open[] = [];
    this.#forEach((kind, execution, { name, since }) => {
      if (!onlyLeft || execution.settled) open.push({ kind, execution, name, since });
    });
    const entries = open
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

  get #mayRun(): boolean {
    return this.#options.isBusy() || this.#options.promises.entries().length > 0;
  }

  /** Counted without a list: each execution asks when it ends. */
  #countLeft(ending?: Execution): number {
    let count = 0;
    this.#forEach((_, execution) => {
      if (execution.settled || execution === ending) count++;
    });
    return count;
  }

  #forEach(
    visit: (kind: PendingKind, execution: Execution, entry: { readonly name: string; readonly since: number }) => void,
  ): void {
    const { timers, listeners, promises, calls } = this.#options;
    const visitAs =
      (kind: PendingKind) => (entry: { readonly execution: object; readonly name: string; readonly since: number }) =>
        visit(kind, entry.execution as Execution, entry);
    for (const entry of promises.entries()) visit('promise', entry.owner, entry);
    timers.forEach(visitAs('timer'));
    listeners.entries().forEach(visitAs('listener'));
    calls.forEach(visitAs('tool'));
  }
}
