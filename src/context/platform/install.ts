import { patchDisposal } from './disposal.js';
import { patchEvents } from './events.js';
import { Patches } from './patches.js';
import { patchPromise } from './promise.js';
import { patchRegistrations } from './registrations.js';
import { patchRequests } from './requests.js';
import { patchStreams } from './streams.js';
import { patchTimers, type ExecutionTimers } from './timers.js';

export interface InstalledPlatform {
  readonly timers: ExecutionTimers;
  /** Restores the built-ins. Callbacks that were registered meanwhile keep their context. */
  dispose(): void;
}

const installed = new WeakSet<object>();

/**
 * Runs the callbacks of a realm's platform in the contexts that the proposal specifies: promise reactions, timers, events,
 * streams, locks, disposal and finalization. It also aborts the requests of an interrupted execution.
 * @throws Error if it is already installed in the realm
 */
export function installPlatform(realm: typeof globalThis = globalThis): InstalledPlatform {
  if (installed.has(realm)) throw new Error('The platform is already installed in this realm. Dispose of it first.');
  installed.add(realm);
  const patches = new Patches();
  patchPromise(patches, realm);
  const timers = patchTimers(patches, realm);
  patchEvents(patches, realm);
  patchDisposal(patches, realm);
  patchRegistrations(patches, realm);
  patchStreams(patches, realm);
  patchRequests(patches, realm);
  return {
    timers,
    dispose() {
      patches.dispose();
      installed.delete(realm);
    },
  };
}
