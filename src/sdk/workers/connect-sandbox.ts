import { checkpointMessage, restoreReply } from '../../protocol/checkpoint.js';
import { openHostEndpoint, type HostMethod } from '../../protocol/endpoint/host-endpoint.js';
import {
  anyReply,
  cancelToolCallMessage,
  executionReport,
  moduleMessage,
  namespaceList,
  outputMessage,
  previewReply,
  readMessage,
  receive,
  startedMessage,
  toolCallMessage,
  valuesReply,
} from '../../protocol/messages.js';
import { obstaclesReply } from '../../protocol/obstacles-reply.js';
import { PublicError, SandboxFrameError } from '../../protocol/errors.js';
import { openSandboxFrame } from '../../protocol/frame/sandbox-frame.js';
import { CancelledError, ProtocolViolationError, RunnerUnavailableError } from '../errors/errors.js';
import type { ConnectKernel, HostApi, KernelHandlers, KernelMethod } from './kernel-connection.js';
import { resolveRunnerUrl } from './runner-location.js';

export interface SandboxOptions {
  readonly runnerUrl: string | URL | undefined;
  /** What code may reach by itself, as in CSP's `connect-src`. */
  readonly connect: readonly string[];
  /** Milliseconds of silence after which the sandbox counts as dead. */
  readonly healthTimeout: number;
}

const checkReply: Readonly<Record<KernelMethod, (reply: unknown) => unknown>> = {
  start: (reply) => readMessage(startedMessage, reply),
  execute: (reply) => readMessage(executionReport, reply),
  cancel: (reply) => readMessage(anyReply, reply),
  expand: (reply) => readMessage(previewReply, reply),
  list: (reply) => readMessage(namespaceList, reply),
  read: (reply) => readMessage(anyReply, reply),
  awaitPending: (reply) => readMessage(valuesReply, reply),
  checkpoint: (reply) => readMessage(anyReply, reply),
  restore: (reply) => readMessage(restoreReply, reply),
  obstacles: (reply) => readMessage(obstaclesReply, reply),
};

/** Connects to a worker in a sandboxed frame; every message is checked against its schema, in both directions. */
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
      api: hostMethods(handlers),
      publicError,
      onViolation: (violation) =>
        lose(new ProtocolViolationError('a message of the protocol', violation.message, { cause: violation })),
    });
    frame.onLost(lose);
    return {
      request: (method, message) => endpoint.call(method, message, checkReply[method]),
      watch: () => frame.watch(),
      cancel: (cell) => frame.cancel(cell),
      terminate: (reason) => {
        isLost = true;
        terminate(reason);
      },
    };
  };
}

function hostMethods(handlers: KernelHandlers): Readonly<Record<keyof HostApi, HostMethod>> {
  return {
    callTool: receive(toolCallMessage, (message) => handlers.api.callTool(message)),
    cancelToolCall: receive(cancelToolCallMessage, (message) => handlers.api.cancelToolCall(message)),
    checkpoint: receive(checkpointMessage, (message) => handlers.api.checkpoint(message)),
    output: receive(outputMessage, (message) => handlers.api.output(message)),
    loadModule: receive(moduleMessage, (message) => handlers.api.loadModule(message)),
  };
}

/** The SDK's own errors speak to the code that called; of any other it learns only that the call failed. */
function publicError(error: unknown, method: string): { readonly name: string; readonly message: string } {
  if (error instanceof PublicError || error instanceof CancelledError)
    return { name: error.name, message: error.message };
  return { name: 'Error', message: `The call of ${method} failed.` };
}
