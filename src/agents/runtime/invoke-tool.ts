import type { RegisteredTool, ToolCallOptions } from '../../sdk/index.js';
import { untilAborted } from '../../sdk/tools/tool-call.js';
import { publicToolError } from '../../sdk/tools/tool-errors.js';
import type { CallAnswer, LoggedCall } from './call-log.js';

/**
 * Calls a tool.
 * @param timeout milliseconds, of a tool that sets none
 * @throws what the tool throws, where the execution has ended meanwhile
 */
export async function invokeTool(
  { name, args }: LoggedCall,
  tool: RegisteredTool,
  { callId, context, call, registry, signal }: ToolCallOptions,
  timeout: number,
): Promise<CallAnswer> {
  const work = (ended: AbortSignal): unknown => tool.invoke(args, { callId, context, call, registry, signal: ended });
  try {
    return { ok: true, value: await untilAborted({ name, signal }, work, tool.timeout ?? timeout) };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const error = publicToolError(thrown, name);
    return { ok: false, name: error.name, message: error.message };
  }
}
