const { getOwnPropertyDescriptor, ownKeys } = Reflect;

/** What of the globals is another than it was when stock was taken. Runs no code of whoever changed them. */
export class RealmChanges {
  readonly #realm: object;
  readonly #before: ReadonlyMap<PropertyKey, PropertyDescriptor>;

  #count: number;
  #names: readonly string[] = [];

  /** Takes stock. */
  constructor(realm: object) {
    this.#realm = realm;
    this.#count = ownKeys(realm).length;
    this.#before = new Map(ownKeys(realm).map((key) => [key, getOwnPropertyDescriptor(realm, key)!]));
  }

  /**
   * Names of globals that were added, replaced or removed.
   * @param isThorough whether to look at each of them, and not only at how many there are
   */
  names(isThorough = true): readonly string[] {
    const { length } = ownKeys(this.#realm);
    if (!isThorough && length === this.#count) return this.#names;
    this.#count = length;
    const changed = new Set<PropertyKey>(this.#before.keys());
    for (const key of ownKeys(this.#realm)) {
      const before = this.#before.get(key);
      const now = getOwnPropertyDescriptor(this.#realm, key)!;
      if (before === undefined) changed.add(key);
      else if (Object.is(now.value, before.value) && now.get === before.get && now.set === before.set)
        changed.delete(key);
    }
    this.#names = [...changed].map(String);
    return this.#names;
  }
}
