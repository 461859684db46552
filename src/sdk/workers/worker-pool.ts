import { after, listen } from '../../protocol/resources.js';
import { CodemodeError } from '../errors/errors.js';
import type { ConnectKernel, KernelConnection, KernelHandlers } from './kernel-connection.js';

export interface WorkerPoolOptions {
  /** Opens a worker; it has been told nothing of a session yet. */
  readonly connect: ConnectKernel;
  /** How many workers wait for a session, once one has run code. */
  readonly minIdle: number;
  /** Whether there is room for one more beside those that wait already. */
  readonly hasRoom: (waiting: number) => boolean;
}

/** Milliseconds in which a worker that waited has to answer `start`; else its process is gone, which nobody is told of. */
const answerTimeout = 1_000;

/**
 * Workers that were started ahead, and wait for the session that takes them. A worker learns of a session only when it is
 * taken, serves that one alone and is never given back, so it has nothing of another session to tell.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #waiting = new Set<WaitingWorker>();
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** How many wait, those that still start included. */
  get size(): number {
    return this.#waiting.size;
  }

  /** A worker that waits, else a new one. @throws what opening a new one throws */
  readonly connect: ConnectKernel = async (handlers, signal) => {
    for (const waiting of this.#waiting) {
      this.#waiting.delete(waiting);
      const connection = await waiting.adopt(handlers, signal);
      if (signal.aborted) {
        waiting.end('nobody waits for it any more');
        throw signal.reason;
      }
      if (connection !== undefined) return this.#inUse(connection, true);
    }
    return this.#inUse(await this.#options.connect(handlers, signal), false);
  };

  /** Starts workers until so many wait. Resolves when they can be taken; one that does not start is given up. */
  async fill(count = this.#options.minIdle): Promise<void> {
    while (!this.#isClosed && this.#waiting.size < count && this.#options.hasRoom(this.#waiting.size)) {
      const waiting: WaitingWorker = new WaitingWorker(this.#options.connect, () => this.#waiting.delete(waiting));
      this.#waiting.add(waiting);
    }
    await Promise.all([...this.#waiting].map((waiting) => waiting.whenOpen()));
  }

  /** Ends what waits. */
  discard(reason: string): void {
    for (const waiting of this.#waiting) waiting.end(reason);
    this.#waiting.clear();
  }

  close(): void {
    this.#isClosed = true;
    this.discard('the pool was closed');
  }

  #inUse(connection: KernelConnection, hasWaited: boolean): KernelConnection {
    let running = 0;
    return {
      watch: () => connection.watch(),
      cancel: (cell) => connection.cancel?.(cell),
      request: async (method, message) => {
        if (method === 'start' && hasWaited) return await this.#startWaited(connection, message);
        if (method !== 'execute') return await connection.request(method, message);
        running++;
        try {
          return await connection.request(method, message);
        } finally {
          running--;
          void this.fill();
        }
      },
      terminate: (reason) => {
        // It may burn on until its process ends, or its process has died: those that wait may share it.
        if (running > 0) this.discard('a worker of its process was lost');
        connection.terminate(reason);
      },
    };
  }

  async #startWaited(connection: KernelConnection, message: object): Promise<unknown> {
    let cancel = (): void => undefined;
    const silent = new Promise<never>((_, reject) => {
      cancel = after(answerTimeout, () => {
        this.discard('one of its process does not answer');
        reject(
          new CodemodeError('The worker that was started ahead does not answer.', {
            phase: 'not-started',
            transient: true,
          }),
        );
      });
    });
    try {
      return await Promise.race([connection.request('start', message), silent]);
    } finally {
      cancel();
    }
  }
}

/** One worker that nobody has taken yet. Until then nobody may ask the host for anything in its name. */
class WaitingWorker {
  readonly #opening = new AbortController();
  readonly #opened: Promise<KernelConnection | undefined>;
  #handlers: KernelHandlers | undefined;
  #lost: Error | undefined;

  /** @param onLost it can't be taken any more */
  constructor(connect: ConnectKernel, onLost: () => void) {
    const taker = (): KernelHandlers | undefined => this.#handlers;
    const handlers: KernelHandlers = {
      get api() {
        const api = taker()?.api;
        if (api === undefined) throw new CodemodeError('This worker has no session.');
        return api;
      },
      onLost: (error) => {
        this.#lost = error;
        if (this.#handlers === undefined) onLost();
        else this.#handlers.onLost(error);
      },
    };
    this.#opened = connect(handlers, this.#opening.signal).catch(() => {
      onLost();
      return undefined;
    });
  }

  async whenOpen(): Promise<void> {
    await this.#opened;
  }

  /** From now on it is the session's. `undefined` when it could not be started or is gone: the session opens one itself. */
  async adopt(handlers: KernelHandlers, signal: AbortSignal): Promise<KernelConnection | undefined> {
    const unlisten = listen(signal, 'abort', () => this.#opening.abort(signal.reason));
    const connection = await this.#opened;
    unlisten();
    if (connection === undefined || this.#lost !== undefined) return undefined;
    this.#handlers = handlers;
    return connection;
  }

  end(reason: string): void {
    this.#opening.abort(new CodemodeError(reason));
    void this.#opened.then((connection) => connection?.terminate(reason));
  }
}
