import type { CheckpointMessage } from '../../protocol/checkpoint.js';
import type { OutputMessage, ToolCallMessage } from '../../protocol/wire.js';
import { SessionCrashedError } from '../errors/errors.js';
import type { HostExecution } from './host-execution.js';
import type { HostApi } from '../workers/kernel-connection.js';
import { noticeEntry, outputEntry } from './output-entry.js';
import type { ToolEndpoint } from '../tools/tool-service.js';
import type { OutputEntry } from '../types.js';

export interface WorkerRequestsOptions {
  readonly session: string;
  readonly tools: ToolEndpoint;
  readonly loadModule: HostApi['loadModule'];
  /** One that has not ended. */
  execution(runId: string): HostExecution | undefined;
  onOutput(entry: OutputEntry): void;
  onCheckpoint(message: CheckpointMessage): void;
}

/** What the workers of one session may ask of the host. */
export class WorkerRequests {
  readonly #options: WorkerRequestsOptions;

  constructor(options: WorkerRequestsOptions) {
    this.#options = options;
  }

  /** @param isCurrent whether the worker that asks is still the session's; after Stop no call of an old one arrives */
  from(isCurrent: () => boolean): HostApi {
    const { session, tools, loadModule } = this.#options;
    return {
      callTool: async (message: ToolCallMessage) => {
        this.#sign(message.context.runId);
        if (!isCurrent()) throw new SessionCrashedError(session, 'its worker was ended');
        return await tools.callTool(message);
      },
      cancelToolCall: (message) => tools.cancelToolCall(message),
      output: (message: OutputMessage) => {
        if (!isCurrent()) return;
        for (const wire of message.entries) this.#emit(outputEntry(wire), this.#sign(wire.runId));
      },
      checkpoint: (message) => {
        if (isCurrent()) this.#options.onCheckpoint(message);
      },
      loadModule,
    };
  }

  /** What the session itself has to say. */
  notice(text: string): void {
    this.#emit(noticeEntry(0, text), undefined);
  }

  /** Whatever a worker says of an execution is a sign that it accepted it. */
  #sign(runId: string | undefined): HostExecution | undefined {
    const execution = runId === undefined ? undefined : this.#options.execution(runId);
    execution?.sawSignOfLife();
    return execution;
  }

  #emit(entry: OutputEntry, execution: HostExecution | undefined): void {
    execution?.addOutput(entry);
    this.#options.onOutput(entry);
  }
}
