import { bindCell, type BoundCell } from './bind/bind-cell.js';
import { refuseTooDeep } from './compile-error.js';
import { recordCompletion } from './bind/completion.js';
import { withNativeEval } from './bind/direct-evals.js';
import { type EditedText, Edits } from './output/edits.js';
import { eraseTypes } from './erase/erase.js';
import { functionOrigins } from './output/function-origins.js';
import { functionSources } from './output/function-sources.js';
import { defineOnly } from './output/define-only.js';
import { GeneratedNames } from './output/generated-names.js';
import { afterComments, keepHashbang, separateComparisons } from './parse/comments.js';
import { addGuards } from './guard/guard.js';
import { instrument } from './instrument/instrument.js';
import {
  nameActivations,
  mentionedActivationFunctions,
  topLevelActivation,
  type ActivationNames,
} from './instrument/instrument-names.js';
import { lowerElements } from './jsx/jsx.js';
import { parse, parseExpression, type Parsed } from './parse/parse.js';
import type { SyntaxNode } from './parse/syntax.js';
import type { CompiledCell, CompileOptions, NamespaceScope } from './types.js';

/**
 * Compiles a cell: types erased, top-level names bound to the namespace, suspensions instrumented. An input that reads as
 * an object literal is one.
 * @throws CompileError at the reader's line and column
 */
export function compileCell(source: string, scope: NamespaceScope, options: CompileOptions): CompiledCell {
  return refuseTooDeep(() => cellOf(source, scope, options));
}

function cellOf(source: string, scope: NamespaceScope, options: CompileOptions): CompiledCell {
  const parsed = parseCell(source, options);
  const { program, tokens } = parsed;
  const language = parsed.comments === undefined ? (options.language ?? 'ts') : 'ts';
  const edits = new Edits(source);
  const names = new GeneratedNames(source);
  const elements = lowerElements(source, parsed, options.jsx, (index) => `${names.of('m')}[${index}].bindings`);
  const runtime = names.of('k');
  if (options.defines === true) defineOnly(program, edits);

  const erasure =
    language === 'js'
      ? undefined
      : eraseTypes(program, tokens, edits, {
          runtime,
          assignsClasses: true,
          keepImports: true,
          declareObject: (node, merged) => {
            const slot = names.of(`s_${node.id.name}`);
            return { statement: merged ? '' : `;${slot}.init={};`, object: `${slot}.value` };
          },
        });
  const bound = bindCell(program, edits, scope, names, runtime, { kind: 'cell', erasure, tokens });
  recordCompletion(program, edits, `${runtime}.value`, (serial) => names.of(`v_${serial}`));
  const activationNames = nameActivations(names);
  keepHashbang(edits);
  separateComparisons(tokens, edits);
  const instrumented = instrument(program, tokens, edits, {
    names: activationNames,
    topLevel: 'async',
    strict: true,
    topLevelVariables: 'assigned',
    ...(options.waits === true ? { topLevelWaits: `${runtime}.waits` } : {}),
  });
  const guarded = options.guards === true ? addGuards(program, edits, names, runtime) : '';
  const suspends = instrumented.suspends || bound.links.requests.length > 0;
  const { open, close } = topLevelActivation(activationNames, { ...instrumented, suspends });
  elements?.write(edits);

  const body = edits.apply();
  const opening = `${bound.declare}${open}${importText(bound, activationNames, runtime, names.of('m'))}${bound.hoist}`;
  const evaluating = bound.evaluates ? withNativeEval(runtime) : undefined;
  const footer = `\n${close}}${evaluating === undefined ? '' : `)())${evaluating.close}`})\n//# sourceURL=${options.fileName}`;
  const functions = mentionedActivationFunctions(
    activationNames,
    opening + body.text + footer,
    `${runtime}.activations`,
  );
  const start = evaluating === undefined ? `(async(${runtime})=>{` : `((${runtime})=>(${evaluating.open}(async()=>{`;
  const header = `${start}"use strict";${guarded}${functions}${opening}`;
  return {
    code: header + body.text + footer,
    declarations: bound.declarations,
    links: bound.links,
    suspends,
    originalPosition: positionsAfter(header.length, body),
    ...(mayHoldFunctions(source) ? functionsOf(program, body, elements?.pragmas) : noFunctions),
  };
}

/** Each cell of a session is retained for its positions: nothing else of the cell is reachable from here. */
function positionsAfter(headerLength: number, body: EditedText): CompiledCell['originalPosition'] {
  return ({ line, column }) =>
    line === 1 && column <= headerLength
      ? undefined
      : body.originalPosition({ line, column: line === 1 ? column - headerLength : column });
}

/** A cell without a brace or an arrow has no function, method or class, so the program need not be retained. */
const mayHoldFunctions = (source: string): boolean => source.includes('{') || source.includes('=>');

function functionsOf(
  program: SyntaxNode,
  body: EditedText,
  pragmas: string | undefined,
): Pick<CompiledCell, 'functionSources' | 'functionOrigins'> {
  return {
    functionSources: () => functionSources(program, body),
    functionOrigins: () => functionOrigins(program, body, 'cell', pragmas),
  };
}

const none = new Map<string, never>();
const noFunctions = { functionSources: () => none, functionOrigins: () => none };

function parseCell(source: string, { language = 'ts', elements = 'fallback' }: CompileOptions): Parsed {
  if (source[afterComments(source, 0)] === '{') {
    const expression =
      parseExpression(source, language, 'module', elements === true) ??
      (source.includes('<') ? parseExpression(source, language, 'module', true) : undefined);
    if (expression !== undefined) return expression;
  }
  return parse(source, { language, jsx: elements, sourceType: 'module', allowAwait: true, repeatsFunctions: true });
}

function importText(
  bound: BoundCell,
  { resume, suspend, topActivation }: ActivationNames,
  runtime: string,
  variable: string,
): string {
  if (bound.links.requests.length === 0) return '';
  return `const ${variable}=${resume}(${topActivation},await ${suspend}(${topActivation},${runtime}.imports()));${bound.linkText(variable)}`;
}
