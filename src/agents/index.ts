export { normaliseCode, type NormalisedCode, type NormaliseOptions } from '../compiler/normalise/normalise-code.js';
export { fromOpenAPI, type FromOpenAPIOptions, type OperationFacts } from './providers/openapi/from-openapi.js';
export type { RequestHeaders, HttpRequestOptions } from './providers/openapi/call-operation.js';
export type { JsonObject, OpenAPIDocument } from './providers/openapi/openapi-document.js';
export { HttpStatusError, OpenAPIDocumentError } from './providers/openapi/openapi-errors.js';
export type { Credential, Credentials } from './providers/openapi/security.js';
export type { ServerOptions } from './providers/openapi/server-url.js';
export { fromAISDK, type AISDKTool, type FromAISDKOptions } from './providers/from-ai-sdk.js';
export { fromMCP, type FromMCPOptions, type MCPClient, type MCPProgress, type MCPTool } from './providers/from-mcp.js';
export {
  createAgentRuntime,
  type AgentExecution,
  type AgentRuntime,
  type AgentRuntimeOptions,
  type ExecutionSummary,
} from './runtime/agent-runtime.js';
export type {
  AgentCall,
  AgentCallState,
  AgentError,
  AgentOutcome,
  CompletedOutcome,
  FailedOutcome,
  PausedOutcome,
  PendingCall,
} from './runtime/agent-outcome.js';
export {
  DivergenceError,
  ExecutionElsewhereError,
  ExecutionNotFoundError,
  SnippetNotFoundError,
  StoppedError,
} from './runtime/agent-errors.js';
export type { AgentStore, StoredExecution, StoredSnippet } from './runtime/agent-store.js';
export type { CallAnswer, CallLog, LoggedCall } from './runtime/call-log.js';
export type { Rollback } from './runtime/roll-back.js';
export { cutValue, type CutOptions } from './runtime/cut-value.js';
export { describeTools, type DescribeToolsOptions, type FoundTool } from './discovery/discovery-tools.js';
