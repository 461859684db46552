import { AsyncContext } from '../../../src/context/async-context/async-context.js';
import { getCurrentContext, requireCurrentContext } from '../../../src/context/current-context.js';
import { RuntimeContext } from '../../../src/context/runtime-context.js';
import type { ToolBindings } from '../execution/tool-bindings.js';

/** Globals that start threads, reach other tabs or store data. A sandboxed frame denies some of them anyway. */
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
  /** The tools of the running execution; none outside an execution. */
  tools(): ToolBindings;
  readonly display: unknown;
}

/** Removes forbidden globals from the realm and its prototype chain. */
export function removeAuthority(realm: object): void {
  for (const name of removed) {
    for (let object: object | null = realm; object !== null; object = Reflect.getPrototypeOf(object)) {
      Reflect.deleteProperty(object, name);
    }
  }
}

/**
 * Installs the reader's globals. A declaration can shadow each of them, and an assignment can replace it, as with a page's
 * own globals.
 */
export function installGlobals(realm: object, globals: ReaderGlobals): void {
  const define = (name: string, value: unknown): void => defineGlobal(realm, name, value);
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
  define('display', globals.display);
  define('AsyncContext', AsyncContext);
  define('RuntimeContext', RuntimeContext);
  define('getCurrentContext', getCurrentContext);
  defineGetter('tools', () => globals.tools());
  defineGetter('context', () => requireCurrentContext('`context`'));
}

export function defineGlobal(realm: object, name: string, value: unknown): void {
  Object.defineProperty(realm, name, { value, writable: true, enumerable: false, configurable: true });
}
