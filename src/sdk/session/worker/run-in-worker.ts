import { after, afterListening } from '../../../protocol/resources/timers.js';
import { RequestTimeoutError } from '../../errors/execution-errors.js';
import type { ExecutionReport } from '../../../protocol/messages/wire.js';
import type { Limits } from '../../limits.js';
import type { Admission, ToolService } from '../../tools/tool-service.js';
import type { ExecutionResult } from '../../types.js';
import type { Pass } from '../execution-gate.js';
import type { HostExecution } from '../host-execution.js';
import type { PendingWork } from './pending-work.js';
import type { ExecutorClient } from '../../workers/executor-client.js';
import { timedOut, type StopCause } from '../stop-cause.js';

/** The worker of a session, with the counts that end with it. */
export interface RunningWorker {
  readonly client: ExecutorClient;
  readonly pendingWork: PendingWork;
  /** Executions under way. */
  executions: number;
  /** Other requests under way. */
  requests: number;
  /** Executions and requests so far: whether the namespace may have changed. */
  uses: number;
}

/** The parts of a `SessionWorker` that a run uses. */
interface WorkerKeeper {
  beginExecution(worker: RunningWorker): () => void;
  delivered(fileName: string): void;
  lost(client: ExecutorClient, error: Error): void;
}

/** The parts of a session that a run uses. */
export interface RunSession {
  readonly pass: Pass;
  readonly tools: Pick<ToolService, 'admit'>;
  readonly limits: Pick<Limits, 'requestTimeout' | 'stopGrace' | 'lateToolCalls'>;
  readonly sessionWorker: WorkerKeeper;
  /** Makes of the worker's report what the execution ends with. @default the report */
  reported?(report: ExecutionReport): Promise<ExecutionReport>;
  /** Stops the execution. */
  stop(cause: StopCause): void;
}

/**
 * Runs an execution in a worker. Its times begin with its code.
 * @throws the error with which the worker was lost
 */
export async function runInWorker(
  worker: RunningWorker,
  execution: HostExecution,
  { pass, tools, limits, sessionWorker, stop, reported }: RunSession,
): Promise<ExecutionResult> {
  const { client, pendingWork } = worker;
  // Something else may run first: its time is not this code's. A new worker needs some time for its first code.
  const announces = worker.executions > 0 || worker.uses === 0 || pendingWork.mayRun;
  const end = sessionWorker.beginExecution(worker);
  const heartbeat = client.watch();
  let cancel = (): void => undefined;
  let admission: Admission | undefined;
  let reject = (_error: Error): void => undefined;
  const overdue = new Promise<never>((_, fail) => {
    reject = fail;
  });
  execution.sendTo(worker, () => {
    const { context, capability, fileName, registry, timeout, controller, trace } = execution;
    const reportTime = Math.max(limits.requestTimeout, timeout + limits.stopGrace * 2);
    admission = tools.admit({ context, capability, fileName, registry, signal: controller.signal, trace });
    cancel = after(timeout, () => {
      cancel = afterListening(reportTime - timeout, () =>
        reject(new RequestTimeoutError('execute', reportTime, { correlationId: context.correlationId })),
      );
      stop(timedOut(timeout));
    });
    pass.begun();
  });
  if (announces) pendingWork.watch();
  else execution.begin();
  let left: Pick<ExecutionReport, 'leavesWork' | 'left'> | undefined;
  try {
    const executed = client.request('execute', execution.message(announces), { timeout: Infinity });
    const report = reported === undefined ? executed : executed.then(reported);
    const outcome = await Promise.race([report, overdue, execution.abandoned]);
    if (!('outcome' in outcome)) {
      left = outcome;
      sessionWorker.delivered(execution.fileName);
      return execution.settle(outcome);
    }
    // The report comes late, or never.
    report.catch(() => undefined);
    return execution.settleStopped(outcome);
  } catch (error) {
    if (error instanceof RequestTimeoutError) sessionWorker.lost(client, error);
    throw error;
  } finally {
    cancel();
    heartbeat.dispose();
    if (admission !== undefined) pendingWork.ended(execution, admission, left);
    end();
  }
}
