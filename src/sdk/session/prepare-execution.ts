import { RuntimeContext } from '../../context/runtime-context.js';
import type { CellNames } from './cell-names.js';
import { HostExecution } from './host-execution.js';
import type { Limits } from '../limits.js';
import type { RegistrySnapshot } from '../tools/registry/registry-snapshot.js';
import type { ExecuteOptions } from '../types.js';

const transactions: ReadonlySet<string> = new Set(['commit', 'rollback-on-failure', 'rollback']);

/**
 * Makes an execution from the arguments of `execute`. Its context is a child of the given one.
 * @throws TypeError, RangeError, ContextValueError for invalid arguments
 */
export function prepareExecution(
  code: string,
  options: ExecuteOptions,
  registry: RegistrySnapshot,
  limits: Limits,
  cellNames: CellNames,
): HostExecution {
  if (typeof code !== 'string') throw new TypeError(`Expected the code as a string, but got ${typeof code}.`);
  const mode = options.mode ?? 'async';
  if (mode !== 'async' && mode !== 'sync') {
    throw new TypeError(`Expected the mode "async" or "sync", but got ${JSON.stringify(mode)}.`);
  }
  const transaction = options.transaction ?? 'commit';
  if (!transactions.has(transaction)) {
    throw new TypeError(
      `Expected the transaction ${[...transactions].map((one) => `"${one}"`).join(', ')}, but got ${JSON.stringify(transaction)}.`,
    );
  }
  const limit = options.timeout ?? limits.codeTimeout;
  if (!(limit > 0)) throw new RangeError(`The timeout must be a positive number of milliseconds, but it is ${limit}.`);
  const controller = new AbortController();
  const given = RuntimeContext.from(options.context);
  return new HostExecution({
    context: given.child({
      signal: controller.signal,
      ...(options.runId === undefined ? {} : { runId: options.runId }),
    }),
    ...cellNames.take(options.fileName),
    code,
    mode,
    transaction,
    // What another execution changed meanwhile would be rolled back too.
    exclusive: (options.exclusive ?? false) || transaction !== 'commit',
    timeout: limit,
    ...(given.deadline === undefined ? {} : { remaining: given.deadline - Date.now() }),
    registry,
    controller,
    outputLimit: limits.outputEntries,
  });
}
