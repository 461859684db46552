import type { Preview } from '../../protocol/previews/preview.js';
import { after } from '../../protocol/resources.js';
import type {
  Checkpoint,
  ExecutionReport,
  KernelSettings,
  NamespaceEntry,
  RestoreReport,
} from '../../protocol/wire.js';
import { RuntimeContext } from '../../context/runtime-context.js';
import { CancelledError, RequestTimeoutError, SessionClosedError, SessionCrashedError } from '../errors/errors.js';
import { errorText } from '../errors/error-text.js';
import { CellNames } from './cell-names.js';
import { ExecutionGate } from './execution-gate.js';
import { ExecutorClient, type RequestMessage } from '../workers/executor-client.js';
import { DetailEventTarget } from '../detail-event-target.js';
import type { HostExecution } from './host-execution.js';
import { Idleness } from './idleness.js';
import type { KernelMethod } from '../workers/kernel-connection.js';
import { KeptCheckpoint, restoreInto } from '../checkpoints/kept-checkpoint.js';
import { prepareExecution } from './prepare-execution.js';
import type { SessionOptions } from './session-options.js';
import { SettledAdmissions } from './settled-admissions.js';
import { startFailure } from './start-failure.js';
import { StateMachine } from './state-machine.js';
import { cancelled, timedOut, timeLimit, type StopCause } from './stop-cause.js';
import { sessionRules } from './state-machine-rules.js';
import { notSuspended, surveyWorker } from './suspend-worker.js';
import { createToolService, type ToolService } from '../tools/tool-service.js';
import type {
  ExecuteOptions,
  ExecutionResult,
  SessionEventDetails,
  SessionLike,
  SessionState,
  Suspension,
} from '../types.js';
import { WorkerRequests } from './worker-requests.js';

/**
 * A worker with its namespace, started at the first execution and started anew when it is lost. Executions interleave in
 * it, each in its own context. Dispatches `output`, `statechange`, `toolcall`, `result` and `recovered` as CustomEvents;
 * their details are `SessionEventDetails`.
 */
export class Session extends DetailEventTarget<SessionEventDetails> implements SessionLike {
  readonly name: string;
  readonly namespace: SessionLike['namespace'];
  readonly #options: SessionOptions;
  readonly #machine = new StateMachine<SessionState>(sessionRules, 'created');
  readonly #gate = new ExecutionGate();
  readonly #tools: ToolService;
  readonly #requests: WorkerRequests;
  readonly #settled = new SettledAdmissions();
  /** Queued, starting or running, by run id. */
  readonly #live = new Map<
    string,
    { readonly execution: HostExecution; readonly stopped: (cause: StopCause) => void }
  >();
  #client: ExecutorClient | undefined;
  #starting: Promise<ExecutorClient> | undefined;
  #closing: Promise<void> | undefined;
  #active = 0;
  /** Requests that no execution made and that are not answered yet. */
  #asking = 0;
  /** Counts what may have changed the namespace. */
  #turns = 0;
  readonly #idleness: Idleness;
  /** What the namespace held when the session was suspended. */
  #suspended: readonly NamespaceEntry[] | undefined;
  #suspending: Promise<Suspension> | undefined;
  readonly #cellNames = new CellNames();
  readonly #checkpoint: KeptCheckpoint;
  #restored: RestoreReport = { restored: [], lost: [] };

