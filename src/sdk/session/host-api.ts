import type { HostApi } from '../../protocol/methods.js';
import type { ToolService } from '../tools/tool-service.js';
import type { OutputEntry } from '../types.js';
import type { HostExecution } from './host-execution.js';
import { outputEntry } from './output-entry.js';
import type { SessionWorker } from './worker/session-worker.js';

export interface HostApiOptions {
  /** Executions that have not ended, by run id. */
  readonly live: ReadonlyMap<string, HostExecution>;
  readonly tools: ToolService;
  readonly worker: () => SessionWorker;
  readonly onOutput: (entry: OutputEntry) => void;
  readonly loadModule: HostApi['loadModule'];
  readonly loadPart: HostApi['loadPart'];
  readonly onMutations: HostApi['mutate'];
}

/** Methods that the workers of a session may call. */
export function hostApi({ live, tools, worker, onOutput, loadModule, loadPart, onMutations }: HostApiOptions): HostApi {
  return {
    callTool: (message) => {
      live.get(message.context.runId)?.accepted();
      return tools.callTool(message);
    },
    cancelToolCall: ({ callId }) => tools.cancel(callId),
    running: ({ runId }) => {
      const { current } = worker();
      const execution = live.get(runId);
      if (current === undefined) return;
      current.client.heard++;
      if (execution?.hasBegun === false) execution.accepted();
      else current.pendingWork.keepsLoop(runId);
    },
    output: ({ entries }) => {
      for (const wire of entries) {
        const entry = outputEntry(wire);
        const execution = wire.runId === undefined ? undefined : live.get(wire.runId);
        execution?.accepted();
        execution?.addOutput(entry);
        onOutput(entry);
      }
    },
    checkpoint: (message) => {
      live.get(message.runId ?? '')?.trace?.checkpointed();
      worker().applyCheckpoint(message);
    },
    loadModule,
    loadPart,
    mutate: onMutations,
  };
}
