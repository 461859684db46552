export { compileCell } from './cell.js';
export { CompileError } from './compile-error.js';
export { compileModule } from './module.js';
export { compileDirectEval, compileEval, compileFunction } from './script.js';
export type { CellRuntime, ModuleRuntime } from './runtime-types.js';
export type { CompiledCode, NamespaceScope } from './types.js';
