export { normaliseCode, type NormalisedCode, type NormaliseOptions } from '../compiler/normalise/normalise-code.js';
export { fromOpenAPI, type FromOpenAPIOptions, type OperationFacts } from './providers/openapi/from-openapi.js';
export type { RequestHeaders, HttpRequestOptions } from './providers/openapi/call-operation.js';
export type { JsonObject, OpenAPIDocument } from './providers/openapi/openapi-document.js';
export { HttpStatusError, OpenAPIDocumentError } from './providers/openapi/openapi-errors.js';
export type { Credential, Credentials } from './providers/openapi/security.js';
export type { ServerOptions } from './providers/openapi/server-url.js';
export { fromAISDK, type AISDKTool, type FromAISDKOptions } from './providers/from-ai-sdk.js';
export { fromMCP, type FromMCPOptions, type MCPClient, type MCPProgress, type MCPTool } from './providers/from-mcp.js';
