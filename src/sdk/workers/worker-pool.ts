import { afterListening } from '../../protocol/resources/timers.js';
import { listen } from '../../protocol/resources/listen.js';
import type { StartMessage } from '../../protocol/messages/wire.js';
import { CodemodeError } from '../errors/codemode-error.js';
import { RequestTimeoutError } from '../errors/execution-errors.js';
import type { Limits } from '../limits.js';
import type { Suspension } from '../types.js';
import { IdleWorker } from './idle-worker.js';
import type { ConnectKernel, KernelConnection, KernelHandlers } from './kernel-connection.js';
import { WorkerLimit } from './worker-limit.js';

/** A session that holds a worker. */
export interface WorkerHolder {
  readonly name: string;
  /** Start of its idle time, on the clock of `performance.now()`; `undefined` while it is busy. */
  readonly idleSince: number | undefined;
  /** Gives its worker back, if it can spare it. */
  suspend(reason: string): Promise<Suspension>;
}

/** A session's request for a worker. */
export interface LeaseRequest {
  readonly holder: WorkerHolder;
  readonly handlers: KernelHandlers;
  /** The first message, which makes the worker the holder's. */
  readonly start: StartMessage;
}

/** A worker that has been started. A lost one has to be released too. */
export interface WorkerLease {
  readonly connection: KernelConnection;
  /** Ends the worker and gives its place back. Calling it twice is safe. @param isRunning whether code still ran in it */
  release(reason: string, isRunning?: boolean): void;
}

/** Options of a `WorkerPool`. */
export interface WorkerPoolOptions {
  /** Opens a worker. */
  readonly connect: ConnectKernel;
  readonly limits: Pick<Limits, 'maxSessions' | 'minIdle' | 'requestTimeout'>;
}

/** Workers that start at a time. All at once would share the processors, and each of a hundred be too slow for its time limit. */
const maxStarting = 8;

/** Milliseconds that an idle worker has to answer `start`: nothing else shows that its process is gone. */
const idleStartTimeout = 1_000;

/**
 * Leases workers to sessions: at most `maxSessions` at a time. If none is free, it suspends the session that has been idle
 * longest. Keeps `minIdle` workers open ahead. A worker serves one session and ends with its lease, so that nothing of one
 * session reaches another.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #limit: WorkerLimit;
  readonly #starting = new WorkerLimit({
    max: maxStarting,
    timeout: Infinity,
    freeOne: async () => false,
    holders: () => [],
  });
  readonly #idle = new Set<IdleWorker>();
  readonly #leases = new Set<{ readonly holder: WorkerHolder }>();
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#limit = new WorkerLimit({
      max: options.limits.maxSessions,
      timeout: options.limits.requestTimeout,
      freeOne: () => this.#suspendLongestIdle(),
      holders: () => [...this.#leases].map(({ holder }) => holder.name),
    });
  }

  /** Idle workers, including those that are still opening. */
  get idleCount(): number {
    return this.#idle.size;
  }

  /** Places that no session holds. */
  get freeCount(): number {
    return this.#limit.free;
  }

  /**
   * Waits for a place, and starts an idle worker or a new one.
   * @throws SessionLimitError when no place became free in time; what opening or starting a worker throws; the signal's reason
   */
  async lease({ holder, handlers, start }: LeaseRequest, signal: AbortSignal): Promise<WorkerLease> {
    const giveBack = await this.#limit.take(signal);
    const lease = { holder };
    this.#leases.add(lease);
    let connection: KernelConnection | undefined;
    let started = (): void => undefined;
    const end = (reason: string): void => {
      connection?.terminate(reason);
      this.#leases.delete(lease);
      giveBack();
    };
    try {
      connection = await this.#adoptIdle(handlers, signal);
      const wasIdle = connection !== undefined;
      if (!wasIdle) started = await this.#starting.take(signal);
      connection ??= await this.#options.connect(handlers, signal);
      signal.throwIfAborted();
      await this.#start(connection, start, wasIdle, signal);
      signal.throwIfAborted();
      return {
        connection,
        release: (reason, isRunning = false) => {
          // Its code may run on until its process ends, or its process has died: idle workers may share it.
          if (isRunning) this.#discardIdle('a worker of its process was lost');
          end(reason);
        },
      };
    } catch (error) {
      end('it did not start');
      throw error;
    } finally {
      started();
    }
  }

  /** Opens workers until `count` are idle or no place is free. Resolves when they can be leased; failures are ignored. */
  async fill(count = this.#options.limits.minIdle): Promise<void> {
    while (!this.#isClosed && this.#idle.size < count && this.#idle.size < this.#limit.free) {
      const idle: IdleWorker = new IdleWorker(this.#options.connect, () => this.#idle.delete(idle));
      this.#idle.add(idle);
    }
    await Promise.all([...this.#idle].map((idle) => idle.whenOpen()));
  }

  /** To be called when a holder has become idle: a session that waits for a worker may get its place. */
  holderIsIdle(): void {
    void this.#limit.freeForWaiting();
  }

  /** Ends the idle workers. Leases end with their sessions. */
  close(): void {
    this.#isClosed = true;
    this.#discardIdle('the pool was closed');
  }

  async #adoptIdle(handlers: KernelHandlers, signal: AbortSignal): Promise<KernelConnection | undefined> {
    for (const idle of this.#idle) {
      this.#idle.delete(idle);
      const connection = await idle.adopt(handlers, signal);
      if (connection !== undefined || signal.aborted) return connection;
    }
    return undefined;
  }

  async #start(
    connection: KernelConnection,
    start: StartMessage,
    wasIdle: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const timeout = wasIdle ? idleStartTimeout : this.#options.limits.requestTimeout;
    const releases: (() => void)[] = [];
    const failed = new Promise<never>((_, reject) => {
      const onSilence = (): void => {
        if (wasIdle) this.#discardIdle('a worker of its process does not answer');
        reject(wasIdle ? silentIdleWorker() : new RequestTimeoutError('start', timeout, { phase: 'not-started' }));
      };
      releases.push(
        afterListening(timeout, onSilence),
        listen(signal, 'abort', () => reject(signal.reason as Error)),
      );
    });
    try {
      await Promise.race([connection.request('start', start), failed]);
    } finally {
      for (const release of releases) release();
    }
  }

  async #suspendLongestIdle(): Promise<boolean> {
    const idle = [...this.#leases].flatMap(({ holder }) =>
      holder.idleSince === undefined ? [] : [{ holder, since: holder.idleSince }],
    );
    for (const { holder } of idle.sort((a, b) => a.since - b.since)) {
      const { suspended } = await holder.suspend('suspended: another session needed its worker');
      if (suspended) return true;
    }
    return false;
  }

  #discardIdle(reason: string): void {
    for (const idle of this.#idle) idle.end(reason);
    this.#idle.clear();
  }
}

/** Another worker may answer. */
const silentIdleWorker = (): CodemodeError =>
  new CodemodeError('The worker that was opened ahead does not answer.', { phase: 'not-started', transient: true });
