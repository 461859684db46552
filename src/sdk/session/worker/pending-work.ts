import { after, afterListening } from '../../../protocol/resources/timers.js';
import type { ExecutionReport, PendingEntry } from '../../../protocol/messages/wire.js';
import type { Limits } from '../../limits.js';
import type { Admission } from '../../tools/tool-service.js';
import type { ExecutorClient } from '../../workers/executor-client.js';
import { LateToolCallers } from './late-tool-callers.js';
import { settlesInGrace } from './grace.js';
import type { HostExecution } from '../host-execution.js';
import { cancelled, type StopCause } from '../stop-cause.js';

export interface PendingWorkOptions {
  readonly client: ExecutorClient;
  readonly limits: Pick<Limits, 'lateWork' | 'lateToolCalls' | 'stopGrace'>;
  /** Executions that have not ended. */
  readonly live: () => Iterable<HostExecution>;
  /** Shows that the worker is busy until the returned function is called. */
  readonly hold: () => () => void;
  /** The worker is to be replaced. */
  readonly lost: (error: Error) => void;
  /** What ended executions have left is another count than before. */
  readonly onCount?: (count: number) => void;
}

type Ended = Pick<HostExecution, 'fileName' | 'cell'>;

/** Milliseconds between two questions to a worker in which ended executions have left work. */
const interval = 500;
/** Milliseconds after which a worker that does not answer counts as busy. */
const answerTimeout = 250;
/** Ended executions whose work can be named. */
const maxNamed = 1_000;

/**
 * Knows what keeps a worker busy, as far as that can be known, and stops it. Nobody waits for what ended executions have left,
 * but it may keep all others waiting: it is watched.
 */
export class PendingWork {
  readonly #options: PendingWorkOptions;
  /** By run id, oldest first. */
  readonly #ended = new Map<string, Ended>();
  readonly #lateToolCallers = new LateToolCallers();
  /** Names of the code that may have left work. */
  readonly #suspects = new Set<string>();
  #mayRun = false;
  #hasEnded = false;
  #count = 0;
  #isAsking = false;
  /** Whether the session counts as busy because the worker does not answer. */
  #isHeld = false;
  #cancelQuestion: (() => void) | undefined;
  /** Run id of the execution that keeps the event loop. */
  #busy: string | undefined;

  constructor(options: PendingWorkOptions) {
    this.#options = options;
  }

  /** Whether pending work may run before whatever the worker is sent now. */
  get mayRun(): boolean {
    return this.#mayRun;
  }

