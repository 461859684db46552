import type { ObjectPreview, Preview } from '../../protocol/previews/preview.js';
import type { HostApi } from '../../protocol/methods.js';
import type { Checkpoint, RestoreReport } from '../../protocol/messages/checkpoint.js';
import type { KernelSettings, PendingEntry } from '../../protocol/messages/wire.js';
import { DetailEventTarget } from '../detail-event-target.js';
import { errorText } from '../errors/error-text.js';
import { CancelledError } from '../errors/execution-errors.js';
import { SessionClosedError, SessionCrashedError } from '../errors/session-errors.js';
import { ToolService } from '../tools/tool-service.js';
import type {
  ComponentRequest,
  ExecuteOptions,
  ExecutionResult,
  SessionEventDetails,
  SessionLike,
  SessionState,
  Suspension,
} from '../types.js';
import { Trace } from '../traces/trace.js';
import { CellNames } from './cell-names.js';
import { ExecutionGate, type Pass } from './execution-gate.js';
import { hostApi } from './host-api.js';
import { HostExecution } from './host-execution.js';
import { noticeEntry, outputEntry } from './output-entry.js';
import { PendingWaits } from './pending-waits.js';
import type { SessionOptions } from './session-options.js';
import { namespaceOf } from './session-namespace.js';
import { SessionHistory, type HistoryView } from './session-history.js';
import { SessionWorker, type ReadyWorker } from './worker/session-worker.js';
import { loadWithWorker } from './worker/load-with-worker.js';
import type { ThreadPlaces } from './worker/thread-places.js';
import { cancelled, type StopCause } from './stop-cause.js';

/** Workers in which code is tried, if each is lost before it begins. */
const maxAttempts = 3;

/**
 * One namespace and the executions that use it. Its worker is started at the first execution and replaced when it is lost.
 * Executions interleave, each in its own context. Dispatches `output`, `statechange`, `executionstatechange`, `toolcall`,
 * `result` and `recovered` as CustomEvents; `SessionEventDetails` has the types of their details.
 *
 * @example
 * const session = codemode.session('tab-1');
 * session.addEventListener('output', ({ detail }) => console.log(String(detail)));
 * await session.execute('let n = 1');
 * const { value } = await session.execute<number>('n + 1', { context: { client_id: 'a' }, timeout: 5_000 });
 */
export class Session extends DetailEventTarget<SessionEventDetails> implements SessionLike {
  readonly name: string;
  readonly namespace: SessionLike['namespace'];
  readonly #options: SessionOptions;
  readonly #worker: SessionWorker;
  readonly #gate = new ExecutionGate();
  readonly #tools: ToolService;
  /** Queued, starting or running, by run id. */
  readonly #live = new Map<string, HostExecution>();
  readonly #settings: KernelSettings;
  readonly #api: HostApi;
  #threads: ThreadPlaces | undefined;
  readonly #waits = new PendingWaits();
  #closing: Promise<void> | undefined;
  readonly #cellNames = new CellNames();
  readonly #history = new SessionHistory();

