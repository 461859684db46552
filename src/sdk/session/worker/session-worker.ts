import { loadWithWorker } from './load-with-worker.js';
import { RuntimeContext } from '../../../context/runtime-context.js';
import type { HostApi } from '../../../protocol/methods.js';
import type { Checkpoint, RestoreReport } from '../../../protocol/messages/checkpoint.js';
import type { KernelSettings, NamespaceEntry, WireContext } from '../../../protocol/messages/wire.js';
import { CheckpointGroups } from '../../checkpoints/checkpoint-groups.js';
import { LatestCheckpoint } from '../../checkpoints/latest-checkpoint.js';
import type { OpenSessionStorage } from '../../checkpoints/session-storage.js';
import { CancelledError } from '../../errors/execution-errors.js';
import { errorText } from '../../errors/error-text.js';
import {
  RunnerUnavailableError,
  SessionClosedError,
  SessionCrashedError,
  SessionLimitError,
} from '../../errors/session-errors.js';
import { type CodemodeError } from '../../errors/codemode-error.js';
import type { Limits } from '../../limits.js';
import type { SessionEventDetails, SessionState, Suspension } from '../../types.js';
import { ExecutorClient } from '../../workers/executor-client.js';
import type { WorkerHolder, WorkerPool } from '../../workers/worker-pool.js';
import type { HostExecution } from '../host-execution.js';
import type { SessionHistory } from '../session-history.js';
import { IdleTimer } from './idle-timer.js';
import type { runInWorker, RunningWorker } from './run-in-worker.js';
import { StateMachine } from '../state-machine.js';
import { sessionRules } from '../state-machine-rules.js';
import { suspended, notSuspended } from './suspension-outcome.js';

export interface SessionWorkerOptions {
  /** Name of the session. */
  readonly session: string;
  readonly pool: WorkerPool;
  readonly settings: KernelSettings;
  readonly limits: Limits;
  /** Methods that the session's workers may call. */
  readonly api: HostApi;
  /** Executions that have not ended. */
  readonly live: () => Iterable<HostExecution>;
  /** What has been executed. */
  readonly history: SessionHistory;
  /** Where the checkpoint outlives the page. @default nowhere */
  readonly storage?: OpenSessionStorage | undefined;
  /** The host's reason against a suspension, in words; `undefined` if it has none. */
  readonly blocker: () => string | undefined;
  readonly notify: (text: string) => void;
  /** The worker is about to be ended, or was lost with `error`. */
  readonly onEnd: (reason: string, error?: Error) => void;
  /** A new worker took over from a lost one, or names did not come back. */
  readonly onRecovered: (detail: SessionEventDetails['recovered']) => void;
  /** Another count of entries is pending. */
  readonly onPending: (count: number) => void;
}

/** How a session stands with its worker. The client of a worker exists only in the states that have one. */
type WorkerState =
  | { readonly state: 'none' }
  | StartingWorker
  | ReadyWorker
  | { readonly state: 'suspended'; readonly names: readonly NamespaceEntry[] }
  | { readonly state: 'closed' };

interface StartingWorker {
  readonly state: 'starting';
  readonly client: ExecutorClient;
  /** Resolves when it is ready or something else took its place; rejects when it could not be started. */
  readonly started: Promise<void>;
  /** Names to show until then, of a session that was suspended. */
  readonly names: readonly NamespaceEntry[] | undefined;
}

/** A worker that answers. */
export interface ReadyWorker extends RunningWorker {
  readonly state: 'ready';
  readonly run: typeof runInWorker;
}

/** Values that are lost with a worker, and the notice of it. */
interface Survey {
  readonly blockers: readonly string[];
  readonly names: readonly NamespaceEntry[];
}

/**
 * Keeps the worker of one session: starts it when it is needed, replaces it when it is lost, suspends, resets and closes it.
 * The session's state machine is its public face.
 */
export class SessionWorker implements WorkerHolder {
  /** Name of the session. */
  readonly name: string;
  readonly machine = new StateMachine<SessionState>(sessionRules, 'created');
  readonly #options: SessionWorkerOptions;
  readonly #checkpoint: LatestCheckpoint;
  readonly #idle: IdleTimer;
  #worker: WorkerState = { state: 'none' };
  /** One survey for all who ask for a suspension meanwhile. */
  #suspending: Promise<Suspension> | undefined;

