import { openHostEndpoint } from '../../protocol/endpoint/host-endpoint.js';
import { hostMessages, kernelReplies } from '../../protocol/checks/message-checks.js';
import { orderedMethods } from '../../protocol/methods.js';
import { PublicError } from '../../protocol/endpoint/call-errors.js';
import { SandboxFrameError } from '../../protocol/frame/sandbox-frame-error.js';
import { openSandboxFrame } from '../../protocol/frame/sandbox-frame.js';
import { CancelledError } from '../errors/execution-errors.js';
import { ProtocolViolationError, RunnerUnavailableError } from '../errors/session-errors.js';
import type { KernelConnection, KernelHandlers } from './kernel-connection.js';
import { resolveRunnerUrl } from './runner-location.js';

export interface SandboxOptions {
  readonly runnerUrl: string | URL | undefined;
  /** Origins and addresses that code may reach by itself, as in CSP's `connect-src`. */
  readonly allowedOrigins: readonly string[];
  /** Milliseconds of silence after which the sandbox counts as lost. */
  readonly healthTimeout: number;
}

/**
 * Opens a worker in a sandboxed frame. Every message of the worker is checked.
 * @throws RunnerUnavailableError; SandboxFrameError when the signal is aborted
 */
export async function connectSandbox(
  { runnerUrl, allowedOrigins, healthTimeout }: SandboxOptions,
  handlers: KernelHandlers,
  signal: AbortSignal,
): Promise<KernelConnection> {
  const address = resolveRunnerUrl(runnerUrl);
  const frame = await openSandboxFrame({
    runnerUrl: address,
    connect: allowedOrigins,
    healthTimeout,
    signal,
  }).catch((error: unknown) => {
    throw error instanceof SandboxFrameError && error.failure !== 'aborted'
      ? new RunnerUnavailableError(address.href, error.message, { cause: error })
      : error;
  });
  let hasEnded = false;
  const terminate = (reason: string): void => {
    hasEnded = true;
    endpoint.close(reason);
    frame.terminate();
    frame.dispose();
  };
  const onLost = (error: Error): void => {
    if (hasEnded) return;
    terminate(error.message);
    handlers.onLost(error);
  };
  const endpoint = openHostEndpoint(frame.port, {
    get api() {
      return handlers.api;
    },
    messages: hostMessages,
    replies: kernelReplies,
    ordered: orderedMethods,
    publicError,
    onViolation: (violation) =>
      onLost(new ProtocolViolationError('a message of the protocol', violation.message, { cause: violation })),
  });
  frame.onLost((error) =>
    onLost(
      error.failure === 'worker' ? new RunnerUnavailableError(address.href, error.message, { cause: error }) : error,
    ),
  );
  return {
    request: (method, message) => endpoint.call(method, message),
    watch: () => frame.watch(),
    probe: () => frame.probe(),
    cancel: (cell) => frame.cancel(cell),
    terminate,
  };
}

/** Code in the worker reads the messages of the SDK's own errors. Of any other error it learns only that the call failed. */
function publicError(error: unknown, method: string): { readonly name: string; readonly message: string } {
  if (error instanceof PublicError || error instanceof CancelledError)
    return { name: error.name, message: error.message };
  return { name: 'Error', message: `The call of ${method} failed.` };
}
