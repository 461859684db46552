import type { CheckpointMessage } from '../../protocol/checkpoint.js';
import type { OutputMessage, ToolCallMessage, WireContext } from '../../protocol/wire.js';

export interface ModuleMessage {
  readonly context: WireContext;
  /** Absolute address, as the import map resolved it. */
  readonly url: string;
}

export interface ModuleSource {
  /** Where it was in the end, after redirects. */
  readonly url: string;
  readonly source: string;
}

/** What a worker may ask of the host: nothing else crosses the port in that direction. */
export interface HostApi {
  callTool(message: ToolCallMessage): Promise<unknown>;
  /** The code that called gave up on it. */
  cancelToolCall(message: { readonly context: WireContext; readonly callId: string }): void;
  output(message: OutputMessage): void;
  /** What changed in the namespace. */
  checkpoint(message: CheckpointMessage): void;
  loadModule(message: ModuleMessage): Promise<ModuleSource>;
}

/** A worker with its frame and its port; one life, from open to terminate. */
export interface KernelConnection {
  /** Rejects when the port dies; has no timeout of its own. */
  request(method: KernelMethod, message: object): Promise<unknown>;
  /** Tells when the sandbox is silent for longer than it may be, until disposed. */
  watch(): { dispose(): void };
  /** Ends the execution of a cell where the worker may be too busy to be told, if that can be done. */
  cancel?: (cell: number) => void;
  /** Port first, then worker, then frame. Safe to call twice. */
  terminate(reason: string): void;
}

export type KernelMethod =
  'start' | 'execute' | 'cancel' | 'expand' | 'list' | 'read' | 'awaitPending' | 'checkpoint' | 'restore' | 'obstacles';

export interface KernelHandlers {
  /** Read at each message: a worker may have another session than it had before it had any. */
  readonly api: HostApi;
  /** The worker, its frame or its port is gone, or broke the protocol. Called once. */
  onLost(error: Error): void;
}

export type ConnectKernel = (handlers: KernelHandlers, signal: AbortSignal) => Promise<KernelConnection>;
