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
  /** Puts everything back as it was. What was registered meanwhile keeps its context. */
  dispose(): void;
}

const installed = new WeakSet<object>();

/**
 * Makes the callbacks of a realm's platform run in the context that the proposal has for each: reactions of promises,
 * timers, events, streams, locks, disposal and finalization; and ends the requests of an execution that is interrupted.
 * @throws Error when it is installed there already
 */
export function installPlatform(realm: typeof globalThis = globalThis): InstalledPlatform {
  if (installed.has(realm)) throw new Error('The platform is installed in this realm already. Dispose of that first.');
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