  /** @param report what the execution told; `undefined` if it was stopped without a report */
  ended(
    execution: HostExecution,
    admission: Admission,
    report: Pick<ExecutionReport, 'leavesWork' | 'left'> = {},
  ): void {
    if (this.#hasEnded) return admission.revoke();
    this.#ended.set(execution.runId, execution);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > maxNamed) this.#ended.delete(oldest!);
    const { leavesWork = false, left = 0 } = report;
    this.#lateToolCallers.add(admission, this.#options.limits.lateToolCalls, leavesWork);
    this.#setCount(left);
    if (leavesWork) {
      this.#suspects.add(execution.fileName);
      this.watch();
    } else if (left > 0) this.#askLater();
  }

  /** Asks the worker now and then, for as long as work is left in it. */
  watch(): void {
    this.#mayRun = true;
    this.#askLater();
  }

  /** Code of this execution, which may have ended, has kept the event loop for long. */
  keepsLoop(runId: string): void {
    this.#busy = runId;
    if (!this.#isAsking) this.#ask();
  }

  /** Stops an execution that was sent. What does not end in its grace costs the worker, unless another one keeps that busy. */
  async stop(execution: HostExecution, cause: StopCause): Promise<void> {
    const { client, limits, lost } = this.#options;
    const { runId, cell } = execution;
    client.cancel(cell);
    const ended = execution.whenEnded();
    const answered = client
      .request('cancel', { runId, error: cause.error }, { timeout: Infinity })
      .catch(() => undefined);
    const heeded = Promise.race([answered, ended]);
    // Until its worker begins it, others may keep that busy.
    await Promise.race([heeded, execution.whenBegun()]);
    // A worker that is not blocked answers, and from then on its code has the time to end.
    for (const settled of [heeded, ended]) {
      if (await settlesInGrace(client, settled, limits.stopGrace)) continue;
      // The code hears of it when the other one lets it, and nothing more comes of it.
      if ((this.#busy ?? runId) !== runId) execution.abandon();
      else lost(new Error(`the code of ${execution.fileName} did not stop in time`));
      return;
    }
  }

  /** Stops what ended executions have left, if it keeps the worker busy, and ends each wait for pending promises. */
  async stopBusy(): Promise<void> {
    const { client } = this.#options;
    if (this.#busyEnded() !== undefined || this.#isHeld) await this.cancel();
    else await this.#answersTo(client.request('pending', { endsWaits: true }, { timeout: Infinity }));
  }

  /** Stops all that ended executions have left, and tells what that was; nothing of a worker that does not answer. */
  async cancel(): Promise<readonly PendingEntry[]> {
    const { client } = this.#options;
    const busy = this.#busyEnded();
    if (busy !== undefined) client.cancel(busy.cell);
    const { error } = cancelled('The pending work was stopped');
    const entries = await this.#answersTo(client.request('cancelPending', { error }, { timeout: Infinity }));
    this.#setCount(0);
    return entries ?? [];
  }

  /** A worker that pending work keeps from answering is replaced. */
  async #answersTo<T>(request: Promise<T>): Promise<T | undefined> {
    const { client, limits, lost } = this.#options;
    const answered = request.catch(() => undefined);
    if ((await settlesInGrace(client, answered, limits.stopGrace)) || this.#mayBeCode()) return await answered;
    lost(this.#error());
    return undefined;
  }

  #setCount(count: number): void {
    if (count === this.#count) return;
    this.#count = count;
    this.#options.onCount?.(count);
  }

  #askLater(): void {
    if (!this.#isAsking) this.#cancelQuestion ??= after(interval, () => this.#ask());
  }

  /** The worker has ended. */
  end(reason: Error): void {
    this.#setCount(0);
    this.#hasEnded = true;
    this.#cancelQuestion?.();
    this.#lateToolCallers.revokeAll(reason);
  }

  #busyEnded(): Ended | undefined {
    return this.#ended.get(this.#busy ?? '');
  }

  /** Whether an execution that has not ended may keep the worker busy. It has a time of its own. */
  #mayBeCode(): boolean {
    const isRunning = [...this.#options.live()].some(({ hasBegun, machine }) => hasBegun && !machine.final);
    return isRunning && this.#busyEnded() === undefined;
  }

  #error(): Error {
    const busy = this.#busyEnded();
    const suspects = busy === undefined ? [...this.#suspects] : [busy.fileName];
    const whose = suspects.length === 0 ? 'an execution that had ended' : suspects.slice(-3).join(' or ');
    return new Error(`the pending work of ${whose} kept it busy`);
  }

  #ask(): void {
    this.#cancelQuestion?.();
    this.#cancelQuestion = undefined;
    this.#isAsking = true;
    const { client, limits, live, hold, lost } = this.#options;
    const sent = [...live()].filter((execution) => !execution.hasBegun && execution.worker?.client === client);
    let release = (): void => undefined;
    const cancelHold = after(answerTimeout, () => {
      if (this.#mayBeCode()) return;
      const letGo = hold();
      this.#isHeld = true;
      release = () => {
        this.#isHeld = false;
        letGo();
      };
    });
    let cancelLimit = (): void => undefined;
    const wait = (): void => {
      cancelLimit = afterListening(limits.lateWork + limits.stopGrace, () =>
        this.#mayBeCode() ? wait() : lost(this.#error()),
      );
    };
    wait();
    const settle = (): void => {
      cancelHold();
      cancelLimit();
      release();
    };
    client.request('pending', {}, { timeout: Infinity }).then(({ mayRun, count }) => {
      settle();
      this.#isAsking = false;
      this.#busy = undefined;
      this.#mayRun = false;
      // It answers in the order of the messages.
      for (const execution of sent) execution.accepted();
      if (this.#hasEnded) return;
      this.#setCount(count);
      if (mayRun) {
        this.#lateToolCallers.workIsLeft(limits.lateToolCalls);
        this.watch();
      } else {
        this.#lateToolCallers.workHasEnded();
        this.#suspects.clear();
        if (count > 0) this.#askLater();
      }
    }, settle);
  }
}
