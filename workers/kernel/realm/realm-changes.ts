import { descriptorOf, keys, ownKeys } from '../../../src/context/pristine-built-ins.js';

/** Detects globals that differ from their recorded state, without running the reader's code. */
export class RealmChanges {
  readonly #realm: object;
  readonly #before: Map<PropertyKey, PropertyDescriptor>;

  /** Number of the enumerable ones: counting all takes twenty times as long. */
  #count: number;
  #names: readonly string[] = [];

  /** Records the globals of the realm. */
  constructor(realm: object) {
    this.#realm = realm;
    this.#count = keys(realm).length;
    this.#before = new Map(ownKeys(realm).map((key) => [key, descriptorOf(realm, key)!]));
  }

  /** Takes these globals, as they are now, for those of the platform. */
  accept(names: readonly string[]): void {
    for (const name of names) this.#before.set(name, descriptorOf(this.#realm, name)!);
  }

  /**
   * Names of globals that were added, replaced or removed.
   * @param isThorough whether to compare each of them; else only whether one was added or removed by assignment or `delete`
   */
  names(isThorough = true): readonly string[] {
    const { length } = keys(this.#realm);
    if (!isThorough && length === this.#count) return this.#names;
    this.#count = length;
    const changed = new Set<PropertyKey>(this.#before.keys());
    for (const key of ownKeys(this.#realm)) {
      const before = this.#before.get(key);
      const now = descriptorOf(this.#realm, key)!;
      if (before === undefined) changed.add(key);
      else if (Object.is(now.value, before.value) && now.get === before.get && now.set === before.set)
        changed.delete(key);
    }
    this.#names = [...changed].map(String);
    return this.#names;
  }
}
