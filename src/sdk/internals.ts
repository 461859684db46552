/**
 * The machinery under the SDK, for tests and for hosts that bring a sandbox of their own. It may change in any release.
 */
export { IllegalTransitionError } from './session/illegal-transition-error.js';
export {
  ExecutorClient,
  type ExecutorClientOptions,
  type RequestMessage,
  type RequestOptions,
} from './workers/executor-client.js';
export {
  StateMachine,
  type StateMachineOptions,
  type Transition,
  type TransitionListener,
  type TransitionRules,
} from './session/state-machine.js';
export { agentTurnRules, executionRules, sessionRules, type AgentTurnState } from './session/state-machine-rules.js';
export { retry, type RetryOptions } from './retry.js';
export { liveResources, type ResourceKind } from '../protocol/resources/live-resources.js';

export type * from '../protocol/messages/checkpoint.js';
export type * from '../protocol/methods.js';
export type * from '../protocol/messages/wire.js';
export type { WorkerPart } from '../protocol/messages/worker-parts.js';
export type { CheckpointGroup, CheckpointGroups } from './checkpoints/checkpoint-groups.js';
export type { OpenSessionStorage, SessionStorage, StoredGroups } from './checkpoints/session-storage.js';
export type { SessionOptions } from './session/session-options.js';
export type { ExecutionTrace, TracedExecution } from './traces/execution-trace.js';
export type { TraceLog } from './traces/trace-log.js';
export type { Entries, Entry } from './tools/registry/registry-snapshot.js';
export type * from './tools/schema/schema-inference.js';
export type * from './workers/kernel-connection.js';
export type * from './workers/worker-pool.js';
