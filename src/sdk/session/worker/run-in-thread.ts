import type { HostApi } from '../../../protocol/methods.js';
import type { ExecutionReport, KernelSettings, SendableError } from '../../../protocol/messages/wire.js';
import { CheckpointGroups } from '../../checkpoints/checkpoint-groups.js';
import { errorText } from '../../errors/error-text.js';
import { CancelledError } from '../../errors/execution-errors.js';
import { NamespaceConflictError } from '../../errors/namespace-conflict-error.js';
import { SessionCrashedError, SessionLimitError } from '../../errors/session-errors.js';
import type { Limits } from '../../limits.js';
import type { ExecutionResult } from '../../types.js';
import { ExecutorClient } from '../../workers/executor-client.js';
import type { WorkerPool } from '../../workers/worker-pool.js';
import type { HostExecution } from '../host-execution.js';
import type { SessionHistory } from '../session-history.js';
import { PendingWork } from './pending-work.js';
import { recallHistory } from './recall-history.js';
import { runInWorker, type RunSession } from './run-in-worker.js';
import type { ReadyWorker, SessionWorker } from './session-worker.js';
import { notSuspended } from './suspension-outcome.js';
import { planMerge } from './thread-merge.js';
import type { ThreadPlaces } from './thread-places.js';

export interface ThreadSession extends Omit<RunSession, 'sessionWorker'> {
  readonly name: string;
  readonly pool: WorkerPool;
  readonly settings: KernelSettings;
  readonly limits: Limits;
  readonly sessionWorker: SessionWorker;
  readonly history: SessionHistory;
  readonly places: ThreadPlaces;
  /** Methods that workers of the session may call. */
  readonly api: HostApi;
  /** Executions that have not ended. */
  readonly live: () => Iterable<HostExecution>;
  /** Something that the reader should know about the execution. */
  notify(text: string): void;
}

/** Looks at the session until nothing changes between a look and the merge. */
const maxLooks = 20;
/** Numbers of output entries that one thread may use. */
const numbersOfThread = 2 ** 32;

/**
 * Runs an execution in another worker, over a snapshot of the session's namespace, and merges its changes when it ends.
 * @throws SessionCrashedError when the thread was lost, and what leasing a worker throws
 */
export async function runInThread(execution: HostExecution, session: ThreadSession): Promise<ExecutionResult> {
  const { sessionWorker, places, pass } = session;
  // It keeps no other code of the session from its start.
  pass.begun();
  const taking = places.take();
  const place = await Promise.race([taking, execution.abandoned]);
  if ('outcome' in place) {
    void taking.then((taken) => taken.leave());
    return execution.settleStopped(place);
  }
  const worker = sessionWorker.current;
  const release = worker === undefined ? () => undefined : sessionWorker.beginExecution(worker);
  const thread = new Thread(execution, session, place.number);
  try {
    const ready = await Promise.race([thread.open(), execution.abandoned]);
    if ('outcome' in ready) return execution.settleStopped(ready);
    return await thread.run(ready);
  } catch (error) {
    const { stopCause } = execution;
    if (stopCause !== undefined) return execution.settleStopped(stopCause);
    const { phase, context } = execution;
    execution.markLost(error);
    if (error instanceof SessionLimitError) throw error;
    const options = { cause: error, correlationId: context.correlationId, phase };
    throw new SessionCrashedError(session.name, `the thread was lost: ${errorText(error)}`, options);
  } finally {
    thread.close();
    place.leave();
    release();
    // Each thread has a worker of its own, so that none finds what another left: the next one is opened ahead.
    if (sessionWorker.current !== undefined) void session.pool.fill(Math.max(1, session.limits.minIdle));
  }
}

/** Names are identifiers. */
function mentions(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(code);
}

class Thread {
  readonly #execution: HostExecution;
  readonly #session: ThreadSession;
  readonly #client: ExecutorClient;
  readonly #groups = new CheckpointGroups();
  #base = new CheckpointGroups();
  #worker: ReadyWorker | undefined;

