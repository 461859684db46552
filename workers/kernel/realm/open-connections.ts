import { PristineSet } from '../../../src/context/pristine-collections.js';
import { ownerOf, type Patches } from '../../../src/context/platform/patches.js';

const { apply, getOwnPropertyDescriptor } = Reflect;
const nativeThen = Promise.prototype.then;

/** What keeps a connection by itself, and the state from which on it no longer does. */
const kinds = [
  { name: 'WebSocket', isOver: (state: number) => state >= 2 },
  { name: 'EventSource', isOver: (state: number) => state >= 2 },
  { name: 'XMLHttpRequest', isOver: (state: number) => state === 0 || state === 4 },
] as const;

interface Connection {
  readonly kind: string;
  isOver(): boolean;
}

/** Connections that code has opened and that are open still. They live on where no name holds them. */
export class OpenConnections {
  readonly #connections = new PristineSet<Connection>();
  #fetches = 0;

  /** Sees what is opened from now on. */
  watch(realm: typeof globalThis, patches: Patches): void {
    for (const { name, isOver } of kinds) {
      const prototype = (realm as unknown as Record<string, { readonly prototype: object } | undefined>)[name]
        ?.prototype;
      const readyState = prototype && getOwnPropertyDescriptor(prototype, 'readyState')?.get;
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
      apply(nativeThen, response, [ended, ended]);
      return response;
    });
  }

  /** Their kinds, each once. */
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