  constructor(options: SessionOptions) {
    super();
    this.name = options.name;
    this.#options = options;
    this.#tools = new ToolService({
      ...options.tools,
      onCall: (detail) => this.dispatchDetail('toolcall', detail),
    });
    const { pool, config, importMap, baseUrl, jsx, limits, storage } = options;
    this.#settings = { config, importMap, baseUrl, jsx, lateWork: limits.lateWork };
    this.#api = hostApi({
      live: this.#live,
      tools: this.#tools,
      worker: () => this.#worker,
      onOutput: (entry) => this.dispatchDetail('output', entry),
      loadModule: options.loadModule,
      loadPart: options.loadPart,
      onMutations: ({ id, version, data }) => this.dispatchDetail('mutation', { id, version, data }),
    });
    this.#worker = new SessionWorker({
      session: options.name,
      pool,
      settings: this.#settings,
      limits,
      storage,
      api: this.#api,
      live: () => this.#live.values(),
      history: this.#history,
      blocker: () => this.#suspensionBlocker(),
      notify: (text) => this.dispatchDetail('output', noticeEntry(0, text)),
      onEnd: (reason, error) => this.#onWorkerEnd(reason, error),
      onRecovered: (detail) => this.dispatchDetail('recovered', detail),
      onPending: (count) => this.dispatchDetail('pendingchange', { count }),
    });
    this.#worker.machine.subscribe(({ from, to, detail }) => {
      options.onState?.(to);
      this.dispatchDetail('statechange', { from, to, ...(typeof detail === 'string' ? { reason: detail } : {}) });
    });
    this.namespace = namespaceOf(this.#worker, this.#use);
  }

  /**
   * The code of the latest 5,000 cells and previews of what they gave, oldest first; a reset keeps them. Code reads values as `_`, `__`,
   * `___` and `Out[n]`, and code as `In[n]`, where `n` counts the cells of the session from 1.
   */
  get history(): HistoryView {
    return this.#history.view;
  }

  get state(): SessionState {
    return this.#worker.machine.state;
  }

  /** Start of its idle time, on the clock of `performance.now()`; `undefined` while code runs or it has no worker. */
  get idleSince(): number | undefined {
    return this.#worker.idleSince;
  }

  /**
   * Runs code. Resolves with its result even if the code failed, was cancelled or took too long.
   *
   * @example
   * const { ok, value, error } = await session.execute('await tools.weather({ city })', { timeout: 5_000 });
   *
   * @throws SessionClosedError, SessionCrashedError, SessionLimitError, RunnerUnavailableError, CancelledError (the signal was
   * aborted before the code began), TypeError, RangeError: the code did not run, or its outcome is unknown, as `phase` tells
   */
  async execute<T = unknown>(code: string, options: ExecuteOptions = {}): Promise<ExecutionResult<T>> {
    const { name, traces, registry, limits } = this.#options;
    const execution = new HostExecution(code, options, {
      name,
      traces,
      registry: (options.registry ?? registry).snapshot(),
      limits,
      cellNames: this.#cellNames,
    });
    const { runId } = execution;
    const { correlationId } = execution.context;
    this.#throwIfClosed(correlationId);
    if (options.signal?.aborted === true) {
      throw new CancelledError('The signal was aborted before the code began.', {
        correlationId,
        phase: 'not-started',
      });
    }
    this.#live.set(runId, execution);
    if (execution.trace !== undefined) traces?.begin(execution.trace);
    this.#history.begin(execution.cell, code);
    execution.machine.subscribe(({ from, to }) => this.dispatchDetail('executionstatechange', { runId, from, to }));
    const onAbort = (): void => void this.#stopExecution(execution, cancelled(options.signal?.reason));
    options.signal?.addEventListener('abort', onAbort, { once: true });
    const entered = this.#gate.enter(execution.exclusive);
    try {
      const pass = await Promise.race([entered, execution.abandoned]);
      const result = 'leave' in pass ? await this.#run(execution, pass) : execution.settleStopped(pass);
      this.#history.end(execution.cell, result);
      this.#options.onResult?.();
      this.dispatchDetail('result', result);
      return result as ExecutionResult<T>;
    } finally {
      void entered.then((pass) => pass.leave());
      options.signal?.removeEventListener('abort', onAbort);
      this.#live.delete(runId);
      if (execution.trace !== undefined) traces?.drop(execution.trace);
    }
  }

  /**
   * Keeps a name such as `cell-7.ts` for the code that will be executed with it as `fileName`. Other names may repeat.
   * @returns `false` if other code of the session has the name
   */
  reserveFileName(fileName: string): boolean {
    return this.#cellNames.reserve(fileName);
  }

  /** The properties behind a preview that has a `handle`; any other preview comes back as it is. */
  async expand(preview: Preview): Promise<Preview> {
    if (preview.type !== 'object' || preview.handle === undefined || !this.#worker.hasClient) return preview;
    const { handle } = preview;
    return await this.#use((client) => client.request('expand', { handle }));
  }

  /**
   * Binds an object that a preview shows to the first free name of `temp1`, `temp2` …, and returns the name.
   * @throws `ExpiredPreviewError` if the preview has no `handle`, or the value was shown too long ago
   */
  async store(preview: Preview): Promise<string> {
    const { handle = '' } = preview as Partial<ObjectPreview>;
    return await this.#use((client) => client.request('store', { handle }));
  }

  /** What a frame asks of a component: its tree, as JSON, whose changes `mutation` events then tell; to take an event; to end. */
  async component(request: ComponentRequest): Promise<ArrayBuffer> {
    const client = this.#worker.current?.client;
    return (await client?.request('component', request, { timeout: Infinity }))?.data ?? new ArrayBuffer();
  }

  /**
   * Waits for the promises that names are bound to. Gives each name its value; rejected ones are left out and reported. `stop()` and
   * `cancelPending()` end it with what has come until then.
   */
  async awaitPending(): Promise<Record<string, unknown>> {
    if (!this.#worker.hasClient) return {};
    return await this.#waits.wait(this.#use((client) => client.request('awaitPending', {}, { timeout: Infinity })));
  }

  /**
   * The executions that have ended, as spans: the newest that the `Codemode` keeps.
   *
   * @example
   * const slow = session.trace().spans.filter(({ start, end }) => end - start > 100);
   */
  trace(): Trace {
    return this.#options.traces?.trace(this.name) ?? new Trace(() => []);
  }

  /**
   * The namespace as data: values, sources of functions and classes, imports, and the names that could not be kept.
   *
   * @example
   * const checkpoint = await session.checkpoint();
   * await codemode.session('copy').restore(checkpoint);
   */
  async checkpoint(): Promise<Checkpoint> {
    this.#throwIfClosed();
    return await this.#worker.takeCheckpoint();
  }

  /** Binds the names of a checkpoint; existing ones are overwritten. @throws CheckpointVersionError, CheckpointFormatError */
  async restore(checkpoint: Checkpoint): Promise<RestoreReport> {
    this.#throwIfClosed();
    return await this.#worker.restore(checkpoint);
  }

  /**
   * Gives the worker back and keeps a checkpoint, which the next use restores in another worker. Never loses data silently:
   * a session that is busy, or holds something that a checkpoint can't keep, stays as it is and returns its `blockers`.
   */
  suspend(reason = 'suspended'): Promise<Suspension> {
    return this.#worker.suspend(reason);
  }

  /**
   * Stops all running code, and pending work of ended executions that keeps the worker busy; the variables stay. Code that does
   * not end within `limits.stopGrace` costs the worker, and `recovered` reports it. Does nothing in an idle session.
   */
  async stop(): Promise<void> {
    const stops = [...this.#live.values()].map((execution) => this.#stopExecution(execution, cancelled()));
    await this.#waits.endAfter(Promise.all([...stops, this.#worker.current?.pendingWork.stopBusy()]));
  }

  /**
   * Stops what ended executions have left, and tells what it stopped: timers, listeners, tool calls, promises that are not settled.
   * What runs goes on, and the variables stay. A worker that is kept busy by such work is replaced.
   *
   * @example
   * await session.execute('let ticks = 0; setInterval(() => ticks++, 10)');
   * await session.cancelPending();
   */
  async cancelPending(): Promise<readonly PendingEntry[]> {
    return await this.#waits.endAfter(this.#worker.current?.pendingWork.cancel() ?? Promise.resolve([]));
  }

  /**
   * What may still happen because of code of the session: promises that names are bound to and that are not settled, timers,
   * listeners, tool calls, each with its execution, oldest first; also in threads. The event `pendingchange` tells when ended executions
   * have left another number of them.
   *
   * @example
   * await session.execute('const answer = tools.slow()');
   * await session.pending(); // [{ kind: 'promise', name: 'answer', … }, { kind: 'tool', name: 'slow', … }]
   */
  async pending(): Promise<readonly PendingEntry[]> {
    const own = this.#worker.hasClient ? await this.#use((client) => client.request('listPending', {})) : [];
    return (await this.#threads?.pending(own)) ?? own;
  }

  /** Stops everything, ends the worker and starts another one with an empty namespace. */
  async reset(): Promise<void> {
    this.#throwIfClosed();
    await this.#worker.reset();
  }

  /** Deletes the stored data of the session. Its variables stay, and are stored again when they change. */
  forget(): Promise<void> {
    return this.#worker.forget();
  }

  /** Ends the session. Cancels running code, or waits for it with `drain`. Idempotent; `execute` rejects afterwards. */
  close(options: { readonly drain?: boolean } = {}): Promise<void> {
    this.#closing ??= this.#close(options.drain ?? false);
    return this.#closing;
  }

  async #close(drain: boolean): Promise<void> {
    if (drain) await Promise.allSettled([...this.#live.values()].map((execution) => execution.whenEnded()));
    await this.#worker.close(() => this.#tools.dispose({ cancel: true }));
  }

  /** In another worker, if one was lost before the code began there: nothing runs twice. */
  async #run(execution: HostExecution, pass: Pass): Promise<ExecutionResult> {
    for (let attempts = 1; ; attempts++) {
      const worker = await this.#workerFor(execution);
      if ('outcome' in worker) return execution.settleStopped(worker);
      if (execution.mode === 'thread') return await this.#runInThread(execution, pass);
      try {
        return await worker.run(worker, execution, {
          pass,
          tools: this.#tools,
          limits: this.#options.limits,
          sessionWorker: this.#worker,
          stop: (cause) => void this.#stopExecution(execution, cause),
        });
      } catch (error) {
        const { stopCause, hasBegun, phase } = execution;
        if (stopCause !== undefined && worker.client.isClosed) return execution.settleStopped(stopCause);
        if (!hasBegun && worker.client.isClosed && attempts < maxAttempts) continue;
        execution.markLost(error);
        const { correlationId } = execution.context;
        throw new SessionCrashedError(this.name, errorText(error), { cause: error, correlationId, phase });
      }
    }
  }

  async #runInThread(execution: HostExecution, pass: Pass): Promise<ExecutionResult> {
    const { runInThread, ThreadPlaces } = await (await loadWithWorker()).loadThreads();
    const { pool, limits } = this.#options;
    this.#threads ??= new ThreadPlaces(limits.maxThreads);
    return await runInThread(execution, {
      name: this.name,
      pool,
      limits,
      pass,
      settings: this.#settings,
      api: this.#api,
      places: this.#threads,
      tools: this.#tools,
      history: this.#history,
      sessionWorker: this.#worker,
      live: () => this.#live.values(),
      stop: (cause) => void this.#stopExecution(execution, cause),
      notify: (text) => {
        const entry = outputEntry({ ...noticeEntry(0, text), runId: execution.runId });
        execution.addOutput(entry);
        this.dispatchDetail('output', entry);
      },
    });
  }

  /** The worker, or the cause if the execution was stopped before there was one. */
  async #workerFor(execution: HostExecution): Promise<ReadyWorker | StopCause> {
    try {
      for (;;) {
        this.#throwIfClosed(execution.context.correlationId);
        const worker = await Promise.race([this.#worker.ready(execution.context.correlationId), execution.abandoned]);
        if (execution.stopCause !== undefined) return execution.stopCause;
        // It may have been lost since it became ready.
        if ('outcome' in worker || this.#worker.isCurrent(worker.client)) return worker;
      }
    } catch (error) {
      execution.markLost(error);
      throw error;
    }
  }

  async #stopExecution(execution: HostExecution, cause: StopCause): Promise<void> {
    if (!this.#live.has(execution.runId) || !execution.requestStop(cause)) return;
    const { worker } = execution;
    if (worker === undefined || worker.client.isClosed) execution.abandon();
    else await worker.pendingWork.stop(execution, cause);
  }

  /** @param error the worker was lost; without it, it is ended on purpose, and with it all executions */
  #onWorkerEnd(reason: string, error: Error | undefined): void {
    for (const execution of this.#live.values()) {
      if (error === undefined) execution.requestStop(cancelled(reason[0]!.toUpperCase() + reason.slice(1)));
      execution.abandon();
    }
  }

  #suspensionBlocker(): string | undefined {
    if (this.#tools.pendingCount > 0) return 'a tool is being called';
    if ([...this.#live.values()].some(({ machine }) => !machine.final)) return 'the session was used meanwhile';
    return undefined;
  }

  readonly #use: SessionWorker['use'] = async (request) => {
    this.#throwIfClosed();
    return await this.#worker.use(request);
  };

  #throwIfClosed(correlationId?: string): void {
    if (this.#closing !== undefined) throw new SessionClosedError(this.name, { correlationId });
  }
}
