import type { HostApi, KernelMethod, KernelMethods } from '../../protocol/methods.js';

/** A worker with its frame and its port; one life, from open to terminate. */
export interface KernelConnection {
  /** Rejects when the port dies; has no timeout of its own. */
  request<M extends KernelMethod>(method: M, message: KernelMethods[M]['message']): Promise<KernelMethods[M]['reply']>;
  /** Tells when the sandbox is silent for longer than it may be, until disposed. */
  watch(): { dispose(): void };
  /** Resolves when the sandbox has passed on what the worker had sent so far. May never resolve once it is lost. */
  probe?: () => Promise<void>;
  /** Ends the execution of a cell where the worker may be too busy to be told, if that can be done. */
  cancel?: (cell: number) => void;
  /** Port first, then worker, then frame. Safe to call twice. */
  terminate(reason: string): void;
}

/** The methods that the host offers a worker, and its reaction to the loss of the worker. */
export interface KernelHandlers {
  /** Read at each message: a worker may have another session than it had before it had any. */
  readonly api: HostApi;
  /** The worker, its frame or its port is gone, or broke the protocol. Called once. */
  onLost(error: Error): void;
}

/** Opens a sandbox and connects its kernel. */
export type ConnectKernel = (handlers: KernelHandlers, signal: AbortSignal) => Promise<KernelConnection>;
