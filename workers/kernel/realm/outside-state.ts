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
    const blockers: string[] = [];
    const add = (names: readonly string[], one: string): void => {
      if (names.length > 0) blockers.push(`${one}: ${names.slice(0, 10).join(', ')}`);
    };
    if (this.#timers.total > 0) blockers.push(`timers are due: ${this.#timers.total}`);
    add(intrinsics.patched, 'built-ins were changed');
    add(this.#changes?.names() ?? [], 'globals were changed');
    add(this.#connections.kinds(), 'connections are open');
    return blockers;
  }
}
