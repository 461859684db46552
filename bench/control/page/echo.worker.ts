import { openWorkerEndpoint } from '../../../src/protocol/endpoint/worker-endpoint.js';

/**
 * A worker that answers what it is asked: the frame, the gate, the ports and the envelope of a session, and nothing of its
 * kernel. What a session costs is told against it.
 */

/** How often to call the host, one call after the other. */
interface CallsMessage {
  readonly count: number;
  readonly message: unknown;
}

globalThis.addEventListener('message', function boot({ ports: [port] }: MessageEvent) {
  if (port === undefined) return;
  globalThis.removeEventListener('message', boot);
  const endpoint = openWorkerEndpoint(port, {
    api: {
      echo: (message, reply) => reply.succeed(message),
      calls: (request, reply) => {
        const { count, message } = request as CallsMessage;
        const started = performance.now();
        let done = 0;
        const next = (): void => {
          if (done++ === count) reply.succeed((performance.now() - started) / count);
          else endpoint.call('echo', message, { succeeded: next, failed: next });
        };
        next();
      },
    },
  });
});
