import { originalOf, Patches } from '../../../src/context/platform/patches.js';
import { RuntimeContext } from '../../../src/context/runtime-context.js';
import type { FunctionSources } from '../execution/function-sources.js';
import type { History } from '../namespace/history.js';
import { installGlobals, type ReaderGlobals } from './globals.js';
import { intrinsics } from './intrinsics.js';
import type { OpenListeners } from './open-listeners.js';
import type { ProxyRegistry } from './proxy-registry.js';
import { keepUndoable } from './redefinitions.js';
import type { SuspensionBlockers } from './suspension-blockers.js';

export interface RealmParts {
  readonly globals: ReaderGlobals;
  readonly functionSources: FunctionSources;
  readonly history: History;
  readonly listeners: OpenListeners;
  readonly proxies: ProxyRegistry;
  readonly suspensionBlockers: SuspensionBlockers;
}

/** Installs the reader's globals, before any of the reader's code runs. */
export function prepareRealm(realm: typeof globalThis, parts: RealmParts): void {
  const { globals, functionSources, history, listeners, proxies, suspensionBlockers } = parts;
  functionSources.install(realm, (run) => intrinsics.enter(run), originalOf);
  installGlobals(realm, globals);
  history.install(realm);
  listeners.watch(realm, new Patches());
  keepUndoable(new Patches(), realm, intrinsics, proxies);
  intrinsics.recordPristine([RuntimeContext, RuntimeContext.prototype]);
  // Not before: the bracket had taken the kernel's own `Proxy` away, whose return would count as a change.
  suspensionBlockers.watch(realm);
}
