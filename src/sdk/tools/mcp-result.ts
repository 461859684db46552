import { ToolError } from './tool-errors.js';

/** A part of what an MCP server answers with, as its specification names it. */
interface McpResult {
  readonly content: readonly { readonly type: string; readonly text?: unknown }[];
  readonly structuredContent?: unknown;
  readonly isError?: unknown;
}

/**
 * The result of a tool, with the answer of an MCP server unpacked: its structured content, which is what the output schema
 * of an MCP tool describes. Content without structure stays as it is.
 *
 * @throws ToolError with the text of an answer that is marked as an error
 */
export function readMcpResult(result: unknown): unknown {
  if (!isMcpResult(result)) return result;
  if (result.isError === true) {
    const texts = result.content.map(({ text }) => text).filter((text) => typeof text === 'string');
    throw new ToolError(texts.join('\n') || 'The MCP server answered with an error.');
  }
  return result.structuredContent ?? result;
}

function isMcpResult(result: unknown): result is McpResult {
  if (typeof result !== 'object' || result === null) return false;
  const { content } = result as Partial<McpResult>;
  return (
    Array.isArray(content) && content.every((part) => typeof (part as { type?: unknown } | null)?.type === 'string')
  );
}
