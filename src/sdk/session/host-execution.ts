import { randomHex } from '../../context/random-hex.js';
import { RuntimeContext } from '../../context/runtime-context.js';
import type {
  ExecuteMessage,
  ExecutionMode,
  ExecutionReport,
  ExecutionTransaction,
} from '../../protocol/messages/wire.js';
import type { Limits } from '../limits.js';
import type { CellNames } from './cell-names.js';
import { checkedOptions } from './execution-options.js';
import { noticeEntry } from './output-entry.js';
import type { RegistryView } from '../tools/tool-definition.js';
import { StateMachine } from './state-machine.js';
import { executionRules } from './state-machine-rules.js';
import { timeLimit, type StopCause } from './stop-cause.js';
import { ExecutionTrace } from '../traces/execution-trace.js';
import { Trace } from '../traces/trace.js';
import type { TraceLog } from '../traces/trace-log.js';
import type {
  ExecuteOptions,
  ExecutionDetails,
  ExecutionError,
  ExecutionPhase,
  ExecutionResult,
  ExecutionState,
  OutputEntry,
  ThreadConflict,
} from '../types.js';

/** The parts of its session that an execution uses. */
export interface ExecutionSession {
  /** Of the session. */
  readonly name: string;
  /** Where its trace is kept; `undefined` if it has none. */
  readonly traces: TraceLog | undefined;
  readonly registry: RegistryView;
  readonly limits: Pick<Limits, 'codeTimeout' | 'outputEntries'>;
  readonly cellNames: CellNames;
}

/** The parts of its worker that an execution uses. */
export interface ExecutionWorker {
  readonly client: { readonly isClosed: boolean };
  readonly pendingWork: {
    /** Stops the execution in the worker. */
    stop(execution: HostExecution, cause: StopCause): Promise<void>;
  };
}

/**
 * The host's side of one execution: its authoritative context, the registry as it saw it, its output, and its life as a
 * state machine. Its controller aborts its tool calls.
 */
export class HostExecution {
  /** Name of its cell in frames and positions. */
  readonly fileName: string;
  /** Number of its cell in the session, for cancel flags. */
  readonly cell: number;
  readonly code: string;
  readonly mode: ExecutionMode;
  readonly transaction: ExecutionTransaction;
  readonly conflict: ThreadConflict;
  /** Nothing else may run beside it. */
  readonly exclusive: boolean;
  readonly registry: RegistryView;
  /** What its tool calls show. */
  readonly capability = randomHex(16);
  readonly controller = new AbortController();
  /** Resolves when it was stopped and no report will come: it was not sent, or its worker is gone. */
  readonly abandoned: Promise<StopCause>;
  readonly machine = new StateMachine<ExecutionState>(executionRules, 'queued');
  readonly output: OutputEntry[] = [];
  readonly started = performance.now();
  /** Measures it. */
  readonly trace: ExecutionTrace | undefined;
  readonly #traces: TraceLog | undefined;
  readonly #outputLimit: number;
  /** Deadline of the caller's context, on the clock of `performance.now()`. */
  readonly #latestEnd: number;
  #context: RuntimeContext;
  #timeout: number;
  #worker: ExecutionWorker | undefined;
  #begun: (() => void) | undefined;
  #abandon!: (cause: StopCause) => void;
  #unkept = 0;
  #lastUnkept = 0;
  #stopCause: StopCause | undefined;

  /** @throws TypeError, RangeError, ContextValueError for invalid arguments */
  constructor(code: string, options: ExecuteOptions, { name, traces, registry, limits, cellNames }: ExecutionSession) {
    const { mode, transaction, conflict, exclusive, timeout } = checkedOptions(code, options, limits.codeTimeout);
    const { signal } = this.controller;
    const { runId } = options;
    const given = RuntimeContext.from(options.context);
    this.#context = given.child(runId === undefined ? { signal } : { signal, runId });
    this.#latestEnd = this.started + (given.deadline ?? Infinity) - Date.now();
    const { fileName, cell } = cellNames.take(options.fileName);
    this.fileName = fileName;
    this.cell = cell;
    this.code = code;
    this.mode = mode;
    this.transaction = transaction;
    this.conflict = conflict;
    this.exclusive = exclusive;
    this.#timeout = timeout;
    this.registry = registry;
    this.#outputLimit = limits.outputEntries;
    const { started, context } = this;
    const log = options.tracing === false ? undefined : traces;
    this.trace = log && new ExecutionTrace({ session: name, fileName, mode, parent: given, context, started });
    this.#traces = log;
    this.abandoned = new Promise((resolve) => {
      this.#abandon = resolve;
    });
  }

  /** Has a deadline once the code has begun. */
  get context(): RuntimeContext {
    return this.#context;
  }

  /** Milliseconds that the code may take. */
  get timeout(): number {
    return this.#timeout;
  }

  get runId(): string {
    return this.context.runId;
  }

  get hasBegun(): boolean {
    return this.machine.state !== 'queued';
  }

  /** The worker it was sent to. */
  get worker(): ExecutionWorker | undefined {
    return this.#worker;
  }

  get stopCause(): StopCause | undefined {
    return this.#stopCause;
  }

  /** How far it got, if its worker is lost now. */
  get phase(): ExecutionPhase {
    switch (this.machine.state) {
      case 'queued':
        return 'not-started';
      case 'starting':
        return 'unknown';
      default:
        return 'running';
    }
  }

  /** It goes to a worker. @param begun called when its time begins */
  sendTo(worker: ExecutionWorker, begun: () => void): void {
    this.#worker = worker;
    this.#begun = begun;
    this.trace?.sent();
  }

