/// <reference lib="esnext.disposable" preserve="true" />
export {
  Codemode,
  type CloseOptions,
  type CodemodeOptions,
  type ScopedCodemode,
  type ScopedExecuteOptions,
} from './codemode.js';
export type { JsxOptions } from '../compiler/jsx/jsx-options.js';
export { Session } from './session/session.js';
export type { HistoryView } from './session/session-history.js';
export type { DetailEventTarget } from './detail-event-target.js';
export { defaultLimits, type Limits } from './limits.js';

export {
  ComponentRegistry,
  type ComponentInput,
  type RegisterOptions,
  type RegistryChange,
} from './tools/registry/component-registry.js';
export { RegistrySnapshot, type ComponentKind, type ComponentKinds } from './tools/registry/registry-snapshot.js';
export type { NamedTool, ToolRecord, ToolSet } from './tools/registry/tool-set.js';
export { defineTool, type PremadeTool } from './tools/define-tool.js';
export { Tool, type ToolLike } from './tools/tool.js';
export type {
  ForeignTool,
  NeedsApprovalOptions,
  RegisteredTool,
  RevertToolCall,
  ToolFacts,
  RegistryView,
  ToolApproval,
  ToolApprovalRequest,
  ToolArguments,
  ToolCallAliases,
  ToolCallOptions,
  ToolDefinition,
  ToolFunction,
  ToolHints,
  ToolInvocation,
  ToolResult,
} from './tools/tool-definition.js';
export {
  createToolService,
  ToolService,
  type Admission,
  type ToolEndpoint,
  type ToolExecution,
  type ToolServiceOptions,
} from './tools/tool-service.js';
export type { ApproveToolCall } from './tools/tool-call.js';
export { describeTool, listTools, metaTools, registerMetaTools } from './tools/meta-tools.js';
export { declareTools } from './tools/tool-types.js';
export {
  createCodeTool,
  type CodeExecutor,
  type CodeTool,
  type CodeToolCall,
  type CodeToolOptions,
} from './tools/code-tool.js';
export type { CodeToolInputSchema } from './tools/code-input-schema.js';
export type { JsonSchema } from './tools/schema/json-schema.js';
export type { SchemaType } from './tools/schema/schema-inference.js';
export type { Schema, SchemaInput, WrappedJsonSchema, WrappedValidation } from './tools/schema/schema.js';

export { Trace } from './traces/trace.js';
export type { ToolCallValues } from './traces/call-values.js';
export type { TraceOptions, TraceSource } from './traces/page-traces.js';
export type { ToolCallFacts, ToolCallSpan, ToolCallTracer } from './traces/tool-call-span.js';
export type { Span, SpanAttribute, SpanEvent, SpanKind, SpanStatus } from './traces/span.js';
export type { ChromeTrace, ChromeTraceEvent } from './traces/chrome-trace.js';
export type { OtlpAttribute, OtlpSpan, OtlpTrace, OtlpValue } from './traces/otlp-trace.js';

export { CheckpointFormatError, CheckpointVersionError } from './checkpoints/checkpoint-errors.js';

export { CancelledError, ExecutionTimeoutError, RequestTimeoutError } from './errors/execution-errors.js';
export {
  ClientClosedError,
  ProtocolViolationError,
  RunnerUnavailableError,
  SessionClosedError,
  SessionCrashedError,
  SessionLimitError,
} from './errors/session-errors.js';
export { NamespaceConflictError, type NamespaceConflict } from './errors/namespace-conflict-error.js';
export { CodemodeError, type CodemodeErrorOptions } from './errors/codemode-error.js';
export { ComponentExistsError, ComponentNotFoundError, InvalidComponentError } from './errors/component-errors.js';
export { IllegalTransitionError } from './session/illegal-transition-error.js';
export {
  ContextRequirementError,
  LateToolCallError,
  ToolDeniedError,
  ToolError,
  ToolInputError,
  ToolOutputError,
  ToolTimeoutError,
  ToolValueError,
  type ToolValueErrorOptions,
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
export { PublicError } from '../protocol/endpoint/call-errors.js';
export type {
  ObjectKind,
  ObjectPreview,
  Preview,
  PrimitivePreview,
  PropertyPreview,
  StackFrame,
} from '../protocol/previews/preview.js';
export type { ComponentEvent } from '../protocol/frame/component-mutations.js';
export type { MimeBundle, Progress, TableResource } from '../protocol/messages/mime-bundle.js';
export type { Checkpoint, NameLoss, RestoreReport } from '../protocol/messages/checkpoint.js';
export type {
  ExecutionMode,
  ExecutionTransaction,
  ImportMap,
  NamespaceEntry,
  OutputLevel,
  OutputMethod,
  OutputPart,
  PendingEntry,
  PendingKind,
  SendableError,
  SourcePosition,
  ToolCallMessage,
  WireContext,
  WireOutput,
} from '../protocol/messages/wire.js';
export type { ToolDescriptor, ToolKind } from './tools/tool-descriptor.js';
export type * from './types.js';
