import { openWorkerEndpoint } from '../../../src/protocol/endpoint/worker-endpoint.js';
import type { Method } from '../../../src/protocol/methods.js';

/**
 * A worker that answers what it is asked: the frame, the gate, the ports and the envelope of a session, and nothing of its
 * kernel. What a session costs is told against it.
 */

export type EchoHost = { echo: Method<unknown, unknown> };
export type EchoWorker = {
  echo: Method<unknown, unknown>;
  /** Calls the host so many times, one call after the other. */
  calls: Method<{ readonly count: number; readonly message: unknown }, number>;
};

globalThis.addEventListener('message', function boot({ ports: [port] }: MessageEvent) {
  if (port === undefined) return;
  globalThis.removeEventListener('message', boot);
  const endpoint = openWorkerEndpoint<EchoWorker, EchoHost>(port, {
    api: () => ({
      echo: (message, reply) => reply.succeed(message),
      calls: ({ count, message }, reply) => {
        const started = performance.now();
        let done = 0;
        const next = (): void => {
          if (done++ === count) reply.succeed((performance.now() - started) / count);
          else endpoint.call('echo', message, { succeeded: next, failed: next });
        };
        next();
      },
    }),
  });
});
