import type { CancelFlags } from '../../src/protocol/frame/cancel-flags.js';
import { openWorkerEndpoint, type KernelApi, type KernelReply } from '../../src/protocol/endpoint/worker-endpoint.js';
import { orderedMethods, type HostMethods, type KernelMethods } from '../../src/protocol/methods.js';
import { errorStackGetter } from '../../src/protocol/intrinsics/slots.js';
import { Kernel } from './kernel.js';
import { compiledText } from './modules/module-text.js';
import { intrinsics } from './realm/intrinsics.js';
import type { ProxyRegistry } from './realm/proxy-registry.js';

const refuse = (_message: unknown, reply: KernelReply<never>): void =>
  reply.fail('KernelStateError', 'The kernel has not been started.');

const refuseStarted = (_message: unknown, reply: KernelReply<never>): void =>
  reply.fail('KernelStateError', 'The kernel has been started already.');

/**
 * Answers the port of a session. The first `start` creates the kernel and calls `started` with it. Calls before that,
 * and a second `start`, fail with the name `KernelStateError`. `compile` is only answered before.
 *
 * @param cancelled cells to cancel, in shared memory; `undefined` where memory can't be shared
 */
export function serveKernel(
  port: MessagePort,
  proxies: ProxyRegistry,
  cancelled: CancelFlags | undefined,
  started: (kernel: Kernel) => void,
): void {
  let kernel: Kernel | undefined;
  let api: KernelApi<KernelMethods> = {
    start: (message, reply) => {
      errorStackGetter();
      kernel = new Kernel({ endpoint, proxies, cancelled }, message);
      api = { ...kernel.api, start: refuseStarted, compile: refuseStarted };
      started(kernel);
      reply.succeed({ version: '1' });
    },
    compile: (message, reply) => reply.succeed({ data: compiledText(message) }),
    execute: refuse,
    cancel: refuse,
    cancelPending: refuse,
    pending: refuse,
    listPending: refuse,
    recall: refuse,
    expand: refuse,
    store: refuse,
    list: refuse,
    read: refuse,
    awaitPending: refuse,
    checkpoint: refuse,
    restore: refuse,
    component: refuse,
    blockers: refuse,
  };
  const endpoint = openWorkerEndpoint<KernelMethods, HostMethods>(port, {
    api: () => api,
    codec: () => kernel?.codec ?? {},
    bracket: (run) => intrinsics.enter(run),
    ordered: orderedMethods,
  });
}
