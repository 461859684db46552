import type { RunContext } from '../context/run-context.js';
import type { Parameters } from '../definition/parameters.js';
import { requireRunContext } from '../context/run-context.js';
import { runCell } from './cell.js';
import type { Executor } from '../context/run-context.js';

/** Runs functions here, and each cell in a session of its own of the run's codemode. */
export const realmExecutor: Executor = Object.freeze({
  name: 'realm',
  async execute(execution): Promise<unknown> {
    requireRunContext('the executor "realm"');
    const { task, parameters, run } = execution;
    if (task.code !== undefined) return await runCell(execution, task.code);
    return await (task.run as (parameters: Parameters, run: RunContext) => unknown)(parameters, run);
  },
} satisfies Executor);
