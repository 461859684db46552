import { CodemodeError, type ExecutionError } from '../../sdk/index.js';
import type { AgentError } from './agent-outcome.js';
import type { StoredExecution } from './agent-store.js';

/** Lines before and after the one at fault. */
const neighbours = 2;

/** An error for a model to read: with the line at fault and its neighbours. */
export function errorOf(failure: unknown, { cell }: Pick<StoredExecution, 'cell'>): AgentError {
  if (!(failure instanceof Error) && isExecutionError(failure)) {
    const { name, message, position } = failure;
    if (position === undefined) return { name, message, isOfCode: true };
    return { name, message, position, excerpt: excerptOf(cell, position.line), isOfCode: true };
  }
  const { name, message } = failure instanceof Error ? failure : { name: 'Error', message: String(failure) };
  const isOfHost = failure instanceof CodemodeError && failure.phase !== undefined;
  return { name, message, isOfCode: !isOfHost };
}

function isExecutionError(value: unknown): value is ExecutionError {
  return typeof value === 'object' && value !== null && typeof (value as { message?: unknown }).message === 'string';
}

/** `> 3 | await tools.wether()` with the lines around it. @param line from 1 */
function excerptOf(code: string, line: number): string {
  const lines = code.split('\n');
  const first = Math.max(1, line - neighbours);
  const shown = lines.slice(first - 1, line + neighbours);
  const width = String(first + shown.length - 1).length;
  return shown
    .map((text, index) => `${first + index === line ? '>' : ' '} ${String(first + index).padStart(width)} | ${text}`)
    .join('\n');
}
