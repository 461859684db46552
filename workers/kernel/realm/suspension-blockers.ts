import type { ExecutionTimers } from '../../../src/context/platform/timers.js';
import { Patches } from '../../../src/context/platform/patches.js';
import { intrinsics } from './intrinsics.js';
import { OpenConnections } from './open-connections.js';
import { RealmChanges } from './realm-changes.js';

/** State of a worker outside its namespace. No checkpoint keeps it, so it is lost with the worker. */
export class SuspensionBlockers {
  readonly #timers: ExecutionTimers;
  readonly #connections = new OpenConnections();
  #changes: RealmChanges | undefined;

  constructor(timers: ExecutionTimers) {
    this.#timers = timers;
  }

  /** Call it once the realm is ready for the reader's code. */
  watch(realm: typeof globalThis): void {
    this.#connections.watch(realm, new Patches());
    this.#changes = new RealmChanges(realm);
  }

  /** These globals were made by the kernel. */
  accept(names: readonly string[]): void {
    this.#changes?.accept(names);
  }

  get #due(): number {
    let due = 0;
    this.#timers.forEach(() => due++);
    return due;
  }

  /** Whether timers are due or connections are open. Call it in the bracket of intrinsics. */
  get isBusy(): boolean {
    return this.#due > 0 || this.#connections.kinds().length > 0;
  }

  /** Descriptions of open connections and due timers. Call it in the bracket of intrinsics. */
  blockers(): string[] {
    return [
      ...(this.#due > 0 ? [`timers are due: ${this.#due}`] : []),
      ...listed('connections are open', this.#connections.kinds()),
    ];
  }

  /** Descriptions of changes to the realm. Call it in the bracket. @param isThorough whether it may take long */
  changes(isThorough: boolean): string[] {
    return [
      ...listed('built-ins were changed', intrinsics.patched),
      ...listed('globals were changed', this.#changes?.names(isThorough) ?? []),
    ];
  }
}

const listed = (label: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${label}: ${names.slice(0, 10).join(', ')}`];
