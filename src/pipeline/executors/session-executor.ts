import { requireRunContext } from '../context/run-context.js';
import { runCell } from './cell.js';
import type { Executor } from '../context/run-context.js';

/**
 * Runs each task, functions too, in a session of its own: a sandbox a task. The text of a function is sent there, so it may use its
 * arguments and what the sandbox has, and nothing of the file that it stands in.
 *
 * @example
 * const run = sales.start({ codemode, executor: sessionExecutor });
 */
export const sessionExecutor: Executor = Object.freeze({
  name: 'session',
  async execute(execution): Promise<unknown> {
    requireRunContext('the executor "session"');
    const { task } = execution;
    return await runCell(execution, task.code ?? callOf(String(task.run)));
  },
} satisfies Executor);

/** A cell that calls the function. The text of a method is no expression: it stands in an object. */
function callOf(source: string): string {
  const isExpression = /^(?:async\b)?\s*(?:function\b|\(|[\p{L}_$][\p{L}\p{N}_$]*\s*=>)/u.test(source);
  const fn = isExpression ? `(${source})` : `Object.values({${source}})[0]`;
  return `await ${fn}(getRunContext().parameters, getRunContext())`;
}