  constructor(options: SessionOptions) {
    super();
    this.name = options.name;
    this.#options = options;
    const { service, endpoint } = createToolService({
      ...options.tools,
      onCall: (detail) => this.dispatchDetail('toolcall', detail),
    });
    this.#tools = service;
    this.#checkpoint = new KeptCheckpoint(options.storage, (text) => this.#requests.notice(text));
    this.#requests = new WorkerRequests({
      session: options.name,
      tools: endpoint,
      loadModule: options.loadModule,
      execution: (runId) => this.#live.get(runId)?.execution,
      onOutput: (entry) => this.dispatchDetail('output', entry),
      onCheckpoint: (message) => this.#checkpoint.apply(message),
    });
    this.#idleness = new Idleness(
      options.limits.idleTimeout,
      () => void this.suspend('suspended: nothing ran for a while'),
    );
    this.#machine.subscribe(({ from, to, detail }) => {
      if (to === 'ready') this.#idleness.begin();
      else this.#idleness.end();
      this.dispatchDetail('statechange', { from, to, ...(typeof detail === 'string' ? { reason: detail } : {}) });
    });
    this.namespace = {
      list: async () =>
        this.#suspended ?? (this.#client === undefined ? [] : await this.#ask<readonly NamespaceEntry[]>('list', {})),
      get: async (name) =>
        this.#client === undefined && this.#suspended === undefined ? undefined : await this.#ask('read', { name }),
    };
  }

  get state(): SessionState {
    return this.#machine.state;
  }

  /** Since when its worker has had nothing to do, as `performance.now()` has it; `undefined` where it runs or has none. */
  get idleSince(): number | undefined {
    return this.#idleness.since;
  }

  /**
   * Runs code and resolves with what it did, also when it failed, was cancelled or took too long.
   * @throws SessionClosedError, SessionCrashedError, RunnerUnavailableError, RequestTimeoutError, CancelledError (the signal
   * was aborted before it began), TypeError: the code was not run, or nobody can tell; each has `phase` and `correlationId`
   */
  async execute<T = unknown>(code: string, options: ExecuteOptions = {}): Promise<ExecutionResult<T>> {
    const { registry, limits } = this.#options;
    const execution = prepareExecution(code, options, registry.snapshot(), limits, this.#cellNames);
    const { correlationId } = execution.context;
    if (this.#closing !== undefined) throw new SessionClosedError(this.name, { correlationId });
    if (options.signal?.aborted === true) {
      throw new CancelledError('The signal was aborted before the code began.', {
        correlationId,
        phase: 'not-started',
      });
    }

    let tellStopped!: (cause: StopCause) => void;
    const stopped = new Promise<StopCause>((resolve) => {
      tellStopped = resolve;
    });
    this.#live.set(execution.runId, { execution, stopped: tellStopped });
    const admission = this.#tools.admit({
      context: execution.context,
      fileName: execution.fileName,
      registry: execution.registry,
      signal: execution.controller.signal,
    });
    const onAbort = (): void => void this.#stopExecution(execution, cancelled(options.signal?.reason));
    options.signal?.addEventListener('abort', onAbort, { once: true });
    const entered = this.#gate.enter(execution.exclusive);
    try {
      const leave = await Promise.race([entered, stopped]);
      if (typeof leave !== 'function') return this.#finish<T>(execution.settleStopped(leave));
      return this.#finish<T>(await this.#run(execution, stopped));
    } finally {
      void entered.then((leave) => leave());
      options.signal?.removeEventListener('abort', onAbort);
      this.#live.delete(execution.runId);
      this.#settled.keep(admission);
    }
  }

  /** The properties behind a preview that has a `handle`; the preview itself where there is nothing more. */
  async expand(preview: Preview): Promise<Preview> {
    if (preview.type !== 'object' || preview.handle === undefined || this.#client === undefined) return preview;
    return await this.#ask<Preview>('expand', { handle: preview.handle });
  }

  /** Waits for the promises that names are bound to (C3): name to what each came to; rejected ones are left out and reported. */
  async awaitPending(): Promise<Record<string, unknown>> {
    return this.#client === undefined ? {} : await this.#ask('awaitPending', {});
  }

  /** The namespace as data: values, sources of functions and classes, imports, and what could not be kept. */
  async checkpoint(): Promise<Checkpoint> {
    return await this.#with((client) => this.#checkpoint.checkpoint(client));
  }

  /** Binds what a checkpoint holds, over what is there; tells what came back. @throws CheckpointVersionError, CheckpointFormatError */
  async restore(checkpoint: Checkpoint): Promise<RestoreReport> {
    return await this.#with((client) => restoreInto(client, checkpoint));
  }

  /**
   * Gives the worker back and keeps a checkpoint; whatever needs the namespace next has it restored in another worker. A
   * session whose worker holds more than a checkpoint can keep, or does anything, stays as it is, and says why.
   */
  suspend(reason = 'suspended'): Promise<Suspension> {
    this.#suspending ??= this.#suspend(reason).finally(() => {
      this.#suspending = undefined;
    });
    return this.#suspending;
  }

  /**
   * Stops everything that runs; the namespace stays. What does not end within `limits.stopGrace` costs the worker, and
   * `recovered` tells so. Does nothing when idle.
   */
  async stop(): Promise<void> {
    await Promise.all([...this.#live.values()].map(({ execution }) => this.#stopExecution(execution, cancelled())));
  }

  /** Stops everything, ends the worker and starts another with an empty namespace. */
  async reset(): Promise<void> {
    if (this.#closing !== undefined) throw new SessionClosedError(this.name);
    this.#endWorker('the session was reset', cancelled('The session was reset'));
    const forgotten = this.#checkpoint.drop();
    this.#suspended = undefined;
    await forgotten;
    if (this.#machine.state === 'created') return;
    await this.#start();
  }

  /** Deletes what is kept of the session beyond the page; what it has now stays, and is kept again when it changes. */
  forget(): Promise<void> {
    return this.#checkpoint.forget();
  }

  /**
   * Ends the session. What runs is cancelled, or waited for with `drain`. Idempotent; afterwards `execute` rejects.
   */
  close(options: { readonly drain?: boolean } = {}): Promise<void> {
    this.#closing ??= this.#close(options.drain ?? false);
    return this.#closing;
  }

  async #run(execution: HostExecution, stopped: Promise<StopCause>): Promise<ExecutionResult> {
    const { correlationId } = execution.context;
    const client = await Promise.race([this.#start(), stopped]).catch((error: unknown) => {
      execution.lose(error);
      throw startFailure(error, this.name, correlationId);
    });
    if (!(client instanceof ExecutorClient)) return execution.settleStopped(client);
    this.#enterRunning();
    const heartbeat = client.watch();
    const cancelTimeout = after(
      execution.timeout,
      () => void this.#stopExecution(execution, timedOut(execution.timeout)),
    );
    try {
      execution.sent();
      const report = client.request<ExecutionReport>(
        'execute',
        {
          context: execution.context.toJSON(),
          code: execution.code,
          mode: execution.mode,
          ...(execution.transaction === 'commit' ? {} : { transaction: execution.transaction }),
          fileName: execution.fileName,
          cell: execution.cell,
          tools: execution.registry.toolDescriptors(),
          timeLimit: timeLimit(execution.timeout),
        },
        {
          correlationId,
          timeout: Math.max(
            this.#options.limits.requestTimeout,
            execution.timeout + this.#options.limits.stopGrace * 2,
          ),
        },
      );
      const outcome = await Promise.race([report, stopped]);
      // The worker was ended under an execution that had been told to stop; its request rejects, and nobody waits for it.
      if ('outcome' in outcome) {
        report.catch(() => undefined);
        return execution.settleStopped(outcome);
      }
      return execution.settle(outcome);
    } catch (error) {
      if (error instanceof RequestTimeoutError) this.#lost(client, error);
      const { phase } = execution;
      if (!execution.machine.final) execution.lose(error);
      throw new SessionCrashedError(this.name, errorText(error), { cause: error, correlationId, phase });
    } finally {
      cancelTimeout();
      heartbeat.dispose();
      this.#leaveRunning();
    }
  }

  #finish<T>(result: ExecutionResult): ExecutionResult<T> {
    this.dispatchDetail('result', result);
    return result as ExecutionResult<T>;
  }

  /** One start for all who wait for it. */
  #start(): Promise<ExecutorClient> {
    if (this.#closing !== undefined) return Promise.reject(new SessionClosedError(this.name));
    this.#starting ??= this.#open();
    return this.#starting;
  }

  async #open(): Promise<ExecutorClient> {
    if (this.#machine.state !== 'starting') this.#machine.transition(this.#machine.state, 'starting');
    const client = this.#makeClient();
    this.#client = client;
    try {
      await client.open();
    } catch (error) {
      if (this.#client === client) {
        this.#client = undefined;
        this.#starting = undefined;
        if (this.#machine.state === 'starting') this.#machine.transition('starting', 'crashed', errorText(error));
      }
      throw error;
    }
    const { reason, ...restored } = await this.#checkpoint.restore(client, this.#suspended !== undefined);
    this.#restored = restored;
    this.#suspended = undefined;
    if (this.#client === client && this.#machine.state === 'starting') this.#machine.transition('starting', 'ready');
    if (reason !== undefined) this.dispatchDetail('recovered', { reason, ...restored });
    return client;
  }

  #makeClient(): ExecutorClient {
    const { connect, config, importMap, baseUrl, limits } = this.#options;
    const settings: KernelSettings = { config, importMap, baseUrl };
    const client: ExecutorClient = new ExecutorClient({
      connect,
      settings,
      limits,
      api: this.#requests.from(() => this.#client === client),
      housekeepingContext: () => new RuntimeContext().toJSON(),
      onLost: (error) => this.#lost(client, error),
    });
    return client;
  }

  async #stopExecution(execution: HostExecution, cause: StopCause): Promise<void> {
    const entry = this.#live.get(execution.runId);
    const wasSent = execution.machine.state === 'starting' || execution.machine.state === 'running';
    if (entry === undefined || !execution.requestStop(cause)) return;
    const client = this.#client;
    if (!wasSent || client === undefined) {
      entry.stopped(cause);
      return;
    }
    const grace = this.#options.limits.stopGrace;
    client.cancel(execution.cell);
    client
      .request('cancel', { runId: execution.runId, error: cause.error }, { timeout: grace * 2 })
      .catch(() => undefined);
    if (!(await execution.endsWithin(grace)) && this.#client === client) {
      this.#lost(client, new Error('the code did not end when it was told to'));
    }
  }

  /** The worker is gone. What had been told to stop has stopped; everything else of it is lost, and a new one starts. */
  #lost(client: ExecutorClient, error: Error): void {
    if (this.#client !== client) return;
    this.#letGo(client, error.message, error);
    for (const { execution, stopped } of this.#live.values()) {
      if (execution.stopCause !== undefined) stopped(execution.stopCause);
    }
    if (this.#closing !== undefined) return;
    this.#machine.transition(this.#machine.state, 'crashed', error.message);
    void this.#recover(error.message);
  }

  async #recover(reason: string): Promise<void> {
    try {
      await this.#start();
    } catch {
      // The state says `crashed`, and the next execution tries again and rejects with the reason.
      return;
    }
    this.dispatchDetail('recovered', { reason, ...this.#restored });
  }

  #endWorker(reason: string, cause: StopCause): void {
    for (const { execution, stopped } of this.#live.values()) {
      execution.requestStop(cause);
      stopped(execution.stopCause ?? cause);
    }
    this.#letGo(this.#client, reason);
    if (this.#machine.state === 'ready' || this.#machine.state === 'running') {
      this.#machine.transition(this.#machine.state, 'starting', reason);
    }
  }

  async #suspend(reason: string): Promise<Suspension> {
    const client = this.#client;
    if (this.#machine.state === 'created') return { suspended: true, obstacles: [] };
    if (client === undefined || this.#machine.state !== 'ready')
      return notSuspended(`the session is ${this.#machine.state}`);
    const turn = this.#turns;
    const { obstacles, names } = await surveyWorker(client, this.#checkpoint);
    if (obstacles.length > 0) return notSuspended(...obstacles);
    if (this.#tools.pendingCount > 0) return notSuspended('a tool is being called');
    const isAsBefore = this.#client === client && this.#turns === turn && this.#asking === 0;
    if (!isAsBefore || [...this.#live.values()].some(({ execution }) => !execution.machine.final))
      return notSuspended('the session was used meanwhile');
    this.#suspended = names;
    this.#letGo(client, reason);
    this.#machine.transition('ready', 'created', reason);
    return { suspended: true, obstacles: [] };
  }

  #letGo(client: ExecutorClient | undefined, reason: string, cause: Error = new CancelledError(reason)): void {
    client?.close(reason);
    this.#client = undefined;
    this.#starting = undefined;
    this.#settled.revokeAll(cause);
  }

  async #close(drain: boolean): Promise<void> {
    const settled = Promise.allSettled([...this.#live.values()].map(({ execution }) => execution.whenEnded()));
    if (drain) await settled;
    if (this.#machine.state === 'ready') await this.#checkpoint.finish(this.#client);
    this.#machine.transition(this.#machine.state, 'closing');
    this.#endWorker('the session was closed', cancelled('The session was closed'));
    await Promise.all([this.#tools.dispose({ cancel: true }), this.#checkpoint.close()]);
    this.#machine.transition('closing', 'closed');
  }

  #ask<Reply>(method: Exclude<KernelMethod, 'start' | 'execute' | 'cancel'>, message: RequestMessage): Promise<Reply> {
    return this.#with((client) => client.request<Reply>(method, message));
  }

  async #with<T>(use: (client: ExecutorClient) => Promise<T>): Promise<T> {
    this.#asking++;
    this.#turns++;
    try {
      return await use(await this.#start());
    } finally {
      this.#asking--;
      if (this.#machine.state === 'ready') this.#idleness.begin();
    }
  }

  #enterRunning(): void {
    this.#active++;
    this.#turns++;
    if (this.#machine.state === 'ready') this.#machine.transition('ready', 'running');
  }

  #leaveRunning(): void {
    this.#active--;
    if (this.#active > 0 || this.#machine.state !== 'running') return;
    this.#machine.transition('running', 'ready');
  }
}
