import { current, type AmbientExecution, type AmbientMapping } from '../current.js';
import { isObject } from '../is-object.js';
import { PristineMap, PristineSet, PristineWeakMap } from '../pristine-collections.js';
import { callInMapping } from './callbacks.js';
import { contextOfThrown } from './errors.js';
import { MessageCauses } from './messages.js';
import { getterOf, type Patches, prototypeOf, type AnyFunction } from './patches.js';
import { apply } from '../pristine-built-ins.js';

type Listener = AnyFunction | { handleEvent?: unknown };

const { getOwnPropertyNames } = Object;
const eventType = getterOf(Event.prototype, 'type')!;
const noValues: ReadonlyMap<object, unknown> = new PristineMap<object, unknown>();

/**
 * Registration captures no context: a listener runs in the context of the dispatch. An event of the platform has no context,
 * unless it responds to a call (`send()` of an XMLHttpRequest, a database request, reading a file, a thrown error). Without a
 * context, output belongs to the execution that registered the listener.
 */
export function patchEvents(patches: Patches, realm: typeof globalThis): void {
  const causes = new PristineWeakMap<object, AmbientMapping>();
  const eventTarget = realm.EventTarget?.prototype;
  const { addEventListener } = eventTarget ?? {};
  const messages = new MessageCauses(patches, realm, (target, type, listener) => {
    if (addEventListener !== undefined) apply(addEventListener, target, [type, listener]);
  });
  const wrappers = new Listeners(causes, messages);
  patches.method(eventTarget, 'addEventListener', (original, thisArgument, args) => {
    if (isObject(args[1])) args[1] = wrappers.register(thisArgument ?? realm, args[1] as Listener);
    return apply(original, thisArgument, args);
  });
  patches.method(eventTarget, 'removeEventListener', (original, thisArgument, args) => {
    if (isObject(args[1])) args[1] = wrappers.find(thisArgument ?? realm, args[1] as Listener) ?? args[1];
    return apply(original, thisArgument, args);
  });
  for (const prototype of eventTargetPrototypes(realm)) patchHandlerAttributes(patches, prototype, realm, wrappers);
  patchCauses(patches, realm, causes);
}

interface Registration {
  execution: AmbientExecution | undefined;
  readonly wrapper: AnyFunction;
}

/** One wrapper for each target and listener, so that the platform still recognizes a listener that is added twice. */
class Listeners {
  readonly #byTarget = new PristineWeakMap<object, WeakMap<Listener, Registration>>();

  constructor(
    readonly causes: WeakMap<object, AmbientMapping>,
    readonly messages: MessageCauses,
  ) {}

  register(target: object, listener: Listener): AnyFunction {
    this.messages.heard(target);
    let registrations = this.#byTarget.get(target);
    if (registrations === undefined) {
      registrations = new PristineWeakMap();
      this.#byTarget.set(target, registrations);
    }
    const execution = current.mapping?.execution;
    const present = registrations.get(listener);
    if (present !== undefined) {
      present.execution = execution;
      return present.wrapper;
    }
    const registration: Registration = { execution, wrapper: this.#wrap(listener, () => registration.execution) };
    registrations.set(listener, registration);
    return registration.wrapper;
  }

  find(target: object, listener: Listener): AnyFunction | undefined {
    return this.#byTarget.get(target)?.get(listener)?.wrapper;
  }

  #wrap(listener: Listener, executionOf: () => AmbientExecution | undefined): AnyFunction {
    const { causes, messages } = this;
    return function (this: unknown, ...args: unknown[]): unknown {
      const isFunction = typeof listener === 'function';
      const fn = isFunction ? listener : listener.handleEvent;
      const thisArgument = isFunction ? this : listener;
      // Not a function: let the platform's own error be thrown.
      if (typeof fn !== 'function') return (listener as { handleEvent: AnyFunction }).handleEvent(args[0]);
      const owner = executionOf();
      if (isTask(args[0])) {
        current.mapping = undefined;
        // Like a timer, it ends with the execution.
        if (owner?.interruption !== undefined) return undefined;
      }
      let { mapping } = current;
      if (mapping === undefined) {
        const posted = messages.causeOf(args[0]);
        // A listener of another execution than the poster's acts as its own.
        const isOwn = posted !== undefined && (owner === undefined || posted.mapping?.execution === owner);
        mapping = isOwn ? posted.mapping : (causeOf(args, this, causes) ?? attribution(owner));
      }
      return callInMapping(mapping, fn as AnyFunction, thisArgument, args);
    };
  }
}

const taskEvents = new PristineSet<unknown>(['message', 'open', 'close', 'unhandledrejection']);

