import { CancelFlags } from '../src/protocol/frame/cancel-flags.js';
import { PrimitiveRejections } from './kernel/console/primitive-rejections.js';
import { giveTurns } from './kernel/execution/event-loop-turns.js';
import { removeAuthority } from './kernel/realm/globals.js';
import { ProxyRegistry } from './kernel/realm/proxy-registry.js';
import { serveKernel } from './kernel/serve-kernel.js';

/**
 * Boot: this module runs before the reader's code. The frame sends one message with the session's port. After that
 * the worker ignores messages on its global channel.
 */
const proxies = new ProxyRegistry();
giveTurns();
removeAuthority(globalThis);

globalThis.addEventListener('message', function boot(event: MessageEvent): void {
  const port = event.ports[0];
  if (port === undefined) return;
  event.stopImmediatePropagation();
  globalThis.removeEventListener('message', boot);
  proxies.install(globalThis);
  const shared: unknown = event.data;
  const cancelled =
    typeof shared === 'object' && shared !== null ? new CancelFlags(shared as SharedArrayBuffer) : undefined;
  serveKernel(port, proxies, cancelled, (kernel) => {
    globalThis.addEventListener('error', (error) => {
      error.preventDefault();
      kernel.reportUncaught('uncaught', error.error ?? error.message);
    });
    const primitives = new PrimitiveRejections();
    primitives.install();
    // Before every listener of the reader's, which come later.
    globalThis.addEventListener(
      'unhandledrejection',
      (rejection) => {
        rejection.preventDefault();
        if (primitives.takes(rejection)) return;
        kernel.reportUncaught('unhandledrejection', rejection.reason, rejection.promise);
      },
      { capture: true },
    );
  });
});
