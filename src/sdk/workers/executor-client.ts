import type { KernelSettings, WireContext } from '../../protocol/wire.js';
import { after } from '../../protocol/resources.js';
import { ClientClosedError, RequestTimeoutError } from '../errors/errors.js';
import type { ConnectKernel, HostApi, KernelConnection, KernelMethod } from './kernel-connection.js';
import type { Limits } from '../limits.js';
import { retry } from '../retry.js';

export interface ExecutorClientOptions {
  readonly connect: ConnectKernel;
  readonly api: HostApi;
  readonly settings: KernelSettings;
  readonly limits: Limits;
  /** Made anew for each message that belongs to no execution. */
  readonly housekeepingContext: () => WireContext;
  /** The worker is gone. Not called for `close`. */
  readonly onLost: (error: Error) => void;
}

export interface RequestOptions {
  readonly correlationId?: string;
  /** Milliseconds. @default limits.requestTimeout */
  readonly timeout?: number;
}

/** Fields of the method's message; `context` is that of the execution it belongs to, or housekeeping's. */
export type RequestMessage = { readonly context?: WireContext } & Readonly<Record<string, unknown>>;

/**
 * One worker, from the first request to its end: opened lazily and once, closed once (A10). Whoever wants another worker
 * makes another client.
 */
export class ExecutorClient {
  readonly #options: ExecutorClientOptions;
  readonly #opening = new AbortController();
  #connection: Promise<KernelConnection> | undefined;
  #opened: KernelConnection | undefined;
  #closed = false;

  constructor(options: ExecutorClientOptions) {
    this.#options = options;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /**
   * Opens the channel; the same promise for everybody. Transient failures are tried again (A8): no code has run yet.
   * @throws RunnerUnavailableError, ClientClosedError
   */
  open(): Promise<void> {
    if (this.#closed) return Promise.reject(new ClientClosedError());
    this.#connection ??= retry(() => this.#connect(), { signal: this.#opening.signal });
    return this.#connection.then(() => undefined);
  }

  /**
   * Opens if needed, then asks the worker. The answer is data as the protocol's schema for the method has it.
   * @throws RequestTimeoutError (phase `unknown`), ClientClosedError
   */
  async request<Reply>(method: KernelMethod, message: RequestMessage, options: RequestOptions = {}): Promise<Reply> {
    await this.open();
    const connection = this.#opened;
    if (connection === undefined) throw new ClientClosedError({ correlationId: options.correlationId });
    const timeout = options.timeout ?? this.#options.limits.requestTimeout;
    const context = message.context ?? this.#options.housekeepingContext();
    let cancelTimer = (): void => undefined;
    const timedOut = new Promise<never>((_, reject) => {
      cancelTimer = after(timeout, () => {
        reject(
          new RequestTimeoutError(method, timeout, { correlationId: options.correlationId ?? context.correlationId }),
        );
      });
    });
    try {
      return (await Promise.race([connection.request(method, { ...message, context }), timedOut])) as Reply;
    } finally {
      cancelTimer();
    }
  }

  /** Ends the execution of a cell where the worker may be too busy to be told, if that can be done. */
  cancel(cell: number): void {
    this.#opened?.cancel?.(cell);
  }

  /** Looks after the sandbox's heartbeat until disposed; a lost one is told through `onLost`. */
  watch(): { dispose(): void } {
    return this.#opened?.watch() ?? { dispose: () => undefined };
  }

  /** Ends the worker, whatever it does. Safe to call twice, and before it was opened. */
  close(reason = 'closed by the host'): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#opening.abort(new ClientClosedError());
    this.#opened?.terminate(reason);
    this.#opened = undefined;
  }

  async #connect(): Promise<KernelConnection> {
    const { connect, api, settings, onLost, housekeepingContext } = this.#options;
    const connection = await connect(
      {
        api,
        onLost: (error) => {
          if (this.#closed) return;
          this.close(error.message);
          onLost(error);
        },
      },
      this.#opening.signal,
    );
    try {
      this.#opening.signal.throwIfAborted();
      await connection.request('start', { context: housekeepingContext(), settings });
      this.#opening.signal.throwIfAborted();
    } catch (error) {
      connection.terminate('it did not start');
      throw error;
    }
    this.#opened = connection;
    return connection;
  }
}