  /** What its worker is sent. @param announces whether the worker is to tell when the code begins */
  message(announces: boolean): ExecuteMessage {
    return {
      context: this.context.toJSON(),
      capability: this.capability,
      code: this.code,
      mode: this.mode,
      ...(this.transaction === 'commit' ? {} : { transaction: this.transaction }),
      fileName: this.fileName,
      cell: this.cell,
      tools: this.registry.list('tool'),
      timeLimit: timeLimit(this.#timeLeft()),
      ...(announces ? { announces } : {}),
      ...(this.trace === undefined ? {} : { traced: true }),
    };
  }

  /** The time of its code begins. */
  begin(): void {
    if (this.hasBegun) return;
    // The wall clock may be set meanwhile: it only names the deadline, and measures nothing.
    this.#timeout = this.#timeLeft();
    this.#context = this.#context.limitedTo({ deadline: Date.now() + this.#timeout });
    this.machine.transition('queued', 'starting');
    if (this.#stopCause !== undefined) this.machine.transition('starting', 'stopping');
    this.#begun?.();
  }

  /** The worker has begun it: any message about it shows that. */
  accepted(): void {
    if (this.#worker === undefined) return;
    if (!this.hasBegun) this.trace?.begun();
    this.begin();
    if (this.machine.state === 'starting') this.machine.transition('starting', 'running');
  }

  /** An update takes the place of what it updates, which is gone if it was not kept. */
  addOutput(entry: OutputEntry): void {
    if (entry.isUpdate === true) {
      const at = this.output.findLastIndex(({ id }) => id === entry.id);
      if (at >= 0) this.output[at] = entry;
      return;
    }
    if (this.output.length < this.#outputLimit) {
      this.output.push(entry);
      return;
    }
    this.#unkept++;
    this.#lastUnkept = entry.sequence;
  }

  /** The first cause counts. @returns whether this is the first, and the execution has not ended */
  requestStop(cause: StopCause): boolean {
    if (this.#stopCause !== undefined || this.machine.final) return false;
    this.#stopCause = cause;
    this.trace?.stopped(cause.error.message);
    if (this.machine.can('stopping')) this.machine.transition(this.machine.state, 'stopping');
    this.controller.abort(cause.error);
    return true;
  }

  /** No report of the stopped execution will come. */
  abandon(): void {
    if (this.#stopCause !== undefined) this.#abandon(this.#stopCause);
  }

  /** The worker reported how it ended. */
  settle(report: ExecutionReport): ExecutionResult {
    this.begin();
    this.machine.transition(this.machine.state, 'settling');
    return this.#end(report.ok ? 'succeeded' : (this.#stopCause?.outcome ?? 'failed'), report);
  }

  /** It was stopped, and its worker had to be ended or never got it. */
  settleStopped(cause: StopCause): ExecutionResult {
    return this.#end(cause.outcome, this.#unreported(cause.error));
  }

  /** Its worker is gone, and its outcome is unknown. */
  markLost(reason: unknown): void {
    if (this.machine.final) return;
    this.machine.transition(this.machine.state, 'lost');
    this.controller.abort(reason);
    this.#keepTrace('lost', this.#unreported());
  }

  /** Resolves once the execution is in a final state. */
  whenEnded(): Promise<void> {
    return this.#when(() => this.machine.final);
  }

  /** Resolves once its code has begun. */
  whenBegun(): Promise<void> {
    return this.#when(() => this.hasBegun);
  }

  #when(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const unsubscribe = this.machine.subscribe(() => settle());
      const settle = (): void => {
        if (!isSo()) return;
        unsubscribe();
        resolve();
      };
      settle();
    });
  }

  #timeLeft(): number {
    return Math.max(1, Math.min(this.#timeout, this.#latestEnd - performance.now()));
  }

  /** With a notice in place of the entries beyond the limit. */
  #keptOutput(): OutputEntry[] {
    if (this.#unkept === 0) return [...this.output];
    const text = `${this.#unkept.toLocaleString('en')} more lines of output are not kept in this result; all of them were dispatched as events.`;
    return [...this.output, noticeEntry(this.#lastUnkept, text, this.#unkept)];
  }

  #unreported(error?: ExecutionError): ExecutionReport {
    return {
      ok: false,
      value: undefined,
      preview: { type: 'undefined', text: 'undefined' },
      ...(error && { error }),
      duration: performance.now() - this.started,
      pending: 0,
    };
  }

  #keepTrace(outcome: ExecutionState, report: ExecutionReport): void {
    const { trace } = this;
    if (trace === undefined) return;
    trace.ended(outcome, report);
    this.#traces?.add(trace);
  }

  #end(outcome: ExecutionState, report: ExecutionReport): ExecutionResult {
    this.machine.transition(this.machine.state, outcome);
    this.#keepTrace(outcome, report);
    const { trace } = this;
    const details: ExecutionDetails = {
      preview: report.preview,
      output: Object.freeze(this.#keptOutput()),
      duration: report.duration,
      correlationId: this.context.correlationId,
      runId: this.runId,
      fileName: this.fileName,
      mode: this.mode,
      pending: report.pending,
      trace: new Trace(() => trace?.spans ?? []),
    };
    return report.ok
      ? Object.freeze({ ok: true, value: report.value, ...details })
      : Object.freeze({ ok: false, value: undefined, error: report.error ?? unknownFailure, ...details });
  }
}

/** For a worker that reports a failure without an error. */
const unknownFailure: ExecutionError = { name: 'Error', message: 'The code failed.', stack: '', frames: [] };
