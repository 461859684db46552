/// <reference lib="esnext.disposable" preserve="true" />
export {
  Codemode,
  type CloseOptions,
  type CodemodeOptions,
  type ScopedCodemode,
  type ScopedExecuteOptions,
} from './codemode.js';
export { Session } from './session/session.js';
export type { ConnectKernel, HostApi, KernelConnection } from './workers/kernel-connection.js';
export { defaultLimits, type Limits } from './limits.js';

export {
  ComponentRegistry,
  RegistrySnapshot,
  type ComponentKind,
  type ComponentKinds,
  type RegisterOptions,
  type RegistryChange,
} from './tools/registry.js';
export { defineTool, type ToolDefinition } from './tools/define-tool.js';
export {
  Tool,
  type ToolApprovalRequest,
  type ToolFunction,
  type ToolInvocation,
  type ToolLike,
  type ToolObject,
} from './tools/tool.js';
export { createToolService, ToolService, type ToolEndpoint, type ToolServiceOptions } from './tools/tool-service.js';
export { describeTool, listTools, metaTools, registerMetaTools } from './tools/meta-tools.js';
export { declareTools } from './tools/tool-types.js';
export { createCodeTool } from './tools/code-tool.js';
export type { JsonSchema, Schema } from './tools/schema/schema.js';

export { CheckpointFormatError, CheckpointVersionError } from './checkpoints/checkpoint-errors.js';

export {
  CancelledError,
  ClientClosedError,
  CodemodeError,
  ComponentExistsError,
  ComponentNotFoundError,
  ExecutionTimeoutError,
  IllegalTransitionError,
  InvalidComponentError,
  ProtocolViolationError,
  RequestTimeoutError,
  RunnerUnavailableError,
  SessionClosedError,
  SessionCrashedError,
  SessionLimitError,
} from './errors/errors.js';
export {
  ContextRequirementError,
  ToolDeniedError,
  ToolError,
  ToolInputError,
  ToolOutputError,
  ToolTimeoutError,
  type ValueIssue,
} from './tools/tool-errors.js';

export {
  ContextKeyError,
  ContextValueError,
  getCurrentContext,
  NoContextError,
  RuntimeContext,
  runWithContext,
  type RuntimeContextInit,
} from '../context/index.js';
export { ValuePreview } from '../protocol/previews/value-preview.js';
export type {
  ObjectPreview,
  Preview,
  PrimitivePreview,
  PropertyPreview,
  StackFrame,
} from '../protocol/previews/preview.js';
export type {
  Checkpoint,
  ExecutionMode,
  ExecutionTransaction,
  ImportMap,
  NamespaceEntry,
  OutputLevel,
  OutputMethod,
  OutputPart,
  RestoreReport,
  SendableError,
  SourcePosition,
  ToolDescriptor,
  ToolKind,
} from '../protocol/wire.js';
export type * from './types.js';
