import type { ExecutionMode, ExecutionTransaction } from '../../protocol/messages/wire.js';
import type { ExecuteOptions, ThreadConflict } from '../types.js';

const modes: ReadonlySet<string> = new Set<ExecutionMode>(['async', 'sync', 'thread']);
const conflicts: ReadonlySet<string> = new Set<ThreadConflict>(['fail', 'overwrite', 'keep']);
const transactions: ReadonlySet<string> = new Set<ExecutionTransaction>(['commit', 'rollback-on-failure', 'rollback']);

/** Options of an execution that have a default. */
interface CheckedOptions {
  readonly mode: ExecutionMode;
  readonly transaction: ExecutionTransaction;
  readonly conflict: ThreadConflict;
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
  const {
    mode = 'async',
    transaction = 'commit',
    conflict = 'fail',
    exclusive = false,
    timeout = codeTimeout,
  } = options;
  checkOption('mode', modes, mode);
  checkOption('transaction', transactions, transaction);
  checkOption('conflict', conflicts, conflict);
  if (!(timeout > 0)) {
    throw new RangeError(`Expected the timeout as a positive number of milliseconds, but got ${timeout}.`);
  }
  // A rollback would undo the changes of the executions beside it, too.
  return {
    mode,
    transaction,
    conflict,
    exclusive: exclusive || (transaction !== 'commit' && mode !== 'thread'),
    timeout,
  };
}

function checkOption(option: string, allowed: ReadonlySet<string>, value: string): void {
  if (allowed.has(value)) return;
  const expected = [...allowed].map((one) => `"${one}"`).join(', ');
  throw new TypeError(`Expected the ${option} ${expected}, but got ${JSON.stringify(value)}.`);
}
