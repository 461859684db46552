import {
  CancelledError,
  ToolError,
  type Codemode,
  type ExecutionResult,
  type OutputEntry,
  type RegisteredTool,
  type RegistryView,
  type Session,
  type ToolApprovalRequest,
  type ToolCallOptions,
  type ToolDefinition,
} from '../../sdk/index.js';
import { after } from '../../protocol/resources/timers.js';
import { asksForApproval } from '../../sdk/tools/tool-call.js';
import type { AgentOutcome, PendingCall } from './agent-outcome.js';
import { pendingCalls, type AgentStore, type StoredExecution } from './agent-store.js';
import { callOf, type CallAnswer, type LoggedCall } from './call-log.js';
import { Deferred } from './deferred.js';
import { errorOf } from './error-of.js';
import { invokeTool } from './invoke-tool.js';
import { LoggedRegistry } from './logged-registry.js';
import { Replay } from './replay.js';

/** What a live execution works with. */
export interface LiveExecutionOptions {
  readonly codemode: Codemode;
  /** The tools that the code sees. */
  readonly registry: RegistryView;
  readonly session: Session;
  readonly store: AgentStore;
  /** Tools of the runtime itself, which are not logged. */
  readonly ownTools: Readonly<Record<string, ToolDefinition>>;
  /** Milliseconds that the code may take; waiting for decisions does not count. */
  readonly timeout: number;
  /** Milliseconds after which a call that nobody decided about is rejected. */
  readonly expiresAfter: number;
  readonly signal?: AbortSignal | undefined;
}

type Decision = { readonly approved: true } | { readonly approved: false; readonly reason: string };
type EndedOutcome = Exclude<AgentOutcome, { readonly status: 'paused' }>;

/** Pauses between two looks at whether the code does something, in milliseconds; and how often it is looked. */
const settleInterval = 20;
const settleLooks = 100;
/** Why a call is rejected that waited for too long. */
export const nobodyDecided = 'nobody decided in time.';
/** Longer than any decision takes: the runtime ends executions itself. */
const untilTheEnd = 2 ** 31 - 1;

/** An execution whose code is in a worker of this page. */
export class LiveExecution {
  readonly record: StoredExecution;
  readonly #options: LiveExecutionOptions;
  readonly #replay: Replay;
  readonly #controller = new AbortController();
  readonly #decisions = new Map<number, (decision: Decision) => void>();
  readonly #calls = new Map<string, number>();
  readonly #running = new Set<LoggedCall>();
  #activity = 0;
  #isPaused = false;
  #stopTimer = (): void => undefined;
  #left: number;
  #since = 0;
  readonly #whenEnded = new Deferred<void>();
  #outcome = new Deferred<AgentOutcome>();
  #ended: EndedOutcome | undefined;
  #failure: Error | undefined;

  constructor(record: StoredExecution, options: LiveExecutionOptions) {
    this.record = record;
    this.#options = options;
    this.#left = options.timeout;
    // The order is written anew as the code runs.
    this.#replay = new Replay(record.log.calls, record.log.order.splice(0));
  }

  /** Runs the code. @returns when it waits for decisions, or has ended */
  start(): Promise<AgentOutcome> {
    void this.#run();
    return this.next();
  }

  /** The next time that it waits for decisions, or its end. */
  next(): Promise<AgentOutcome> {
    return this.#ended === undefined ? this.#outcome.promise : Promise.resolve(this.#ended);
  }

  /** Resolves at its end. */
  get ended(): Promise<void> {
    return this.#whenEnded.promise;
  }

  get pending(): readonly PendingCall[] {
    return pendingCalls(this.record);
  }

  /** @param seq which of the waiting calls; all without one */
  approve(seq?: number): Promise<AgentOutcome> {
    this.#decide({ approved: true }, seq);
    return this.next();
  }

  reject(seq: number | undefined, reason: string): Promise<AgentOutcome> {
    this.#decide({ approved: false, reason }, seq);
    return this.next();
  }

  stop(reason: Error): Promise<AgentOutcome> {
    this.#fail(reason);
    return this.next();
  }

