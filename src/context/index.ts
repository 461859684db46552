export { AsyncContext } from './async-context.js';
export type { VariableOptions } from './variable.js';
export { RuntimeContext, type RuntimeContextInit } from './runtime-context.js';
export { getCurrentContext, requireCurrentContext, runExecution, runWithContext } from './current-context.js';
export type { AmbientExecution, AmbientMapping } from './current.js';
export { ContextKeyError, ContextValueError, NoContextError } from './errors.js';
export { childTraceparent, makeTraceparent, parseTraceparent, type Traceparent } from './traceparent.js';
export { fromWireContext, toWireContext, type FromWireOptions, type WireContext } from './wire-context.js';
