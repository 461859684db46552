import type { KernelSettings, WireContext } from '../../protocol/messages/wire.js';
import { afterListening } from '../../protocol/resources/timers.js';
import { listen } from '../../protocol/resources/listen.js';
import { ClientClosedError } from '../errors/session-errors.js';
import { RequestTimeoutError } from '../errors/execution-errors.js';
import type { HostApi, KernelMethod, KernelMethods } from '../../protocol/methods.js';
import type { KernelHandlers } from './kernel-connection.js';
import type { Limits } from '../limits.js';
import { retry } from '../retry.js';
import type { WorkerHolder, WorkerLease, WorkerPool } from './worker-pool.js';

/** Options of an `ExecutorClient`. */
export interface ExecutorClientOptions {
  readonly pool: Pick<WorkerPool, 'lease'>;
  /** The session that the worker is for. */
  readonly holder: WorkerHolder;
  /** Methods that the worker may call until the client is closed. */
  readonly api: HostApi;
  readonly settings: KernelSettings;
  readonly limits: Pick<Limits, 'requestTimeout'>;
  /** Makes the context of a message that belongs to no execution. */
  readonly housekeepingContext: () => WireContext;
  /** The worker was lost after it had opened. Before that, `open` rejects. Not called for `close`. */
  readonly onLost: (error: Error) => void;
}

/** Options of one request to a worker. */
export interface RequestOptions {
  readonly correlationId?: string;
  /** Milliseconds. @default limits.requestTimeout */
  readonly timeout?: number;
}

/** The method's message. @default context: housekeeping's */
export type RequestMessage<M extends KernelMethod = KernelMethod> = Omit<KernelMethods[M]['message'], 'context'> & {
  readonly context?: WireContext;
};

/** The host, for a worker whose client is closed. */
const closedApi: HostApi = {
  callTool: () => Promise.reject(new ClientClosedError()),
  cancelToolCall: () => undefined,
  output: () => undefined,
  running: () => undefined,
  checkpoint: () => undefined,
  loadModule: () => Promise.reject(new ClientClosedError()),
  loadPart: () => Promise.reject(new ClientClosedError()),
  mutate: () => undefined,
};

/**
 * One worker, from the first request to its end: leased at the first need and once, released once (A10). Another worker
 * takes another client.
 */
export class ExecutorClient {
  readonly #options: ExecutorClientOptions;
  readonly #ended = new AbortController();
  #opening: Promise<WorkerLease> | undefined;
  #lease: WorkerLease | undefined;
  /** Executions under way. */
  #executions = 0;
  /** Signs so far that the worker's event loop turns: replies, and whatever else the caller counts. */
  heard = 0;

  constructor(options: ExecutorClientOptions) {
    this.#options = options;
  }

  get isClosed(): boolean {
    return this.#ended.signal.aborted;
  }

  /**
   * Leases and starts the worker; the same promise for everybody. Transient failures are tried again (A8): no code has run yet.
   * @throws RunnerUnavailableError, SessionLimitError, ClientClosedError, the error with which the worker was lost
   */
  async open(): Promise<void> {
    await this.#opened();
  }

  /**
   * Opens if needed, then asks the worker. The answer has been checked by the protocol.
   * @throws RequestTimeoutError (phase `unknown`), ClientClosedError
   */
  async request<M extends KernelMethod>(
    method: M,
    message: RequestMessage<M>,
    options: RequestOptions = {},
  ): Promise<KernelMethods[M]['reply']> {
    const { connection } = this.#lease ?? (await this.#opened());
    const timeout = options.timeout ?? this.#options.limits.requestTimeout;
    const context = message.context ?? this.#options.housekeepingContext();
    let cancelTimer = (): void => undefined;
    const timedOut = new Promise<never>((_, reject) => {
      cancelTimer = afterListening(timeout, () => {
        reject(
          new RequestTimeoutError(method, timeout, { correlationId: options.correlationId ?? context.correlationId }),
        );
      });
    });
    if (method === 'execute') this.#executions++;
    try {
      const reply = await Promise.race([connection.request(method, { ...message, context }), timedOut]);
      this.heard++;
      return reply;
    } finally {
      if (method === 'execute') this.#executions--;
      cancelTimer();
    }
  }

  /** Ends the execution of a cell in a worker that may be too busy for messages, if that is possible. */
  cancel(cell: number): void {
    this.#lease?.connection.cancel?.(cell);
  }

  /** Resolves when what the worker had sent so far has arrived. May never resolve once the worker is lost. */
  async probe(): Promise<void> {
    await this.#lease?.connection.probe?.();
  }

  /** Watches the sandbox's heartbeat until disposed. A silent sandbox is lost. */
  watch(): { dispose(): void } {
    return this.#lease?.connection.watch() ?? { dispose: () => undefined };
  }

  /** Ends the worker, whatever it does. Safe to call twice, and before it was opened. */
  close(reason = 'closed by the host'): void {
    this.#end(reason, new ClientClosedError());
  }

  #opened(): Promise<WorkerLease> {
    if (this.isClosed) return Promise.reject(this.#ended.signal.reason as Error);
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<WorkerLease> {
    const { signal } = this.#ended;
    let unlisten = (): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      unlisten = listen(signal, 'abort', () => reject(signal.reason as Error));
    });
    try {
      return await Promise.race([retry(() => this.#leaseWorker(), { signal }), ended]);
    } finally {
      unlisten();
    }
  }

  async #leaseWorker(): Promise<WorkerLease> {
    const { pool, holder, api, settings, housekeepingContext, onLost } = this.#options;
    const { signal } = this.#ended;
    const handlers: KernelHandlers = {
      get api() {
        return signal.aborted ? closedApi : api;
      },
      onLost: (error) => {
        if (this.isClosed) return;
        const wasOpen = this.#lease !== undefined;
        this.#end(error.message, error);
        if (wasOpen) onLost(error);
      },
    };
    const start = { context: housekeepingContext(), settings };
    const lease = await pool.lease({ holder, handlers, start }, signal);
    if (signal.aborted) {
      lease.release('it is no longer needed');
      throw signal.reason;
    }
    this.#lease = lease;
    return lease;
  }

  #end(reason: string, error: Error): void {
    if (this.isClosed) return;
    this.#ended.abort(error);
    this.#lease?.release(reason, this.#executions > 0);
    this.#lease = undefined;
  }
}