  /**
   * Runs a cell whose calls are calls of this execution, and gives its value.
   * @throws ToolError as the cell failed
   */
  async runNested(cell: string, { callId, place = callId, context, signal }: ToolCallOptions): Promise<unknown> {
    const result = await this.#options.session.execute(cell, {
      context,
      registry: this.#registry(`${place}/`),
      timeout: untilTheEnd,
      signal,
    });
    if (result.ok) return result.value;
    throw new ToolError(result.error.message, { name: result.error.name });
  }

  #decide(decision: Decision, seq: number | undefined): void {
    const waiting = [...this.#decisions].filter(([one]) => seq === undefined || one === seq);
    if (waiting.length === 0) return;
    this.#goOn();
    for (const [one, decide] of waiting) {
      this.#decisions.delete(one);
      decide(decision);
    }
  }

  async #run(): Promise<void> {
    const { session, signal } = this.#options;
    const { record } = this;
    const onAbort = (): void =>
      this.#fail(new CancelledError('The execution was cancelled.', { cause: signal?.reason }));
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
    this.#startTimer();
    try {
      await this.#options.store.save(record);
      const result = await session.execute(record.cell, {
        context: record.context,
        registry: this.#registry(''),
        timeout: untilTheEnd,
        signal: this.#controller.signal,
      });
      await this.#end(this.#outcomeOf(result));
    } catch (error) {
      await this.#end({ status: 'error', error: errorOf(this.#failure ?? error, record), ...this.#details([]) });
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#stopTimer();
    }
  }

  #outcomeOf(result: ExecutionResult): EndedOutcome {
    const { record } = this;
    const failure = this.#failure ?? this.#replay.missed;
    const details = this.#details(result.output);
    if (failure !== undefined) return { status: 'error', error: errorOf(failure, record), ...details };
    if (result.ok) return { status: 'completed', result: result.value, ...details };
    return { status: 'error', error: errorOf(result.error, record), ...details };
  }

  #details(output: readonly OutputEntry[]): Pick<EndedOutcome, 'executionId' | 'output' | 'calls' | 'notes'> {
    const { id, log, notes } = this.record;
    return { executionId: id, output, calls: log.calls.map(callOf), notes };
  }

  async #end(outcome: EndedOutcome): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#ended = outcome;
    this.record.outcome = outcome;
    for (const call of this.record.log.calls) {
      if (call.state === 'pending') call.state = 'rejected';
    }
    try {
      await this.#options.store.save(this.record);
    } finally {
      this.#outcome.resolve(outcome);
      this.#whenEnded.resolve();
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#goOn();
    this.#controller.abort(error);
  }

  /** The tools that the code sees, each through the log. @param within the place of the call that runs this code */
  #registry(within: string): LoggedRegistry {
    const { registry, ownTools } = this.#options;
    return new LoggedRegistry(registry, ownTools, (name, tool) => this.#logged(name, tool, within));
  }

  #logged(name: string, tool: RegisteredTool, within: string): ToolDefinition {
    return {
      description: tool.description,
      ...(tool.input === undefined ? {} : { inputSchema: tool.input }),
      ...(tool.output === undefined ? {} : { outputSchema: tool.output }),
      requiredContext: tool.requiredContext,
      timeout: untilTheEnd,
      execute: (args, options) => this.#call(name, tool, args, options, within),
    };
  }

  async #call(
    name: string,
    tool: RegisteredTool,
    args: unknown,
    options: ToolCallOptions,
    within: string,
  ): Promise<unknown> {
    this.#activity++;
    const place = this.#placeOf(name, options, within);
    let call: LoggedCall;
    try {
      const known = isOfTool(options) ? undefined : this.#replay.find(place, name, args);
      call = known ?? this.#begin(place, name, args);
    } catch (error) {
      this.#fail(error as Error);
      throw error;
    }
    const answer = await this.#answer(call, tool, options);
    if (!isOfTool(options)) {
      await this.#replay.turnOf(place);
      this.record.log.order.push(place);
    }
    this.#activity++;
    if (answer.ok) return answer.value;
    throw new ToolError(answer.message, { name: answer.name });
  }

  /** Where the kernel says that the call was made; else its number among the calls of its name. */
  #placeOf(name: string, { place }: ToolCallOptions, within: string): string {
    if (place !== undefined) return `${within}${place}`;
    const count = this.#calls.get(`${within}${name}`) ?? 0;
    this.#calls.set(`${within}${name}`, count + 1);
    return `${within}${name}#${count}`;
  }

  #begin(place: string, name: string, args: unknown): LoggedCall {
    const { calls } = this.record.log;
    const call: LoggedCall = { seq: calls.length, place, name, args, since: Date.now(), state: 'running' };
    calls.push(call);
    return call;
  }

  async #answer(call: LoggedCall, tool: RegisteredTool, options: ToolCallOptions): Promise<CallAnswer> {
    if (call.answer !== undefined) return call.answer;
    const isUnknown =
      call.state === 'unknown' && tool.hints.readOnlyHint !== true && tool.hints.idempotentHint !== true;
    const asks =
      call.state === 'pending' ||
      isUnknown ||
      (call.state === 'running' && (await asksForApproval(tool, requestOf(call, options))));
    if (asks) {
      const decision = await this.#decision(call, isUnknown ? 'unknown' : 'pending');
      if (!decision.approved) {
        call.state = 'rejected';
        const error = new ToolError(`The call of ${call.name} was rejected: ${decision.reason}`, {
          name: 'ToolRejectedError',
        });
        this.#fail(error);
        throw error;
      }
    }
    return await this.#perform(call, tool, options);
  }

  async #decision(call: LoggedCall, state: 'pending' | 'unknown'): Promise<Decision> {
    call.state = state;
    const decision = new Deferred<Decision>();
    this.#decisions.set(call.seq, decision.resolve);
    await this.#options.store.save(this.record);
    void this.#pauseWhenIdle();
    return await decision.promise;
  }

  async #perform(call: LoggedCall, tool: RegisteredTool, options: ToolCallOptions): Promise<CallAnswer> {
    call.state = 'running';
    this.#running.add(call);
    // Before the tool has it: after a crash it is known that it may have been called.
    await this.#options.store.save(this.record);
    call.answer = await invokeTool(call, tool, options, this.#options.codemode.limits.toolTimeout);
    call.state = call.answer.ok ? 'succeeded' : 'failed';
    this.#running.delete(call);
    await this.#options.store.save(this.record);
    if (this.#decisions.size > 0) void this.#pauseWhenIdle();
    return call.answer;
  }

  /** Waits until nothing happens but decisions, and says so. */
  async #pauseWhenIdle(): Promise<void> {
    const { session } = this.#options;
    for (let look = 0; look < settleLooks; look++) {
      const before = this.#activity;
      const entries = await session.pending().catch(() => []);
      if (this.#ended !== undefined || this.#decisions.size === 0 || this.#isPaused) return;
      const isQuiet =
        before === this.#activity && this.#running.size === 0 && !entries.some(({ kind }) => kind === 'timer');
      if (isQuiet && look > 0) return this.#pause();
      await new Promise<void>((resolve) => void after(settleInterval, resolve));
    }
    if (this.#running.size === 0) this.#pause();
  }

  #pause(): void {
    this.#isPaused = true;
    this.#stopTimer();
    this.#left -= performance.now() - this.#since;
    this.#stopTimer = after(Math.min(this.#options.expiresAfter, untilTheEnd), () =>
      this.#decide({ approved: false, reason: nobodyDecided }, undefined),
    );
    const { record } = this;
    this.#outcome.resolve({
      status: 'paused',
      executionId: record.id,
      pending: this.pending,
      calls: record.log.calls.map(callOf),
    });
  }

  #goOn(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#outcome = new Deferred();
    this.#startTimer();
  }

  #startTimer(): void {
    this.#stopTimer();
    this.#since = performance.now();
    this.#stopTimer = after(this.#left, () => {
      const { timeout } = this.#options;
      this.#fail(new ToolError(`The code took longer than ${timeout} ms.`, { name: 'TimeoutError' }));
    });
  }
}

function requestOf({ name, args }: LoggedCall, { callId, context }: ToolCallOptions): ToolApprovalRequest {
  return { callId, name, args, context };
}

/** Whether another tool makes the call: the answer of that one is in the log, so it is not made again. */
function isOfTool({ callId }: ToolCallOptions): boolean {
  return callId.includes('.');
}
