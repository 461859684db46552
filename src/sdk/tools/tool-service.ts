import { mergeAdditions } from '../../context/wire-context.js';
import type { RuntimeContext } from '../../context/runtime-context.js';
import type { ToolCallMessage } from '../../protocol/messages/wire.js';
import { CancelledError } from '../errors/execution-errors.js';
import type { RegistryView } from './tool-definition.js';
import { reportListenerError } from '../errors/report-listener-error.js';
import { renamedOption } from '../renamed-option.js';
import { performToolCall, type ApproveToolCall } from './tool-call.js';
import { LateToolCallError, publicToolError, ToolTimeoutError } from './tool-errors.js';
import type { ToolCallSpan, ToolCallTracer } from '../traces/tool-call-span.js';
import type { ToolCallDetail } from '../types.js';

/** Options of a `ToolService`. */
export interface ToolServiceOptions {
  /** Milliseconds of a call whose tool sets no timeout. @default 30,000 */
  readonly timeout?: number;
  /** Decides on calls of tools that need approval. @default they are denied */
  readonly approve?: ApproveToolCall | undefined;
  /** Context variables that code may add for its tool calls. It can never replace one of the host's. @default none */
  readonly codeWritableVariables?: Iterable<string>;
  /** @deprecated The old name of `codeWritableVariables`. */
  readonly allowedVariables?: Iterable<string>;
  /** Called at the start and at the end of each tool call. */
  readonly onCall?: (detail: ToolCallDetail) => void;
  /** Gets errors of tools that the calling code must not see. @default console.error */
  readonly onToolFailure?: (error: unknown, toolName: string) => void;
}

/** An execution whose code may call tools. */
export interface ToolExecution {
  /** The authoritative context; calls name it by its run id. */
  readonly context: RuntimeContext;
  /** A random text that each of its calls has to show. @default none: its run id is enough */
  readonly capability?: string;
  /** Name of its cell. */
  readonly fileName: string;
  /** The tools that it sees. */
  readonly registry: RegistryView;
  /** Aborts its calls. */
  readonly signal?: AbortSignal;
  /** Measures its calls. @default nothing does */
  readonly trace?: ToolCallTracer | undefined;
}

/** An execution's permission to call tools, from when it starts until it is revoked. */
export interface Admission {
  /**
   * The code has ended. Its pending calls continue without its deadline.
   * @param lateCalls milliseconds in which it may make further calls. @default Infinity
   */
  settled(lateCalls?: number): void;
  /** Its calls are cancelled, later ones refused. */
  revoke(reason?: unknown): void;
}

/** Methods that a worker may call. */
export interface ToolEndpoint {
  callTool(message: ToolCallMessage): Promise<unknown>;
  cancelToolCall(message: { readonly callId: string }): void;
}

interface AdmittedExecution extends ToolExecution {
  /** What cancels its calls under way. */
  readonly calls: Set<AbortController>;
  /** Its deadline on the monotonic clock of `performance.now()`; `Infinity` without one. */
  endsAt: number;
  /** When it stops making calls, on the same clock, and how long that is after its end. */
  lateCalls?: { readonly until: number; readonly limit: number };
}

const noSuchRun = "This execution can't call tools: it was stopped, or the host does not know it.";

/**
 * Calls the tools of one session for its executions. It looks the caller up among the admitted executions, by its capability, or by
 * its run id where it has none. The context of a message can only add variables to the caller's. Rejections carry a name and a
 * message for the code.
 */
export class ToolService {
  readonly #options: ToolServiceOptions;
  readonly #codeWritableVariables: ReadonlySet<string>;
  /** By capability, or by run id where there is none. */
  readonly #executions = new Map<string, AdmittedExecution>();
  /** Calls under way, and by id what cancels them. */
  readonly #pending = new Set<Promise<unknown>>();
  readonly #controllers = new Map<string, AbortController>();
  #disposal: Promise<void> | undefined;

