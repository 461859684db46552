import { openHostEndpoint } from '../../protocol/endpoint/host-endpoint.js';
import { hostMessages, kernelReplies } from '../../protocol/schemas.js';
import { PublicError, SandboxFrameError } from '../../protocol/errors.js';
import { openSandboxFrame } from '../../protocol/frame/sandbox-frame.js';
import { CancelledError, ProtocolViolationError, RunnerUnavailableError } from '../errors/errors.js';
import type { ConnectKernel } from './kernel-connection.js';
import { resolveRunnerUrl } from './runner-location.js';

export interface SandboxOptions {
  readonly runnerUrl: string | URL | undefined;
  /** What code may reach by itself, as in CSP's `connect-src`. */
  readonly connect: readonly string[];
  /** Milliseconds of silence after which the sandbox counts as dead. */
  readonly healthTimeout: number;
}

/** Connects to a worker in a sandboxed frame; every message of the worker is checked. */
export function connectSandbox({ runnerUrl, connect, healthTimeout }: SandboxOptions): ConnectKernel {
  return async (handlers, signal) => {
    const address = resolveRunnerUrl(runnerUrl);
    const frame = await openSandboxFrame({ runnerUrl: address, connect, healthTimeout, signal }).catch(
      (error: unknown) => {
        throw error instanceof SandboxFrameError && error.failure !== 'aborted'
          ? new RunnerUnavailableError(address.href, error.message, { cause: error })
          : error;
      },
    );
    let isLost = false;
    const terminate = (reason: string): void => {
      endpoint.close(reason);
      frame.terminate();
      frame.dispose();
    };
    const lose = (error: Error): void => {
      if (isLost) return;
      isLost = true;
      terminate(error.message);
      handlers.onLost(error);
    };
    const endpoint = openHostEndpoint(frame.port, {
      get api() {
        return handlers.api;
      },
      messages: hostMessages,
      replies: kernelReplies,
      publicError,
      onViolation: (violation) =>
        lose(new ProtocolViolationError('a message of the protocol', violation.message, { cause: violation })),
    });
    frame.onLost(lose);
    return {
      request: (method, message) => endpoint.call(method, message),
      watch: () => frame.watch(),
      cancel: (cell) => frame.cancel(cell),
      terminate: (reason) => {
        isLost = true;
        terminate(reason);
      },
    };
  };
}

/** The SDK's own errors speak to the code that called; of any other it learns only that the call failed. */
function publicError(error: unknown, method: string): { readonly name: string; readonly message: string } {
  if (error instanceof PublicError || error instanceof CancelledError)
    return { name: error.name, message: error.message };
  return { name: 'Error', message: `The call of ${method} failed.` };
}
