import { AsyncContext } from '../../../src/context/async-context.js';
import { getCurrentContext, requireCurrentContext } from '../../../src/context/current-context.js';
import { RuntimeContext } from '../../../src/context/runtime-context.js';
import type { ToolBindings } from '../execution/tool-bindings.js';

/** What would let code start threads, reach other tabs, or keep data; a sandboxed frame denies some of it anyway. */
const removed = [
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'importScripts',
  'indexedDB',
  'caches',
  'Notification',
  'close',
  'postMessage',
] as const;

export interface ReaderGlobals {
  readonly console: Console;
  readonly config: Readonly<Record<string, unknown>>;
  /** Of the execution that runs, or of the latest one where none does. */
  tools(): ToolBindings;
  display(...values: unknown[]): void;
}

/** Takes from the realm what the code of a reader must not have, wherever on the chain of prototypes it stands. */
export function removeAuthority(realm: object): void {
  for (const name of removed) {
    for (let object: object | null = realm; object !== null; object = Reflect.getPrototypeOf(object)) {
      Reflect.deleteProperty(object, name);
    }
  }
}

/**
 * Gives the code of a reader its globals. Each can be shadowed by a declaration of the same name and be assigned over, as
 * a page's own globals can.
 */
export function installGlobals(realm: object, globals: ReaderGlobals): void {
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(realm, name, { value, writable: true, enumerable: false, configurable: true });
  };
  const defineGetter = (name: string, get: () => unknown): void => {
    Object.defineProperty(realm, name, {
      get,
      set: (value: unknown) => {
        define(name, value);
      },
      enumerable: false,
      configurable: true,
    });
  };
  define('console', globals.console);
  define('config', globals.config);
  define('display', { display: (...values: unknown[]) => globals.display(...values) }.display);
  define('AsyncContext', AsyncContext);
  define('RuntimeContext', RuntimeContext);
  define('getCurrentContext', getCurrentContext);
  defineGetter('tools', () => globals.tools());
  defineGetter('context', () => requireCurrentContext('`context`'));
}
