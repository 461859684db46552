import type { FunctionOrigin } from '../../../../src/compiler/types.js';
import type { GraphHooks } from './reached.js';

/** The place of a function in a class definition. */
export interface MemberPlace {
  readonly owner: object;
  readonly key: PropertyKey;
  readonly isStatic: boolean;
  readonly field: 'value' | 'get' | 'set';
}

const fields = ['value', 'get', 'set'] as const;

/** Methods and accessors, which are restored with their class. Those with `super` or private names need it. */
export class ClassMembers {
  readonly #hooks: GraphHooks;
  readonly #places = new WeakMap<object, MemberPlace>();
  #hasLooked = false;

  constructor(hooks: GraphHooks) {
    this.#hooks = hooks;
  }

  /** Call it before each pass, since names may be bound to other classes. */
  begin(): void {
    this.#hasLooked = false;
  }

  /** `undefined` for a function that is no member of a known class. */
  placeOf(fn: object, { isMethod }: FunctionOrigin): MemberPlace | undefined {
    if (isMethod === true && !this.#places.has(fn) && !this.#hasLooked) {
      this.#hasLooked = true;
      for (const root of this.#hooks.roots()) {
        const origin =
          typeof root === 'function' && !this.#hooks.isProxy(root) ? this.#hooks.originOf(root) : undefined;
        if (origin !== undefined) this.add(root as object, origin);
      }
    }
    return this.#places.get(fn);
  }

  /** Records the members of a class. */
  add(owner: object, { members }: FunctionOrigin): void {
    if (members === undefined) return;
    this.#collect(owner, members, { owner, isStatic: true });
    const prototype = Object.getOwnPropertyDescriptor(owner, 'prototype')!.value as object;
    this.#collect(prototype, members, { owner, isStatic: false });
  }

  #collect(holder: object, members: ReadonlySet<string>, place: Pick<MemberPlace, 'owner' | 'isStatic'>): void {
    for (const key of Reflect.ownKeys(holder)) {
      const descriptor = Object.getOwnPropertyDescriptor(holder, key)!;
      for (const field of fields) {
        const fn = descriptor[field] as unknown;
        if (typeof fn !== 'function' || this.#hooks.isProxy(fn) || this.#places.has(fn)) continue;
        const origin = this.#hooks.originOf(fn);
        // Skips a method under another name, and one that only has the same source.
        const name = Object.getOwnPropertyDescriptor(fn, 'name')?.value as unknown;
        if (origin?.isMethod === true && members.has(origin.source) && name === nameOf(key, field))
          this.#places.set(fn, { ...place, key, field });
      }
    }
  }
}

function nameOf(key: PropertyKey, field: MemberPlace['field']): string {
  const name = typeof key === 'symbol' ? (key.description === undefined ? '' : `[${key.description}]`) : String(key);
  return field === 'value' ? name : `${field} ${name}`;
}