  constructor(execution: HostExecution, session: ThreadSession, number: number) {
    this.#execution = execution;
    this.#session = session;
    const { name, pool, settings, limits } = session;
    this.#client = new ExecutorClient({
      pool,
      holder: { name: `${name} (thread)`, idleSince: undefined, suspend: async () => notSuspended('a thread runs') },
      api: this.#api(number),
      settings,
      limits,
      housekeepingContext: session.sessionWorker.housekeepingContext,
      onLost: (error) => this.#worker?.pendingWork.end(error),
    });
  }

  /** Starts a worker with what the session has now. */
  async open(): Promise<ReadyWorker> {
    const { sessionWorker, history, limits, live } = this.#session;
    const [base] = await Promise.all([sessionWorker.snapshot(), this.#client.open()]);
    this.#base = base;
    for (const [id, group] of base.groups) this.#groups.groups.set(id, group);
    const lost = base.groups.size === 0 ? [] : await this.#restore(base);
    await recallHistory(this.#client, history);
    for (const { name, reason } of [...base.lost, ...lost])
      if (mentions(this.#execution.code, name)) this.#session.notify(`“${name}” is not in the thread: ${reason}`);
    const pendingWork = new PendingWork({
      client: this.#client,
      limits,
      live,
      hold: () => () => undefined,
      lost: (error) => this.#client.close(error.message),
    });
    this.#worker = {
      state: 'ready',
      client: this.#client,
      pendingWork,
      run: runInWorker,
      executions: 0,
      requests: 0,
      uses: 0,
    };
    this.#session.places.running.add(this.#client);
    return this.#worker;
  }

  async run(worker: ReadyWorker): Promise<ExecutionResult> {
    return await runInWorker(worker, this.#execution, {
      ...this.#session,
      sessionWorker: {
        beginExecution: () => () => undefined,
        delivered: () => undefined,
        lost: (client, error) => client.close(error.message),
      },
      reported: (report) => this.#merge(report),
    });
  }

  close(): void {
    this.#session.places.running.delete(this.#client);
    this.#worker?.pendingWork.end(new CancelledError('the thread has ended'));
    this.#client.close('the thread has ended');
  }

  async #restore(base: CheckpointGroups): Promise<CheckpointGroups['lost']> {
    return (await this.#client.request('restore', { data: base.bytes(), isOwn: true })).lost;
  }

  /** What the code has changed goes to the session at once, or none of it does. */
  async #merge(report: ExecutionReport): Promise<ExecutionReport> {
    const execution = this.#execution;
    const { sessionWorker, notify } = this.#session;
    const { transaction, conflict } = execution;
    const isWanted = report.ok ? transaction !== 'rollback' : transaction === 'commit';
    if (execution.stopCause !== undefined && !isWanted) return report;
    await this.#client.request('checkpoint', {});
    const before = new Set(this.#base.lost.map(({ name }) => name));
    for (const { name, reason } of this.#groups.lost)
      if (isWanted && !before.has(name)) notify(`“${name}” stays in the thread: ${reason}`);
    for (let looks = 0; isWanted; looks++) {
      const merged = await sessionWorker.use(async (client) => {
        const since = await client.request('checkpoint', {});
        const plan = planMerge(this.#base, this.#groups, sessionWorker.groups, conflict);
        if (plan.conflicts.length > 0 && conflict === 'fail') return await this.#conflictOf(plan.conflicts);
        if (plan.names.length === 0) return undefined;
        return await client.request('restore', { data: plan.data, isOwn: false, merges: { names: plan.names, since } });
      });
      if (merged instanceof NamespaceConflictError)
        return {
          ...report,
          ok: false,
          value: undefined,
          preview: { type: 'undefined', text: 'undefined' },
          error: merged as NamespaceConflictError & SendableError,
        };
      if (merged?.isStale === true && looks < maxLooks) continue;
      for (const { name, reason } of merged?.lost ?? []) notify(`“${name}” stays in the thread: ${reason}`);
      break;
    }
    const value = report.ok && report.preview.type !== 'undefined' ? { value: report.value } : {};
    const cells = [{ cell: execution.cell, code: execution.code, ...value }];
    await sessionWorker.use((client) => client.request('recall', { cells }));
    return report;
  }

  async #conflictOf(names: readonly string[]): Promise<NamespaceConflictError> {
    const { sessionWorker } = this.#session;
    return new NamespaceConflictError(
      await Promise.all(
        names.map(async (name) => {
          const [session, thread] = await Promise.all([
            sessionWorker.use((client) => client.request('read', { name })),
            this.#client.request('read', { name }),
          ]);
          return { name, session, thread };
        }),
      ),
    );
  }

  #api(number: number): HostApi {
    const { api } = this.#session;
    return {
      ...api,
      // Numbers of entries are unique in a session.
      output: ({ entries, ...message }) =>
        api.output({
          ...message,
          entries: entries.map((entry) => ({ ...entry, sequence: entry.sequence + number * numbersOfThread })),
        }),
      running: ({ runId }) => {
        this.#client.heard++;
        if (runId === this.#execution.runId && !this.#execution.hasBegun) this.#execution.accepted();
        else this.#worker?.pendingWork.keepsLoop(runId);
      },
      checkpoint: (message) => this.#groups.apply(message),
    };
  }
}