/** Whether the platform sent it in a task of its own, which no code has caused. Others, such as `abort`, it also sends during a call. */
function isTask(event: unknown): boolean {
  return (event as Partial<Event>).isTrusted === true && taskEvents.has(typeOf(event));
}

function attribution(execution: AmbientExecution | undefined): AmbientMapping | undefined {
  return execution === undefined ? undefined : { execution, values: noValues };
}

function causeOf(
  args: unknown[],
  target: unknown,
  causes: WeakMap<object, AmbientMapping>,
): AmbientMapping | undefined {
  const cause = causes.get(target as object);
  if (cause !== undefined) return cause;
  const event = args[0];
  if (typeof event === 'string') return contextOfThrown(args[4]); // the global `onerror` is called with a message, …, error
  switch (typeOf(event)) {
    case 'unhandledrejection':
    case 'rejectionhandled': {
      const { reason, promise } = event as PromiseRejectionEvent;
      return contextOfThrown(reason, promise);
    }
    case 'error':
      return contextOfThrown((event as ErrorEvent).error);
  }
  return undefined;
}

/** The type of an event; `undefined` for what is none, such as the message that a port of Node gives to its listener. */
function typeOf(event: unknown): string | undefined {
  try {
    return apply(eventType, event, []) as string;
  } catch {
    return undefined;
  }
}

/** Event handler attributes such as `onmessage`: accessors that store a listener. */
function patchHandlerAttributes(patches: Patches, prototype: object, realm: object, wrappers: Listeners): void {
  for (const name of getOwnPropertyNames(prototype)) {
    if (!name.startsWith('on')) continue;
    const given = new PristineWeakMap<object, { readonly handler: unknown; readonly wrapper: unknown }>();
    patches.accessor(prototype, name, {
      get: (original, thisArgument, args) => {
        const present = apply(original, thisArgument, args);
        const kept = given.get((thisArgument ?? realm) as object);
        return kept?.wrapper === present ? kept?.handler : present;
      },
      set: (original, thisArgument, args) => {
        const handler = args[0];
        if (typeof handler === 'function') {
          const target = (thisArgument ?? realm) as object;
          const wrapper = wrappers.register(target, handler as AnyFunction);
          given.set(target, { handler, wrapper });
          args[0] = wrapper;
        }
        return apply(original, thisArgument, args);
      },
    });
  }
}

export function eventTargetPrototypes(realm: typeof globalThis): Set<object> {
  const root = realm.EventTarget?.prototype;
  const prototypes = new Set<object>();
  if (root === undefined) return prototypes;
  for (const name of getOwnPropertyNames(realm)) {
    // Capitalized names are interfaces; other globals may be getters with side effects.
    if (!/^[A-Z]/.test(name)) continue;
    const prototype = prototypeOf(realm, name) as object;
    if (root.isPrototypeOf(prototype)) prototypes.add(prototype);
  }
  // The global object's own handlers (`onmessage`, `onerror`) stand on itself or on its chain.
  if (!root.isPrototypeOf(realm)) return prototypes;
  for (let object: object | null = realm; object !== null && object !== root; object = Reflect.getPrototypeOf(object)) {
    prototypes.add(object);
  }
  return prototypes;
}

/** Events that respond to a call, and have the context of that call. */
function patchCauses(patches: Patches, realm: typeof globalThis, causes: WeakMap<object, AmbientMapping>): void {
  const note = (target: unknown): void => {
    if (current.mapping !== undefined && isObject(target)) causes.set(target, current.mapping);
  };
  patches.method(prototypeOf(realm, 'XMLHttpRequest'), 'send', (original, thisArgument, args) => {
    note(thisArgument);
    note((thisArgument as { upload?: unknown }).upload);
    return apply(original, thisArgument, args);
  });
  for (const name of ['readAsArrayBuffer', 'readAsBinaryString', 'readAsDataURL', 'readAsText']) {
    patches.method(prototypeOf(realm, 'FileReader'), name, (original, thisArgument, args) => {
      note(thisArgument);
      return apply(original, thisArgument, args);
    });
  }
  const answers = [prototypeOf(realm, 'IDBRequest'), prototypeOf(realm, 'IDBTransaction')];
  for (const name of ['IDBFactory', 'IDBDatabase', 'IDBObjectStore', 'IDBIndex', 'IDBCursor']) {
    const prototype = prototypeOf(realm, name);
    if (prototype === undefined) continue;
    for (const method of getOwnPropertyNames(prototype)) {
      if (method === 'constructor') continue;
      patches.method(prototype, method, (original, thisArgument, args) => {
        const answer = apply(original, thisArgument, args) as unknown;
        if (answers.some((each) => each?.isPrototypeOf(answer as object))) note(answer);
        return answer;
      });
    }
  }
}