  constructor(options: SessionWorkerOptions) {
    this.name = options.session;
    this.#options = options;
    this.#checkpoint = new LatestCheckpoint(options.storage, options.notify);
    this.#idle = new IdleTimer(
      options.limits.idleTimeout,
      () => void this.suspend('suspended: nothing ran for a while'),
    );
    this.machine.subscribe(({ to }) => {
      if (to === 'ready') this.#idle.start();
      else this.#idle.stop();
    });
  }

  /** Start of its idle time, on the clock of `performance.now()`; `undefined` while it is busy or there is none. */
  get idleSince(): number | undefined {
    return this.#idle.since;
  }

  /** Whether a worker is there or on its way. */
  get hasClient(): boolean {
    return 'client' in this.#worker;
  }

  /** Whether there is a namespace, in a worker or in a suspended session's checkpoint. */
  get hasNamespace(): boolean {
    return this.hasClient || this.#worker.state === 'suspended';
  }

  /** Names of a suspended session, which are known without its worker. */
  get suspendedNames(): readonly NamespaceEntry[] | undefined {
    return 'names' in this.#worker ? this.#worker.names : undefined;
  }

  /** The worker, if it is ready. */
  get current(): ReadyWorker | undefined {
    return this.#worker.state === 'ready' ? this.#worker : undefined;
  }

  isCurrent(client: ExecutorClient): boolean {
    return 'client' in this.#worker && this.#worker.client === client;
  }

  /**
   * The worker, started if needed.
   * @throws SessionClosedError, SessionLimitError, RunnerUnavailableError, SessionCrashedError with phase `not-started`
   */
  async ready(correlationId?: string): Promise<ReadyWorker> {
    const { session } = this.#options;
    for (;;) {
      const worker = this.#worker;
      if (worker.state === 'ready') return worker;
      if (worker.state === 'closed') throw new SessionClosedError(session, { correlationId });
      try {
        await (worker.state === 'starting' ? worker.started : this.#start());
      } catch (error) {
        throw startFailure(error, session, correlationId);
      }
    }
  }

  /** Counts an execution until the returned function is called; the session is `running` meanwhile. */
  beginExecution(worker: RunningWorker): () => void {
    worker.executions++;
    worker.uses++;
    if (this.#worker === worker && this.machine.state === 'ready') this.machine.transition('ready', 'running');
    return () => {
      worker.executions--;
      if (this.#worker !== worker || worker.executions > 0 || this.machine.state !== 'running') return;
      this.machine.transition('running', 'ready');
    };
  }

  /**
   * Asks the worker for something that may be asked twice: if the worker is lost or reset meanwhile, the next one is asked.
   * @throws what `ready` throws; SessionCrashedError when that worker is lost too
   */
  async use<T>(request: (client: ExecutorClient) => Promise<T>): Promise<T> {
    for (let isSecond = false; ; isSecond = true) {
      const worker = await this.ready();
      worker.requests++;
      worker.uses++;
      try {
        return await request(worker.client);
      } catch (error) {
        if (this.#worker === worker) throw error;
        if (isSecond) throw new SessionCrashedError(this.#options.session, errorText(error), { cause: error });
      } finally {
        worker.requests--;
        if (this.#worker === worker && this.machine.state === 'ready') this.#idle.start();
      }
    }
  }

  async takeCheckpoint(): Promise<Checkpoint> {
    return await this.use((client) => this.#checkpoint.take(client));
  }

  /** Makes the context of a message that belongs to no execution. */
  readonly housekeepingContext = (): WireContext => new RuntimeContext().toJSON();

  /** The namespace as the worker last reported it. */
  get groups(): CheckpointGroups {
    return this.#checkpoint.groups;
  }

  /** The namespace as it is now. */
  async snapshot(): Promise<CheckpointGroups> {
    return await this.use(async (client) => {
      await this.#checkpoint.update(client);
      return new CheckpointGroups(this.groups.groups, this.groups.lost);
    });
  }

  async restore(checkpoint: Checkpoint): Promise<RestoreReport> {
    return await this.use(async (client) => (await loadWithWorker()).restoreCheckpoint(client, checkpoint));
  }

  /** Takes over the changes that the worker reports. @throws MessageShapeError */
  readonly applyCheckpoint: HostApi['checkpoint'] = (message) => this.#checkpoint.apply(message);

  /** The result of an execution has arrived. */
  delivered(fileName: string): void {
    this.#checkpoint.delivered(fileName);
  }

  forget(): Promise<void> {
    return this.#checkpoint.forget();
  }

  /** Replaces a worker that was lost after it had opened. Does nothing if the client is no longer the session's. */
  lost(client: ExecutorClient, error: Error): void {
    const worker = this.#worker;
    if (!('client' in worker) || worker.client !== client) return;
    if (worker.state === 'starting')
      this.#checkpoint.abandon(`the worker was lost while it was restored: ${error.message}`);
    this.#end({ state: 'none' }, error.message, error);
    this.machine.transition(this.machine.state, 'crashed', error.message);
    // If it can't be started, the state is `crashed`, and the next execution tries again and rejects with the reason.
    if (this.#worker.state === 'none') this.#start(error.message).catch(() => undefined);
  }

  /** Gives the worker back and keeps a checkpoint, unless something would be lost or cut off. */
  suspend(reason: string): Promise<Suspension> {
    this.#suspending ??= this.#suspend(reason).finally(() => {
      this.#suspending = undefined;
    });
    return this.#suspending;
  }

  /** Ends the worker and starts another one with an empty namespace. */
  async reset(): Promise<void> {
    const reason = 'the session was reset';
    this.#end({ state: 'none' }, reason);
    if (this.machine.state === 'ready' || this.machine.state === 'running') {
      this.machine.transition(this.machine.state, 'starting', reason);
    }
    await this.#checkpoint.drop();
    if (this.machine.state !== 'created') await this.ready();
  }

  /** Ends the worker for good. @param release awaited before the state is `closed` */
  async close(release: () => Promise<void>): Promise<void> {
    if (this.machine.state === 'ready' && this.#worker.state === 'ready') {
      await this.#checkpoint.finish(this.#worker.client);
    }
    this.machine.transition(this.machine.state, 'closing');
    this.#end({ state: 'closed' }, 'the session was closed');
    await Promise.all([release(), this.#checkpoint.close()]);
    this.machine.transition('closing', 'closed');
  }

  /** @param loss why the worker before it was lost, to be reported when this one has taken over */
  #start(loss?: string): Promise<void> {
    const { pool, settings, limits, api } = this.#options;
    const client: ExecutorClient = new ExecutorClient({
      pool,
      holder: this,
      api,
      settings,
      limits,
      housekeepingContext: this.housekeepingContext,
      onLost: (error) => this.lost(client, error),
    });
    const names = this.suspendedNames;
    const started = this.#open(client, names, loss);
    this.#worker = { state: 'starting', client, started, names };
    if (this.machine.state !== 'starting') this.machine.transition(this.machine.state, 'starting');
    return started;
  }

  async #open(client: ExecutorClient, names: StartingWorker['names'], loss: string | undefined): Promise<void> {
    let parts: Awaited<ReturnType<typeof loadWithWorker>>;
    try {
      [parts] = await Promise.all([loadWithWorker(), client.open()]);
    } catch (error) {
      // After a reset, whoever waits for it waits for the next one.
      if (!this.isCurrent(client)) return;
      this.#worker = names === undefined ? { state: 'none' } : { state: 'suspended', names };
      this.machine.transition('starting', 'crashed', errorText(error));
      throw error;
    }
    const { reason, ...report } = await this.#checkpoint.restore(client, names !== undefined);
    const forgotten = await parts.recallHistory(client, this.#options.history);
    if (!this.isCurrent(client)) return;
    const pendingWork = new parts.PendingWork({
      client,
      limits: this.#options.limits,
      live: this.#options.live,
      hold: () => this.beginExecution(worker),
      lost: (error) => this.lost(client, error),
      onCount: this.#options.onPending,
    });
    const worker: ReadyWorker = {
      state: 'ready',
      client,
      pendingWork,
      run: parts.runInWorker,
      executions: 0,
      requests: 0,
      uses: 0,
    };
    this.#worker = worker;
    this.machine.transition('starting', 'ready');
    const why = loss ?? reason;
    if (why !== undefined) this.#options.onRecovered({ reason: why, ...report });
    if (loss !== undefined && forgotten !== undefined) this.#options.notify(forgotten);
  }

  async #suspend(reason: string): Promise<Suspension> {
    const worker = this.#worker;
    if (this.machine.state === 'created') return suspended();
    if (worker.state !== 'ready' || this.machine.state !== 'ready')
      return notSuspended(`the session is ${this.machine.state}`);
    const { uses } = worker;
    const { blockers, names } = await this.#survey(worker.client);
    if (blockers.length > 0) return notSuspended(...blockers);
    const blocker = this.#options.blocker();
    if (blocker !== undefined) return notSuspended(blocker);
    const isUnused = this.#worker === worker && worker.uses === uses && worker.requests + worker.executions === 0;
    if (!isUnused) return notSuspended('the session was used meanwhile');
    this.#end({ state: 'suspended', names }, reason);
    this.machine.transition('ready', 'created', reason);
    return suspended();
  }

  /** Takes a checkpoint and asks what else there is, in one go. */
  async #survey(client: ExecutorClient): Promise<Survey> {
    try {
      const [{ blockers }, { lost }, names] = await Promise.all([
        client.request('blockers', {}),
        this.#checkpoint.update(client),
        client.request('list', {}),
      ]);
      const unkept = lost.map(({ name, reason }) => `“${name}” can't be kept: ${reason}`);
      return { blockers: [...blockers, ...unkept], names };
    } catch (error) {
      return { blockers: [`the worker does not answer: ${errorText(error)}`], names: [] };
    }
  }

  #end(next: WorkerState, reason: string, error?: Error): void {
    const worker = this.#worker;
    this.#worker = next;
    // Stopped executions first: they have stopped, while others learn that their worker is gone.
    this.#options.onEnd(reason, error);
    if ('pendingWork' in worker) worker.pendingWork.end(error ?? new CancelledError(reason));
    if ('client' in worker) worker.client.close(reason);
  }
}

/** A new error for each who waited for the start, with its own correlation id. */
function startFailure(error: unknown, session: string, correlationId: string | undefined): CodemodeError {
  const options = { cause: error, correlationId, phase: 'not-started' } as const;
  if (error instanceof RunnerUnavailableError) return new RunnerUnavailableError(error.url, error.problem, options);
  if (error instanceof SessionLimitError)
    return new SessionLimitError(error.limit, error.waited, error.sessions, options);
  return new SessionCrashedError(session, errorText(error), options);
}
