import { runExecution } from '../../../src/context/current-context.js';
import type { RestoreMessage, RestoreReport } from '../../../src/protocol/messages/checkpoint.js';
import type { ExecuteMessage, SendableError } from '../../../src/protocol/messages/wire.js';
import type { KernelReply } from '../../../src/protocol/endpoint/worker-endpoint.js';
import { CheckpointFormatError } from '../checkpoint/read-groups.js';
import { intrinsics } from '../realm/intrinsics.js';
import { startOwnTimer } from '../realm/own-timers.js';
import type { CellRunner } from './cell-runner.js';
import type { Execution } from './execution.js';
import { bareError } from './sendable-error.js';

interface RestorationOptions {
  readonly cells: CellRunner;
  makeExecution(message: Omit<ExecuteMessage, 'code' | 'capability'>): Execution;
  interrupt(execution: Execution, error: SendableError): void;
}

/** Binds the names of a checkpoint. Each of its definitions and imports runs as an execution with a time limit of its own. */
export function runRestoration(
  { context, ...message }: RestoreMessage,
  { cells, makeExecution, interrupt }: RestorationOptions,
  reply: KernelReply<RestoreReport>,
): void {
  const mode = message.merges === undefined ? 'async' : 'thread';
  const make = (milliseconds: number): Execution => {
    const error = bareError('TimeoutError', `it took longer than ${milliseconds} ms`);
    const timeLimit = { milliseconds, error };
    return makeExecution({ context, mode, fileName: 'restored.ts', cell: 0, tools: [], timeLimit });
  };
  const owner = make(Infinity);
  owner.settled = true;
  try {
    cells.restore(
      { context, ...message },
      owner,
      (milliseconds) => {
        const execution = make(milliseconds);
        const { error } = execution.timeLimit!;
        const cancelTimeout = startOwnTimer(() => interrupt(execution, error), milliseconds);
        return {
          execution,
          run: (start) => intrinsics.runOutside(() => runExecution(execution, execution.context, start)),
          end: () => {
            cancelTimeout();
            execution.settled = true;
          },
        };
      },
      ({ restored, lost, isStale = false }) => reply.succeed({ restored, lost, ...(isStale && { isStale }) }),
    );
  } catch (error) {
    if (!(error instanceof CheckpointFormatError)) throw error;
    reply.fail(error.name, error.message);
  }
}
