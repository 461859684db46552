import { brandOf, classNameOf, type Brand, type Ends } from '../../../../src/protocol/intrinsics/brand.js';
import { NotKept } from './not-kept.js';
import { wayTo, type GraphHooks, type Reached } from './reached.js';

/** Which function of the session each prototype belongs to, and whether a chain of prototypes can be kept. */
export class Prototypes {
  readonly #hooks: GraphHooks;
  /** Functions by their original prototypes. */
  readonly #owners = new WeakMap<object, object>();
  /** Prototypes that a chain was checked from in this pass, with its natural end: a long chain is written link by link. */
  #checked = new WeakMap<object, object>();
  #ends: Ends = new WeakMap();

  constructor(hooks: GraphHooks) {
    this.#hooks = hooks;
  }

  /** Call it before each pass: code may have changed the chains since. */
  begin(): void {
    this.#checked = new WeakMap();
    this.#ends = new WeakMap();
  }

  brandOf(object: object): Brand {
    return brandOf(object, this.#hooks.isProxy, this.#ends);
  }

  /** Records the function to which a prototype belongs. */
  belongs(prototype: object, fn: object): void {
    this.#owners.set(prototype, fn);
  }

  /** The session's function whose prototype this object is. */
  ownerOf(prototype: object): object | undefined {
    const { isProxy, originOf } = this.#hooks;
    const known = this.#owners.get(prototype);
    if (known !== undefined || isProxy(prototype)) return known;
    const owner = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value as unknown;
    if (typeof owner !== 'function' || isProxy(owner) || originOf(owner) === undefined) return undefined;
    return Object.getOwnPropertyDescriptor(owner, 'prototype')?.value === prototype ? owner : undefined;
  }

  /**
   * Requires that the session's code defined all prototypes up to the natural one: internal state of platform classes is inaccessible.
   * @throws NotKept
   */
  checkChain(at: Reached, source: object, first: object, natural: object, brand: Brand): void {
    const links: object[] = [];
    for (
      let prototype: object | null = first;
      prototype !== null && prototype !== natural && this.#checked.get(prototype) !== natural;
      prototype = Object.getPrototypeOf(prototype) as object | null
    ) {
      links.push(prototype);
      const { isProxy, globalPath, originOf } = this.#hooks;
      const owner = isProxy(prototype) ? undefined : this.ownerOf(prototype);
      const origin = owner === undefined ? undefined : originOf(owner);
      const refuse = (why: string): never => {
        throw new NotKept(
          `${wayTo(at.from, at.step)} is ${brand === 'instance' ? 'an instance' : `a ${brand}`} of ${classNameOf(source, isProxy)}${why}`,
        );
      };
      if (origin?.hasPrivate === true) refuse(', which has private members');
      if (origin !== undefined && origin.captured.length > 0)
        refuse(`, a class that uses “${origin.captured[0]}” of its enclosing scope`);
      if (owner === undefined && (isProxy(prototype) || globalPath(prototype) !== undefined)) refuse('');
    }
    for (const link of links) this.#checked.set(link, natural);
  }
}
