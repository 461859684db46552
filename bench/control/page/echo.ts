import { openHostEndpoint } from '../../../src/protocol/endpoint/host-endpoint.js';
import { openSandboxFrame } from '../../../src/protocol/frame/sandbox-frame.js';

/** The far end of a session's path, with nothing there but an answer. */
export interface Echo extends Disposable {
  /** To the worker and back. */
  ask(message: unknown): Promise<unknown>;
  /** Mean milliseconds of so many calls, one after the other, from the worker to the page and back. */
  calls(count: number, message: unknown): Promise<number>;
}

export async function openEcho(runnerUrl: string): Promise<Echo> {
  const frame = await openSandboxFrame({ runnerUrl });
  const endpoint = openHostEndpoint(frame.port, { api: { echo: (message) => message } });
  return {
    ask: (message) => endpoint.call('echo', message, (reply) => reply),
    calls: (count, message) => endpoint.call('calls', { count, message }, (time) => time as number),
    [Symbol.dispose]() {
      endpoint.close('the benchmark is over');
      frame.dispose();
    },
  };
}
