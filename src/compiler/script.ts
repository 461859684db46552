import { bindCell } from './bind/bind-cell.js';
import type { BindTarget } from './bind/bind-target.js';
import { keepHashbang, keepOpeningComment } from './parse/comments.js';
import { CompileError, refuseTooDeep } from './compile-error.js';
import { withNativeEval } from './bind/direct-evals.js';
import { Edits, Rank } from './output/edits.js';
import { functionOrigins } from './output/function-origins.js';
import { functionSources } from './output/function-sources.js';
import { GeneratedNames } from './output/generated-names.js';
import { hasUseStrict } from './instrument/instrument-facts.js';
import { addGuards } from './guard/guard.js';
import { instrument } from './instrument/instrument.js';
import { activationFunctionsPattern, nameActivations } from './instrument/instrument-names.js';
import { parse, parseExpression, type Parsed } from './parse/parse.js';
import { isDirectEval } from './parse/references.js';
import type { DirectEvalSite, DirectEvalUnit } from './runtime-types.js';
import { bodyList, bodyNode, anyChild, isFunction, type SyntaxNode } from './parse/syntax.js';
import type { CompiledCode, CompileOptions, NamespaceScope } from './types.js';

/**
 * Compiles the text of an indirect `eval`: `code` is an expression whose value is `(runtime: CellRuntime) => void`, which
 * leaves the completion value in the runtime. `var`s and functions are names of the namespace, other declarations are local;
 * in strict code all declarations are local.
 * @throws CompileError
 */
export function compileEval(source: string, scope: NamespaceScope, options: CompileOptions): CompiledCode {
  return refuseTooDeep(() => evalOf(source, scope, options));
}

function evalOf(source: string, scope: NamespaceScope, options: CompileOptions): CompiledCode {
  const parsed = parse(source, { language: 'js', sourceType: 'script', allowAwait: false });
  const strict = hasUseStrict(parsed.program);
  const dynamic = !strict && holdsDynamicNames(parsed.program, false);
  return standing(source, parsed, scope, options, { kind: 'eval', strict, dynamic });
}

/**
 * Compiles the text of a function made by a constructor such as `Function`: `code` is an expression whose value is
 * `(runtime: CellRuntime) => void`, which leaves the function in the runtime.
 * @param source `(function anonymous(a,b\n) {\nreturn a + b\n})`, as ECMA-262, CreateDynamicFunction puts it together
 * @throws CompileError
 */
export function compileFunction(source: string, scope: NamespaceScope, options: CompileOptions): CompiledCode {
  return refuseTooDeep(() => functionOf(source, scope, options));
}

function functionOf(source: string, scope: NamespaceScope, options: CompileOptions): CompiledCode {
  const parsed = parseExpression(source, 'js', 'script');
  if (parsed === undefined)
    throw new CompileError('The parameters and the body do not form one function. Check their brackets.', {
      line: 1,
      column: 1,
    });
  const dynamic = holdsDynamicNames(parsed.program, false);
  return standing(source, parsed, scope, options, { kind: 'function', dynamic });
}

/**
 * Compiles the text of a direct `eval`. The engine's own `eval` evaluates `code` at the place of the call, with the
 * variables there in scope.
 * @throws CompileError
 */
export function compileDirectEval(source: string, scope: NamespaceScope, options: DirectEvalOptions): CompiledCode {
  return refuseTooDeep(() => directEvalOf(source, scope, options));
}

export interface DirectEvalOptions extends CompileOptions {
  readonly unit: DirectEvalUnit;
  readonly site: DirectEvalSite;
}

