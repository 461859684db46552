import type { ExecutionTimers } from '../../../src/context/platform/timers.js';
import { Patches } from '../../../src/context/platform/patches.js';
import { intrinsics } from './intrinsics.js';
import { OpenConnections } from './open-connections.js';
import { RealmChanges } from './realm-changes.js';

/** What a worker does or holds beside its namespace, which is lost with it and which no checkpoint keeps. */
export class OutsideState {
  readonly #timers: ExecutionTimers;
  readonly #connections = new OpenConnections();
  #changes: RealmChanges | undefined;

  constructor(timers: ExecutionTimers) {
    this.#timers = timers;
  }

  /** The realm is as code of a reader will find it. */
  watch(realm: typeof globalThis): void {
    this.#connections.watch(realm, new Patches());
    this.#changes = new RealmChanges(realm);
  }

  /** In words; to be asked in the bracket of intrinsics. */
  blockers(): string[] {
    return [
      ...(this.#timers.total > 0 ? [`timers are due: ${this.#timers.total}`] : []),
      ...listed('connections are open', this.#connections.kinds()),
    ];
  }

  /** What code changed of the realm, in words; likewise. @param isThorough whether it may take long */
  changes(isThorough: boolean): string[] {
    return [
      ...listed('built-ins were changed', intrinsics.patched),
      ...listed('globals were changed', this.#changes?.names(isThorough) ?? []),
    ];
  }
}

const listed = (what: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${what}: ${names.slice(0, 10).join(', ')}`];
