import type { AgentOutcome } from '../runtime/agent-outcome.js';
import type { CutOptions } from '../runtime/cut-value.js';
import { modelContent } from './model-result.js';

/** The answer of a tool in MCP (specification of 2025-06-18, "Tool Result"), which WebMCP has too. */
export interface MCPAnswer {
  readonly content: readonly object[];
  readonly isError?: true;
}

/** An outcome as the answer of a tool. */
export function mcpAnswer(outcome: AgentOutcome, options: CutOptions): MCPAnswer {
  const content = modelContent(outcome, options).map((part) =>
    part.type === 'text' ? part : { type: 'image', data: part.data, mimeType: part.mediaType },
  );
  return { content, ...(outcome.status === 'error' ? { isError: true } : {}) };
}

export function mcpText(text: string): MCPAnswer {
  return { content: [{ type: 'text', text }] };
}

export function mcpError(text: string): MCPAnswer {
  return { isError: true, ...mcpText(text) };
}
