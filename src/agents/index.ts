export { fromOpenAPI, type FromOpenAPIOptions, type OperationFacts } from './providers/openapi/from-openapi.js';
export type { RequestHeaders, HttpRequestOptions } from './providers/openapi/call-operation.js';
export type { JsonObject, OpenAPIDocument } from './providers/openapi/openapi-document.js';
export { HttpStatusError, OpenAPIDocumentError } from './providers/openapi/openapi-errors.js';
export type { Credential, Credentials } from './providers/openapi/security.js';
export type { ServerOptions } from './providers/openapi/server-url.js';
export { fromAISDK, type AISDKTool, type FromAISDKOptions } from './providers/from-ai-sdk.js';
export {
  fromMCP,
  type FromMCPOptions,
  type MCPClient,
  type MCPPage,
  type MCPProgress,
  type MCPTool,
} from './providers/from-mcp.js';
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
export type { AdapterOptions } from './adapters/adapter-options.js';
export type { CodeInput } from './adapters/code-input.js';
export { exposeToMCP, type MCPServer } from './adapters/expose-to-mcp.js';
export { exposeToWebMCP, type WebMCPOptions } from './adapters/expose-to-webmcp.js';
export {
  modelContent,
  modelResult,
  type ModelContent,
  type ModelImage,
  type ModelResult,
} from './adapters/model-result.js';
export { toAISDK, type AISDKCallOptions, type AISDKCodeTool, type AISDKModelOutput } from './adapters/to-ai-sdk.js';
export {
  toLangChain,
  type LangChainCall,
  type LangChainCodeTool,
  type LangChainConfig,
} from './adapters/to-langchain.js';
export { toTanStackAI, type TanStackCodeTool } from './adapters/to-tanstack-ai.js';
export { AgentTurn, TurnCleanupError } from './turn/agent-turn.js';
export type {
  AssistantPart,
  LanguageModel,
  LanguageModelCall,
  ModelMessage,
  ModelPart,
  ModelStreamPart,
  ToolResultPart,
} from './turn/language-model.js';
export { runAgent, type AgentRunResult, type RunAgentOptions } from './turn/run-agent.js';
