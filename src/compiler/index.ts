export { compileCell } from './cell.js';
export { CompileError } from './compile-error.js';
export { compileModule } from './module.js';
export { compileDirectEval, compileEval, compileFunction } from './script.js';
export type { CellRuntime, CellSlot, ActivationRuntime, ModuleRuntime, NameRecord } from './runtime-types.js';
export type {
  CompiledCell,
  CompiledCode,
  CompiledModule,
  CompileOptions,
  DeclarationKind,
  FunctionOrigin,
  NamespaceScope,
  Position,
} from './types.js';
