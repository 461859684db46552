import { openHostEndpoint } from '../../../src/protocol/endpoint/host-endpoint.js';
import { openSandboxFrame } from '../../../src/protocol/frame/sandbox-frame.js';
import type { EchoHost, EchoWorker } from './echo.worker.js';

/** The far end of a session's path, with nothing there but an answer. */
export interface Echo extends Disposable {
  /** To the worker and back. */
  ask(message: unknown): Promise<unknown>;
  /** Mean milliseconds of so many calls, one after the other, from the worker to the page and back. */
  calls(count: number, message: unknown): Promise<number>;
}

export async function openEcho(runnerUrl: string): Promise<Echo> {
  const frame = await openSandboxFrame({ runnerUrl });
  const endpoint = openHostEndpoint<EchoHost, EchoWorker>(frame.port, {
    api: { echo: (message) => message },
    messages: { echo: (message) => message },
    replies: { echo: (reply) => reply, calls: (time) => time as number },
  });
  return {
    ask: (message) => endpoint.call('echo', message),
    calls: (count, message) => endpoint.call('calls', { count, message }),
    [Symbol.dispose]() {
      endpoint.close('the benchmark is over');
      frame.dispose();
    },
  };
}
