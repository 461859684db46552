import { runWithContext } from '../../context/current-context.js';
import type { RuntimeContext } from '../../context/runtime-context.js';
import { after } from '../../protocol/resources/timers.js';
import { listen } from '../../protocol/resources/listen.js';
import { CancelledError } from '../errors/execution-errors.js';
import { acceptsEmptyObject } from './schema/json-schema.js';
import { toJsonSchema, validate } from './schema/schema.js';
import {
  ContextRequirementError,
  ToolDeniedError,
  ToolInputError,
  ToolOutputError,
  ToolTimeoutError,
} from './tool-errors.js';
import type { RegisteredTool, ToolApprovalRequest, ToolInvocation } from './tool-definition.js';
import type { ToolCallSpan } from '../traces/tool-call-span.js';

/** Decides whether a tool call may go ahead: `true` allows it, `false` denies it. */
export type ApproveToolCall = (request: ToolApprovalRequest) => boolean | Promise<boolean>;

export interface ToolCall extends Pick<ToolInvocation, 'callId' | 'place' | 'registry'> {
  readonly name: string;
  readonly tool: RegisteredTool;
  readonly args: unknown;
  readonly context: RuntimeContext;
  /** Aborts when the caller no longer waits for the result. */
  readonly signal: AbortSignal;
  /** Milliseconds that the tool itself may take; waiting for approval does not count. */
  readonly timeout: number;
  /** Decides on calls that need approval. Without it, they are denied. */
  readonly approve: ApproveToolCall | undefined;
  /** Measures it. */
  readonly span: ToolCallSpan | undefined;
  readonly callOther: (name: string, args: unknown, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Checks the context, validates the arguments, requests approval, calls the tool in the caller's context, checks the result.
 * @throws ContextRequirementError, ToolInputError, ToolDeniedError, ToolTimeoutError, ToolOutputError, CancelledError, and
 * whatever the tool throws
 */
export async function performToolCall(call: ToolCall): Promise<unknown> {
  const { callId, place, tool, context, registry } = call;
  checkContext(call);
  const args = await checkedArguments(call);
  // Most tools need none, and waiting costs.
  if (tool.approval !== undefined && tool.approval !== false)
    await untilAborted(call, () => requestApproval(call, args));
  const work = (signal: AbortSignal): unknown => {
    const limited = context.limitedTo({
      signal,
      deadline: Date.now() + call.timeout,
      traceparent: call.span?.traceparent,
    });
    const invocation: ToolInvocation = {
      callId,
      ...(place === undefined ? {} : { place }),
      context: limited,
      signal,
      registry,
      call: (other, otherArgs, otherSignal = signal) => call.callOther(other, otherArgs, otherSignal),
    };
    return runWithContext(limited, () => tool.invoke(args, invocation));
  };
  return checkedResult(call, await untilAborted(call, work, call.timeout));
}

function checkContext({ name, tool, context }: ToolCall): void {
  const missing = tool.requiredContext.filter((key) => !context.has(key));
  if (missing.length > 0) throw new ContextRequirementError(name, missing, context.keys());
}

async function checkedArguments({ name, tool, args }: ToolCall): Promise<unknown> {
  if (tool.input === undefined) return args;
  const given = args === undefined && acceptsEmptyObject(toJsonSchema(tool.input, 'input')) ? {} : args;
  const validation = await validate(tool.input, given);
  if (validation.issues !== undefined) throw new ToolInputError(name, validation.issues, { received: given });
  return validation.value;
}

async function checkedResult({ name, tool }: ToolCall, result: unknown): Promise<unknown> {
  if (tool.output === undefined) return result;
  const validation = await validate(tool.output, result);
  if (validation.issues !== undefined) throw new ToolOutputError(name, validation.issues, { received: result });
  return validation.value;
}

/** Whether somebody is asked before the tool runs. */
export async function asksForApproval(tool: RegisteredTool, request: ToolApprovalRequest): Promise<boolean> {
  return typeof tool.approval === 'function' ? await tool.approval(request) : tool.approval;
}

async function requestApproval({ callId, name, tool, context, approve, span }: ToolCall, args: unknown): Promise<void> {
  const request: ToolApprovalRequest = { callId, name, args, context };
  if (!(await asksForApproval(tool, request))) return;
  span?.approval();
  const allowed = approve !== undefined && (await approve(request));
  span?.approval();
  if (!allowed) throw new ToolDeniedError(name);
}

/**
 * The result of `work`, or a rejection as soon as the caller's signal aborts or the time is up, even if `work` ignores that.
 * @param timeout milliseconds. @default no limit
 */
export async function untilAborted<T>(
  { signal, name }: Pick<ToolCall, 'signal' | 'name'>,
  work: (signal: AbortSignal) => T | PromiseLike<T>,
  timeout?: number,
): Promise<T> {
  if (signal.aborted) throw cancellation(name, signal.reason);
  const controller = new AbortController();
  const releases: (() => void)[] = [];
  const ended = new Promise<never>((_, reject) => {
    const end = (error: Error): void => {
      controller.abort(error);
      reject(error);
    };
    releases.push(listen(signal, 'abort', () => end(cancellation(name, signal.reason))));
    if (timeout !== undefined) releases.push(after(timeout, () => end(new ToolTimeoutError(name, timeout))));
  });
  try {
    return await Promise.race([work(controller.signal), ended]);
  } finally {
    for (const release of releases) release();
  }
}

function cancellation(name: string, reason: unknown): Error {
  if (reason instanceof ToolTimeoutError || reason instanceof CancelledError) return reason;
  return new CancelledError(`The call of tool "${name}" was cancelled.`, { cause: reason });
}
