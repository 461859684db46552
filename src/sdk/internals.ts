/**
 * The machinery under the SDK, for tests and for hosts that bring a sandbox of their own. It may change in any release.
 */
export { IllegalTransitionError } from './errors/errors.js';
export { ExecutorClient, type ExecutorClientOptions, type RequestMessage } from './workers/executor-client.js';
export type { LeaseRequest, WorkerHolder, WorkerLease } from './workers/worker-pool.js';
export type { HostApi } from '../protocol/methods.js';
export type { ConnectKernel, KernelConnection } from './workers/kernel-connection.js';
export {
  StateMachine,
  type Transition,
  type TransitionListener,
  type TransitionRules,
} from './session/state-machine.js';
export { agentTurnRules, executionRules, sessionRules, type AgentTurnState } from './session/state-machine-rules.js';
export { retry, type RetryOptions } from './retry.js';
export { liveResources } from '../protocol/resources.js';
