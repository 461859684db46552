import { apply, descriptorOf } from '../../../src/context/pristine-built-ins.js';
import { PristineSet } from '../../../src/context/pristine-collections.js';
import { current } from '../../../src/context/current.js';
import { rememberThrown } from '../../../src/context/platform/errors.js';
import { ownerOf, type Patches } from '../../../src/context/platform/patches.js';

const nativeThen = Promise.prototype.then;

/** Classes whose instances hold a connection, with the states in which it is closed. */
const kinds = [
  { name: 'WebSocket', isOver: (state: number) => state >= 2 },
  { name: 'EventSource', isOver: (state: number) => state >= 2 },
  { name: 'XMLHttpRequest', isOver: (state: number) => state === 0 || state === 4 },
] as const;

interface Connection {
  readonly kind: string;
  isOver(): boolean;
}

/** Open connections of the reader's code. They stay open even if no name refers to them. */
export class OpenConnections {
  readonly #connections = new PristineSet<Connection>();
  #fetches = 0;

  /** Records connections opened after this call. */
  watch(realm: typeof globalThis, patches: Patches): void {
    for (const { name, isOver } of kinds) {
      const prototype = (realm as unknown as Record<string, { readonly prototype: object } | undefined>)[name]
        ?.prototype;
      const readyState = prototype && descriptorOf(prototype, 'readyState')?.get;
      if (readyState === undefined) continue;
      patches.construct(
        realm,
        name,
        (args) => args,
        (instance) => {
          this.#forgetEnded();
          this.#connections.add({ kind: name, isOver: () => isOver(apply(readyState, instance, []) as number) });
        },
      );
    }
    patches.method(ownerOf(realm, 'fetch'), 'fetch', (original, self, args) => {
      const response = apply(original, self, args) as Promise<unknown>;
      const ended = (): void => void this.#fetches--;
      this.#fetches++;
      // A promise of its own: with a reaction to the response a rejection that nobody handles would count as handled.
      const watched = apply(nativeThen, response, [
        (value: unknown) => {
          ended();
          return value;
        },
        (reason: unknown) => {
          ended();
          throw reason;
        },
      ]);
      rememberThrown(watched, current.mapping);
      return watched;
    });
  }

  /** The kinds of open connections, without duplicates. */
  kinds(): string[] {
    this.#forgetEnded();
    const found = new Set<string>(this.#fetches > 0 ? ['fetch'] : []);
    this.#connections.forEach(({ kind }) => found.add(kind));
    return [...found];
  }

  #forgetEnded(): void {
    this.#connections.forEach((connection) => {
      if (connection.isOver()) this.#connections.delete(connection);
    });
  }
}
