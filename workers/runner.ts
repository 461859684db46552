import { connectPolicy, sourcesOf } from '../src/protocol/connect-policy.js';
import { receivePorts, sayReady } from '../src/protocol/handshake.js';
import { startSession } from './worker-session.js';

/**
 * The script of the frame. Its window has an opaque origin and runs no code of a reader: that runs in the worker, which
 * inherits the window's policy.
 */

/** Source of the worker, put here by the build. */
declare const __WORKER_SOURCE__: string;

/**
 * The page's policy allows any connection. A second one can only narrow it, and it must stand before there is a worker.
 */
function narrowConnections(): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = connectPolicy(sourcesOf(location.search));
  document.head.append(policy);
}

narrowConnections();
addEventListener('message', function init(event: MessageEvent): void {
  const ports = receivePorts(event, parent);
  if (ports === undefined) return;
  removeEventListener('message', init);
  startSession(ports, __WORKER_SOURCE__);
});
sayReady(parent);
