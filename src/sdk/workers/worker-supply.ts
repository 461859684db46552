import type { ConnectKernel } from './kernel-connection.js';
import type { Limits } from '../limits.js';
import type { SessionState, Suspension } from '../types.js';
import { WorkerPool } from './worker-pool.js';
import { WorkerSlots } from './worker-slots.js';

/** A session, as far as its worker may be wanted by another. */
export interface WorkerHolder {
  readonly name: string;
  readonly state: SessionState;
  /** Since when its worker has had nothing to do, as `performance.now()` has it; `undefined` where it runs or has none. */
  readonly idleSince: number | undefined;
  suspend(reason: string): Promise<Suspension>;
}

export interface WorkerSupplyOptions {
  readonly connect: ConnectKernel;
  readonly limits: Limits;
  readonly holders: () => readonly WorkerHolder[];
}

/** Where the sessions of a Codemode get their workers: at most so many at a time, and started ahead where that is wanted. */
export class WorkerSupply {
  readonly #pool: WorkerPool;
  readonly #slots: WorkerSlots;

  constructor({ connect, limits, holders }: WorkerSupplyOptions) {
    this.#slots = new WorkerSlots({
      max: limits.maxSessions,
      patience: limits.requestTimeout,
      makeRoom: () => suspendLongestIdle(holders()),
      holders: () =>
        holders()
          .filter(({ state }) => state === 'ready' || state === 'running')
          .map(({ name }) => name),
    });
    this.#pool = new WorkerPool({ connect, minIdle: limits.minIdle, hasRoom: (waiting) => waiting < this.#slots.free });
  }

  readonly connect: ConnectKernel = async (handlers, signal) => {
    const giveBack = await this.#slots.take(signal);
    try {
      const connection = await this.#pool.connect(
        {
          api: handlers.api,
          onLost: (error) => {
            giveBack();
            handlers.onLost(error);
          },
        },
        signal,
      );
      return {
        request: connection.request,
        watch: connection.watch,
        cancel: (cell) => connection.cancel?.(cell),
        terminate: (reason) => {
          connection.terminate(reason);
          giveBack();
        },
      };
    } catch (error) {
      giveBack();
      throw error;
    }
  };

  /** Starts a worker ahead, or as many as `limits.minIdle` says, and resolves when they wait. */
  async warm(minIdle: number): Promise<void> {
    await this.#pool.fill(Math.max(1, minIdle));
  }

  /** A session became idle: it may be the one that somebody waits for. */
  sessionIsIdle(): void {
    void this.#slots.lookForRoom();
  }

  close(): void {
    this.#pool.close();
  }
}

async function suspendLongestIdle(holders: readonly WorkerHolder[]): Promise<boolean> {
  const idle = holders.flatMap((holder) =>
    holder.idleSince === undefined ? [] : [{ holder, since: holder.idleSince }],
  );
  for (const { holder } of idle.sort((a, b) => a.since - b.since)) {
    const { suspended } = await holder.suspend('suspended: another session needed its worker');
    if (suspended) return true;
  }
  return false;
}
