import { ToolTimeoutError, type RegisteredTool, type ToolCallOptions } from '../../sdk/index.js';
import type { CallAnswer, LoggedCall } from './call-log.js';

/**
 * Calls a tool.
 * @param timeout milliseconds, of a tool that sets none
 * @throws what the tool throws, where the execution has ended meanwhile
 */
export async function invokeTool(
  { name, args }: LoggedCall,
  tool: RegisteredTool,
  options: ToolCallOptions,
  timeout: number,
): Promise<CallAnswer> {
  const limit = tool.timeout ?? timeout;
  const controller = new AbortController();
  const signal = AbortSignal.any([options.signal, controller.signal]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new ToolTimeoutError(name, limit);
        controller.abort(error);
        reject(error);
      }, limit);
    });
    const { callId, context, call, registry } = options;
    const value = await Promise.race([tool.invoke(args, { callId, context, call, registry, signal }), late]);
    return { ok: true, value };
  } catch (error) {
    if (options.signal.aborted) throw error;
    return publicAnswer(error, name);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether somebody is asked before the tool runs. */
export async function needsApproval(
  { name, args }: LoggedCall,
  tool: RegisteredTool,
  options: ToolCallOptions,
): Promise<boolean> {
  const { callId, context } = options;
  return typeof tool.approval === 'function' ? await tool.approval({ callId, name, args, context }) : tool.approval;
}

/** As code sees the error: of one that is not public, only that the tool failed. */
function publicAnswer(error: unknown, tool: string): CallAnswer {
  if (error instanceof Error && (error as { readonly public?: unknown }).public === true) {
    return { ok: false, name: error.name, message: error.message };
  }
  console.error(`Tool "${tool}" failed:`, error);
  return { ok: false, name: 'ToolError', message: `Tool "${tool}" failed` };
}
