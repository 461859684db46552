import { openWorkerEndpoint } from '../../../src/protocol/worker-endpoint.js';

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
        const times: number[] = [];
        const next = (): void => {
          if (times.length === count) {
            reply.succeed(times);
            return;
          }
          const started = performance.now();
          const settled = (): void => {
            times.push(performance.now() - started);
            next();
          };
          endpoint.call('echo', message, { succeeded: settled, failed: settled });
        };
        next();
      },
    },
  });
});
