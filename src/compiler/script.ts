import { bindCell, type BoundCell } from './bind-cell.js';
import { CompileError } from './compile-error.js';
import { recordCompletion } from './completion.js';
import { Edits, type EditedText } from './edits.js';
import { functionOrigins } from './function-origins.js';
import { functionSources } from './function-sources.js';
import { GeneratedNames } from './generated-names.js';
import { keepHashbang, keepOpeningComment } from './comments.js';
import { addGuards } from './guard.js';
import { instrument } from './instrument.js';
import { frameFunctionsPattern, frameNames } from './instrument-names.js';
import { parse, parseExpression, type Parsed } from './parse.js';
import type { CompiledCode, CompileOptions, NamespaceScope } from './types.js';

/**
 * Compiles the text of an indirect `eval`: `code` is an expression whose value is `(runtime: CellRuntime) => void`, which
 * leaves the completion value in the runtime. `var`s and functions are names of the namespace, the rest is local.
 * @throws CompileError
 */
export function compileEval(source: string, scope: NamespaceScope, options: CompileOptions): CompiledCode {
  const parsed = parse(source, { language: 'js', sourceType: 'script', allowAwait: false });
  return compileSloppy(source, parsed, scope, options, (bound, body) => `${bound.declare}${bound.hoist}${body}\n`);
}

/**
 * Compiles the text of a function that `Function` and its like make: `code` is an expression whose value is
 * `(runtime: CellRuntime) => void`, which leaves the function in the runtime.
 * @param source `(function anonymous(a,b\n) {\nreturn a + b\n})`, as ECMA-262, CreateDynamicFunction puts it together
 * @throws CompileError
 */
export function compileFunction(source: string, scope: NamespaceScope, options: CompileOptions): CompiledCode {
  const parsed = parseExpression(source, 'js', 'script');
  if (parsed === undefined) throw new CompileError('Parameters and body do not make one function.', { line: 1, column: 1 });
  return compileSloppy(source, parsed, scope, options, (bound, body) => `${bound.declare}${body}\n`);
}

function compileSloppy(
  source: string,
  { program, tokens }: Parsed,
  scope: NamespaceScope,
  options: CompileOptions,
  assemble: (bound: BoundCell, body: string) => string,
): CompiledCode {
  const edits = new Edits(source);
  const names = new GeneratedNames(tokens);
  const runtime = names.of('k');
  const bound = bindCell(program, edits, scope, names, runtime, { localLexicals: true });
  recordCompletion(program, edits, `${runtime}.value`, (serial) => names.of(`v_${serial}`));
  const frame = frameNames((suffix) => names.of(suffix));
  instrument(program, tokens, edits, { names: frame, topLevel: 'script', strict: false });
  const guarded = options.guards === true ? addGuards(program, edits, names, runtime) : '';
  keepHashbang(edits);
  keepOpeningComment(edits);
  const body: EditedText = edits.apply();
  const header = `((${runtime})=>{${guarded}const ${frameFunctionsPattern(frame)}=${runtime}.frames;`;
  const inner = assemble(bound, body.text);
  const shift = header.length + inner.length - body.text.length - 1;
  return {
    code: `${header}${inner}})\n//# sourceURL=${options.fileName}`,
    originalPosition: ({ line, column }) =>
      line === 1 && column <= shift ? undefined : body.originalPosition({ line, column: line === 1 ? column - shift : column }),
    functionSources: () => functionSources(program, body),
    functionOrigins: () => functionOrigins(program, body, 'script'),
  };
}
