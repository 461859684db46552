export {
  definePipeline,
  loadPipeline,
  Pipeline,
  type LoadOptions,
  type PipelineOptions,
  type StartArguments,
} from './pipeline.js';
export {
  conditional,
  loop,
  map,
  parallel,
  stub,
  task,
  type Branches,
  type ConditionalOptions,
  type LoopOptions,
  type MapGifts,
  type MapOptions,
  type ParallelOptions,
} from './definition/steps.js';
export type {
  AnyStep,
  Backoff,
  CellTaskOptions,
  ConditionalStep,
  FunctionTaskOptions,
  Keeping,
  LoopStep,
  MapStep,
  ParallelStep,
  Reduce,
  Step,
  StepKind,
  StepOptions,
  StubStep,
  TaskOptions,
  TaskStep,
} from './definition/step.js';
export type {
  AllOf,
  BranchGifts,
  BranchNeeds,
  Checked,
  Flow,
  FlowOf,
  Given,
  InputOf,
  Known,
  Merged,
  Mismatch,
  OutputOf,
  ParameterMismatch,
} from './definition/parameter-types.js';
export type { Parameters } from './definition/parameters.js';
export type { PipelineParts } from './definition/pipeline-parts.js';
export type { FunctionRegistry, PipelineJson, StepJson } from './definition/json.js';
export type { GraphEdge, GraphNode, PipelineGraph } from './definition/graph.js';
export type { NodeState, PipelineStates } from './definition/graph-states.js';

export {
  getRunContext,
  requireRunContext,
  type ExecutableTask,
  type Executor,
  type RunContext,
  type RunFailure,
  type RunMetadata,
  type TaskExecution,
} from './context/run-context.js';
export {
  Run,
  type NoteEventDetail,
  type RunInit,
  type ProgressEventDetail,
  type RunEventDetails,
  type RunOutcome,
  type StepEventDetail,
} from './run/run.js';
export type { PipelineRunOptions, StartOptions } from './run/run-options.js';

export { Secrets, type SecretSource, type SecretStore } from './secrets/secrets.js';
export { jsonSerializer, type Serializer } from './serializers/serializer.js';
export { structuredSerializer } from './serializers/structured.js';

export type {
  Catalog,
  CatalogEntry,
  CatalogItem,
  CatalogStorage,
  DataForm,
  RunCatalog,
  StoredEntry,
} from './catalog/catalog.js';
export { StoredCatalog } from './catalog/stored-catalog.js';
export { MemoryCatalog } from './catalog/memory-catalog.js';
export { IndexedDBCatalog } from './catalog/indexeddb-catalog.js';
export { FileCatalog } from './catalog/file-catalog.js';

export type { RunLogStore } from './run-log/run-log-store.js';
export { MemoryRunLogStore } from './run-log/memory-run-log-store.js';
export { IndexedDBRunLogStore } from './run-log/indexeddb-run-log-store.js';
export { FileRunLogStore } from './run-log/file-run-log-store.js';
export type {
  AttemptEvent,
  EventHead,
  KeptValue,
  KeptValues,
  LoggedError,
  NoteEvent,
  RunEvent,
  RunLogEvent,
  RunStatus,
  StepEvent,
} from './run-log/run-log-event.js';
export type { AttemptLog, NoteLog, RunLog, StepLog } from './run-log/run-log.js';

export { realmExecutor } from './executors/realm-executor.js';
export {
  executeJob,
  jobResult,
  taskJob,
  type JobOptions,
  type JobPipeline,
  type TaskJob,
} from './executors/task-job.js';
export { sessionExecutor } from './executors/session-executor.js';

export {
  PipelineDefinitionError,
  type DefinitionProblem,
  type DefinitionProblemCode,
} from './errors/definition-errors.js';
export {
  BranchNotFoundError,
  CellError,
  LoopLimitError,
  MergeConflictError,
  NoRunContextError,
  ParameterError,
  SecretNotFoundError,
  StepTimeoutError,
} from './errors/run-errors.js';
export {
  CatalogIntegrityError,
  CatalogNotFoundError,
  RunActiveError,
  RunExistsError,
  RunLogFormatError,
  RunNotFoundError,
} from './errors/storage-errors.js';