function directEvalOf(
  source: string,
  scope: NamespaceScope,
  { unit, site, ...compiling }: DirectEvalOptions,
): CompiledCode {
  const parsed = parse(source, {
    language: 'js',
    sourceType: 'script',
    allowAwait: false,
    insideFunction: true,
    strict: site.strict,
  });
  const strict = site.strict || hasUseStrict(parsed.program);
  // At the top level of a cell, as in a console, declarations of the text are ordinary names.
  const isOwnTop = site.atTop && unit.hasNamespace && (unit.dynamic ? !strict : unit.lenient);
  const { text, ...code } = textOf(source, parsed, unit.hasNamespace ? scope : globalsOnly, unit.runtime, compiling, {
    kind: 'direct-eval',
    strict,
    dynamic: unit.dynamic,
    lenient: unit.lenient,
    declaresSlots: isOwnTop,
    locals: site.locals,
    places: unit.places,
    inWith: site.inWith,
  });
  return { ...code, code: text };
}

/** A module sees only its own names and the globals of the realm. */
const globalsOnly: NamespaceScope = { kind: () => undefined, isGlobal: () => true };

/** Whether code may bring in names that are not known before it runs: sloppy code with `with`, or a direct `eval`. */
function holdsDynamicNames(node: SyntaxNode, strict: boolean): boolean {
  const isStrict = strict || node.type.startsWith('Class') || (isFunction(node) && hasUseStrict(bodyNode(node)));
  if (isStrict) return false;
  if (node.type === 'WithStatement' || (node.type === 'CallExpression' && isDirectEval(node))) return true;
  return anyChild(node, (child) => holdsDynamicNames(child, isStrict));
}

/** A program that is not a cell. */
type ScriptTarget = Exclude<BindTarget, { readonly kind: 'cell' }>;

/** Text that the engine's `eval` evaluates in a function, so that the engine computes its completion value. */
function standing(
  source: string,
  parsed: Parsed,
  scope: NamespaceScope,
  compiling: CompileOptions,
  target: ScriptTarget,
): CompiledCode {
  const runtime = new GeneratedNames(source).of('k');
  const { text, ...code } = textOf(source, parsed, scope, runtime, compiling, target);
  const { open, close } = withNativeEval(runtime);
  const evaluation = `${runtime}.value=eval(${JSON.stringify(text)})`;
  const body = target.dynamic ? `with(${runtime}.evaluation.scopeObject){${evaluation}}` : evaluation;
  return { ...code, code: `((${runtime})=>{(${open}{${body}})${close}})` };
}

function textOf(
  source: string,
  { program, tokens }: Parsed,
  scope: NamespaceScope,
  runtime: string,
  { fileName, guards = false }: CompileOptions,
  target: ScriptTarget,
): Omit<CompiledCode, 'code'> & { readonly text: string } {
  const edits = new Edits(source);
  const names = new GeneratedNames(source);
  const bound = bindCell(program, edits, scope, names, runtime, target);
  const activationNames = nameActivations(names);
  instrument(program, tokens, edits, {
    names: activationNames,
    topLevel: 'script',
    strict: target.kind !== 'function' && target.strict,
  });
  const guarded = guards ? addGuards(program, edits, names, runtime, true) : '';
  keepHashbang(edits);
  keepOpeningComment(edits);
  const hoisted = target.dynamic ? `${runtime}.evaluation.hoist(()=>{${bound.hoist}})` : `(()=>{${bound.hoist}})()`;
  const header =
    `${guarded}const ${activationFunctionsPattern(activationNames)}=${runtime}.activations${target.dynamic ? `,${names.of('0')}=0` : ''};` +
    `${bound.declare}${bound.hoist === '' ? '' : `const ${names.of('h')}=${hoisted};`}`;
  const directives = bodyList(program).filter((statement) => statement.directive !== undefined);
  edits.insert(directives.at(-1)?.end ?? 0, `${directives.length > 0 ? ';' : ''}${header}`, Rank.bind);
  const body = edits.apply();
  return {
    text: `${body.text}\n//# sourceURL=${fileName}`,
    originalPosition: (position) => body.originalPosition(position),
    functionSources: () => functionSources(program, body, 'script'),
    functionOrigins: () => functionOrigins(program, body, 'script'),
  };
}
