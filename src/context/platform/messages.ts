import { current, type AmbientMapping } from '../current.js';
import { PristineWeakMap } from '../pristine-collections.js';
import { type Patches, prototypeOf } from './patches.js';
import type { Cause } from './stream-contexts.js';
import { apply, hasOwn } from '../pristine-built-ins.js';

/** With more messages on their way to one port, as to one that nobody hears, contexts are given up. */
const most = 1000;

interface Posted extends Cause {
  /** The entries of contexts until it was posted. */
  readonly entries: number;
  /** Whether it was the only one on its way all the time. */
  isAlone: boolean;
  next: Posted | undefined;
}

/**
 * The messages on their way to a port from the other port of its channel, which arrive in order.
 *
 * A queue that several contexts fill posts one message for all of them. So a message that was alone on its way has no context if another
 * context than its poster's was in force meanwhile.
 */
class Inbox {
  // Its own list, since user code may have patched arrays.
  #first: Posted | undefined;
  #last: Posted | undefined;
  #count = 0;

  posted(mapping: AmbientMapping | undefined): void {
    if (this.#count > most) return;
    const last = this.#last;
    const posted: Posted = { mapping, entries: current.entries, isAlone: last === undefined, next: undefined };
    if (last === undefined) this.#first = posted;
    else {
      last.isAlone = false;
      last.next = posted;
    }
    this.#last = posted;
    if (++this.#count > most) this.#first = this.#last = undefined;
  }

  /** The cause of the message that arrives; `undefined` where no context has posted it. */
  take(): Cause | undefined {
    const first = this.#first;
    if (first?.next === undefined) this.#last = undefined;
    if (first === undefined) return undefined;
    this.#first = first.next;
    this.#count -= 1;
    const { mapping, isAlone, entries } = first;
    if (mapping === undefined) return undefined;
    // After an interruption its listener may serve others.
    const isOwn = (!isAlone || entries === current.entries) && mapping.execution?.interruption === undefined;
    return { mapping: isOwn ? mapping : undefined };
  }
}

/** The causes of messages between two ports of this realm. */
export class MessageCauses {
  readonly #inboxes = new PristineWeakMap<object, Inbox>();
  readonly #causes = new PristineWeakMap<object, Cause>();
  readonly #listen: (target: object, type: string, listener: (event: object) => void) => void;

  /** @param listen the realm's own `addEventListener` */
  constructor(
    patches: Patches,
    realm: typeof globalThis,
    listen: (target: object, type: string, listener: (event: object) => void) => void,
  ) {
    this.#listen = listen;
    const port = prototypeOf(realm, 'MessagePort');
    const partners = new PristineWeakMap<object, Inbox>();
    patches.construct(
      realm,
      'MessageChannel',
      (args) => args,
      (made) => {
        const { port1: one, port2: two } = made as MessageChannel;
        const [toOne, toTwo] = [new Inbox(), new Inbox()];
        this.#inboxes.set(one, toOne).set(two, toTwo);
        partners.set(one, toTwo).set(two, toOne);
      },
    );
    patches.method(port, 'postMessage', (original, thisArgument, args) => {
      const result = apply(original, thisArgument, args);
      partners.get(thisArgument as object)?.posted(current.mapping);
      return result;
    });
    patches.method(port, 'start', (original, thisArgument, args) => {
      this.heard(thisArgument as object);
      return apply(original, thisArgument, args);
    });
  }

  /** Call it before a target gets a listener. */
  heard(target: object): void {
    const inbox = this.#inboxes.get(target);
    if (inbox === undefined) return;
    this.#inboxes.delete(target);
    const arrived = (event: object): void => {
      // An event that code made and dispatched is no message. In browsers each event has this property of its own.
      if (hasOwn(event, 'isTrusted') && (event as Event).isTrusted === false) return;
      const cause = inbox.take();
      if (cause !== undefined) this.#causes.set(event, cause);
    };
    this.#listen(target, 'message', arrived);
    this.#listen(target, 'messageerror', arrived);
  }

  /** `undefined` for a message that no context has posted; a cause without a context where several may have. */
  causeOf(event: unknown): Cause | undefined {
    return this.#causes.get(event as object);
  }
}
