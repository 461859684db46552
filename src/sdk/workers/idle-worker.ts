import { listen } from '../../protocol/resources/listen.js';
import { CodemodeError } from '../errors/codemode-error.js';
import type { ConnectKernel, KernelConnection, KernelHandlers } from './kernel-connection.js';

/** A worker that was opened ahead. Until a session adopts it, it can call nothing of the host. */
export class IdleWorker {
  readonly #opening = new AbortController();
  readonly #opened: Promise<KernelConnection | undefined>;
  #handlers: KernelHandlers | undefined;
  #isLost = false;

  /** @param onLost called if it is lost, or fails to open, before it is adopted */
  constructor(connect: ConnectKernel, onLost: () => void) {
    const adopter = (): KernelHandlers | undefined => this.#handlers;
    const handlers: KernelHandlers = {
      get api() {
        const api = adopter()?.api;
        if (api === undefined) throw new CodemodeError('This worker has no session.');
        return api;
      },
      onLost: (error) => {
        this.#isLost = true;
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

  /** Hands the worker over to a session. `undefined` if it is lost or could not be opened. */
  async adopt(handlers: KernelHandlers, signal: AbortSignal): Promise<KernelConnection | undefined> {
    const unlisten = listen(signal, 'abort', () => this.#opening.abort(signal.reason));
    const connection = await this.#opened;
    unlisten();
    if (connection === undefined || this.#isLost) return undefined;
    this.#handlers = handlers;
    return connection;
  }

  end(reason: string): void {
    this.#opening.abort(new CodemodeError(reason));
    void this.#opened.then((connection) => connection?.terminate(reason));
  }
}
