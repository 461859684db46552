import type { ExecutionMode, ExecutionTransaction } from '../../protocol/messages/wire.js';
import type { ExecuteOptions } from '../types.js';

const transactions: ReadonlySet<string> = new Set<ExecutionTransaction>(['commit', 'rollback-on-failure', 'rollback']);

/** Options of an execution that have a default. */
interface CheckedOptions {
  readonly mode: ExecutionMode;
  readonly transaction: ExecutionTransaction;
  readonly exclusive: boolean;
  /** Milliseconds. */
  readonly timeout: number;
}

/**
 * Checks the arguments of `execute` and fills in the defaults.
 * @param codeTimeout milliseconds; the default of `timeout`
 * @throws TypeError, RangeError
 */
export function checkedOptions(code: string, options: ExecuteOptions, codeTimeout: number): CheckedOptions {
  if (typeof code !== 'string') throw new TypeError(`Expected the code as a string, but got ${typeof code}.`);
  const { mode = 'async', transaction = 'commit', exclusive = false, timeout = codeTimeout } = options;
  if (mode !== 'async' && mode !== 'sync') {
    throw new TypeError(`Expected the mode "async" or "sync", but got ${JSON.stringify(mode)}.`);
  }
  if (!transactions.has(transaction)) {
    throw new TypeError(
      `Expected the transaction ${[...transactions].map((one) => `"${one}"`).join(', ')}, but got ${JSON.stringify(transaction)}.`,
    );
  }
  if (!(timeout > 0)) {
    throw new RangeError(`Expected the timeout as a positive number of milliseconds, but got ${timeout}.`);
  }
  // A rollback would undo the changes of the executions beside it, too.
  return { mode, transaction, exclusive: exclusive || transaction !== 'commit', timeout };
}
