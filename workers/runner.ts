import { connectPolicy, sourcesOf } from '../src/protocol/frame/connect-policy.js';
import { receivePorts, sayReady } from '../src/protocol/frame/handshake.js';
import { startWorker } from './worker-session.js';

/**
 * The script of the frame. Its window has an opaque origin and never runs the reader's code. That code runs in the worker,
 * which inherits the window's policy. The worker starts at once: before the page answers and before the kernel's source
 * has loaded.
 */

/**
 * The page's policy allows any connection. A second policy can only narrow it, and must be in place before the worker
 * starts.
 */
function narrowConnections(): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = connectPolicy(sourcesOf(location.search));
  document.head.append(policy);
}

/** The build puts the kernel's source after this script. Rejects where it did not arrive, or only in part. */
async function kernelSource(): Promise<string> {
  await new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', resolve, { once: true });
  });
  try {
    const data = document.querySelector('#kernel')!;
    const source = JSON.parse(data.textContent) as string;
    data.remove();
    return source;
  } catch {
    throw new Error('runner.html did not arrive whole');
  }
}

narrowConnections();
sayReady(parent);
const worker = startWorker(kernelSource());
addEventListener('message', function init(event: MessageEvent): void {
  const ports = receivePorts(event, parent);
  if (ports === undefined) return;
  removeEventListener('message', init);
  worker.serve(ports);
});
