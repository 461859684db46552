import type { SessionLike } from '../types.js';
import type { SessionWorker } from './worker/session-worker.js';

/** The names of a session, of its worker or of what is kept of a suspended one. */
export function namespaceOf(worker: SessionWorker, use: SessionWorker['use']): SessionLike['namespace'] {
  return {
    async list() {
      const names = worker.suspendedNames;
      if (names !== undefined) return names;
      return worker.hasClient ? await use((client) => client.request('list', {})) : [];
    },
    async get(name) {
      return worker.hasNamespace ? await use((client) => client.request('read', { name })) : undefined;
    },
  };
}