  constructor(options: ToolServiceOptions = {}) {
    this.#options = options;
    this.#codeWritableVariables = new Set(renamedOption(options, 'codeWritableVariables', 'allowedVariables'));
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  /** From now on the execution may call tools. */
  admit(execution: ToolExecution): Admission {
    if (this.#disposal !== undefined) throw new CancelledError("The session was closed. It can't call tools any more.");
    const { runId, deadline = Infinity } = execution.context;
    const { capability: key = runId } = execution;
    const endsAt = performance.now() + deadline - Date.now();
    const admitted: AdmittedExecution = { ...execution, calls: new Set(), endsAt };
    const revoke = (reason?: unknown): void => {
      execution.signal?.removeEventListener('abort', onAbort);
      if (this.#executions.get(key) === admitted) this.#executions.delete(key);
      cancelCalls(admitted, reason);
    };
    const onAbort = (): void => revoke(execution.signal?.reason);
    this.#executions.set(key, admitted);
    if (execution.signal?.aborted === true) onAbort();
    execution.signal?.addEventListener('abort', onAbort, { once: true });
    return {
      settled: (limit = Infinity) => {
        admitted.endsAt = Infinity;
        admitted.lateCalls = { until: performance.now() + limit, limit };
      },
      revoke,
    };
  }

  /** @throws ToolError and other errors whose message is meant for the code that called */
  callTool(message: ToolCallMessage): Promise<unknown> {
    if (this.#disposal !== undefined)
      return Promise.reject(new CancelledError("The session was closed. It can't call tools any more."));
    const { runId } = message.context;
    const execution = this.#executions.get(message.capability ?? runId);
    if (execution?.context.runId !== runId) return Promise.reject(new CancelledError(noSuchRun));
    const { lateCalls } = execution;
    if (lateCalls !== undefined && performance.now() > lateCalls.until)
      return Promise.reject(new LateToolCallError(message.name, lateCalls.limit));
    const controller = new AbortController();
    this.#controllers.set(message.callId, controller);
    execution.calls.add(controller);
    const call = this.#callAs(execution, message, controller.signal).finally(() => {
      this.#pending.delete(call);
      execution.calls.delete(controller);
      if (this.#controllers.get(message.callId) === controller) this.#controllers.delete(message.callId);
    });
    this.#pending.add(call);
    return call;
  }

  /** Aborts one call. Nothing happens where it has ended. */
  cancel(callId: string): void {
    this.#controllers.get(callId)?.abort();
  }

  /**
   * Takes no more calls and waits for those under way; `cancel` aborts them instead. Safe to call twice: a later call may
   * still cancel what an earlier one waits for.
   */
  dispose(options: { readonly cancel?: boolean } = {}): Promise<void> {
    this.#disposal ??= Promise.allSettled(this.#pending).then(() => this.#revokeAll());
    if (options.cancel === true) this.#revokeAll();
    return this.#disposal;
  }

  #revokeAll(): void {
    for (const execution of this.#executions.values())
      cancelCalls(execution, new CancelledError('The session was closed.'));
    this.#executions.clear();
  }

  async #callAs(
    execution: AdmittedExecution,
    message: ToolCallMessage,
    signal: AbortSignal,
    caller?: ToolCallSpan,
  ): Promise<unknown> {
    const { callId, place, args } = message;
    const name = execution.registry.keyOf('tool', message.name) ?? message.name;
    const started = performance.now();
    const span = execution.trace?.toolCall(name, callId, args, caller);
    const announce = (detail: Pick<ToolCallDetail, 'phase' | 'args' | 'result' | 'error' | 'duration'>): void =>
      this.#announce({
        callId,
        runId: execution.context.runId,
        fileName: execution.fileName,
        name,
        ...detail,
      });
    announce({ phase: 'started', args });
    try {
      const tool = execution.registry.get('tool', name);
      let nested = 0;
      const result = await performToolCall({
        callId,
        place,
        name,
        tool,
        span,
        args,
        signal,
        context: mergeAdditions(execution.context, message.context, this.#codeWritableVariables),
        timeout: this.#timeoutOf(execution, name, tool.timeout),
        approve: this.#options.approve,
        registry: execution.registry,
        callOther: (other, otherArgs, otherSignal) => {
          nested += 1;
          return this.#callAs(
            execution,
            {
              ...message,
              callId: `${callId}.${nested}`,
              ...(place === undefined ? {} : { place: `${place}.${nested}` }),
              name: other,
              args: otherArgs,
            },
            otherSignal,
            span,
          );
        },
      });
      span?.end({ code: 'ok' }, result);
      announce({ phase: 'succeeded', result, duration: performance.now() - started });
      return result;
    } catch (thrown) {
      const error = publicToolError(thrown, name, this.#options.onToolFailure);
      const isCancelled = thrown instanceof CancelledError && signal.aborted;
      span?.end(isCancelled ? { code: 'unset' } : { code: 'error', message: `${error.name}: ${error.message}` });
      announce({
        phase: isCancelled ? 'cancelled' : 'failed',
        error: { name: error.name, message: error.message },
        duration: performance.now() - started,
      });
      throw error;
    }
  }

  #timeoutOf(execution: AdmittedExecution, name: string, own: number | undefined): number {
    const timeout = own ?? this.#options.timeout ?? 30_000;
    const remaining = execution.endsAt - performance.now();
    if (remaining <= 0) throw new ToolTimeoutError(name, 0);
    return Math.min(timeout, remaining);
  }

  #announce(detail: ToolCallDetail): void {
    try {
      this.#options.onCall?.(Object.freeze(detail));
    } catch (error) {
      reportListenerError(error);
    }
  }
}

function cancelCalls({ calls }: AdmittedExecution, reason: unknown): void {
  for (const controller of calls) controller.abort(reason);
}

/** A service, and the endpoint of it that a worker may call. */
export function createToolService(options?: ToolServiceOptions): {
  readonly service: ToolService;
  readonly endpoint: ToolEndpoint;
} {
  const service = new ToolService(options);
  const endpoint: ToolEndpoint = Object.freeze({
    callTool: (message: ToolCallMessage) => service.callTool(message),
    cancelToolCall: (message: { readonly callId: string }) => service.cancel(message.callId),
  });
  return { service, endpoint };
}
