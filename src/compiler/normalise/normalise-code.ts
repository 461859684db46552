import { visitReferences } from '../parse/references.js';
import { loopTypes, unwrapped, isTypeOnly, type SyntaxNode } from '../parse/syntax.js';
import { callArguments } from './call-arguments.js';
import { extractCode } from './extract-code.js';
import { readCode, returnsFromTop, type CodeReading } from './read-code.js';
import { callable, declarationOf, topLevelFunctions, type NamedFunction } from './top-level-names.js';

/** Code that can run as a cell. */
export interface NormalisedCode {
  /** Empty where the text holds no code. Lines keep their numbers. */
  readonly code: string;
  /** A sentence for each change, for the model and for people. */
  readonly notes: readonly string[];
}

/** Options of `normaliseCode`. */
export interface NormaliseOptions {
  /** Whether the code has a name `input`, which a function's parameter of that name gets. @default false */
  readonly hasInput?: boolean;
}

const needsArguments = 'A function was not called: nobody knows its arguments.';

/** What a program is about to become. */
interface Draft {
  readonly code: string;
  readonly notes: string[];
  readonly reading: CodeReading;
  readonly hasInput: boolean;
}

/**
 * Makes a cell out of code as language models write it: in fences, with prose around it, as a lone function, as a module with a
 * default export, as the body of a function with `return`, with a promise as its last expression. The compiler's parser decides,
 * so code that merely looks so stays as it is. Code that does not parse stays too: the compiler tells what is wrong with it.
 *
 * @example
 * normaliseCode('```ts\nasync () => tools.weather({ city: "Oslo" })\n```').code;
 * // '\nawait (async () => tools.weather({ city: "Oslo" }))()'
 */
export function normaliseCode(text: string, { hasInput = false }: NormaliseOptions = {}): NormalisedCode {
  const notes: string[] = [];
  return normaliseProgram(extractCode(text, notes), notes, hasInput);
}

function normaliseProgram(code: string, notes: string[], hasInput: boolean): NormalisedCode {
  if (code.trim() === '') return { code: '', notes: [...notes, 'The text holds no code.'] };
  const reading = readCode(code);
  if (reading === undefined) return { code, notes };
  const draft: Draft = { code, notes, reading, hasInput };
  const { statements } = reading;
  const prose = statements.find(isProseLabel);
  if (prose !== undefined) return withoutLabel(draft, prose);
  if (statements.some(returnsFromTop)) return asFunctionBody(draft);
  const exported = statements.find(({ type }) => type === 'ExportDefaultDeclaration');
  if (exported !== undefined) return withoutExport(draft, exported);
  const last = statements.at(-1);
  if (last === undefined) return { code, notes };
  if (statements.length === 1 && isObject(last, code)) {
    return changed(draft, `(${code.trimEnd()})`, 'The code was put into parentheses, so that it is an object.');
  }
  return last.type === 'ExpressionStatement' ? withValue(draft, last, last.expression) : withCall(draft);
}

function changed({ notes }: Draft, code: string, note: string): NormalisedCode {
  return { code, notes: [...notes, note] };
}

/** `Sure: code`, where the label is prose. */
function isProseLabel(statement: SyntaxNode): boolean {
  if (statement.type !== 'LabeledStatement') return false;
  const { type } = statement.body as SyntaxNode;
  return !loopTypes.has(type) && type !== 'BlockStatement' && type !== 'LabeledStatement';
}

function withoutLabel({ code, notes, hasInput }: Draft, statement: SyntaxNode): NormalisedCode {
  notes.push('A label was left out: it was prose.');
  const { start } = statement.body as SyntaxNode;
  const lines = code.slice(statement.start, start).replace(/[^\n]/g, '');
  return normaliseProgram(code.slice(0, statement.start) + lines + code.slice(start), notes, hasInput);
}

/** The statements after the imports, as the body of a function. */
function asFunctionBody(draft: Draft): NormalisedCode {
  const { code, reading } = draft;
  const { statements } = reading;
  const isHead = (statement: SyntaxNode): boolean => statement.type === 'ImportDeclaration' || isTypeOnly(statement);
  const imports = statements.findLastIndex((statement) => statement.type === 'ImportDeclaration');
  if (!statements.slice(0, imports + 1).every(isHead)) return { code, notes: draft.notes };
  const bodyStart = imports < 0 ? 0 : statements[imports]!.end;
  const body = code.slice(bodyStart).replace(/^(\s*)export\s+default\s+/, '$1return ');
  const head = code.slice(0, bodyStart);
  const separator = head === '' ? '' : ';';
  return changed(
    draft,
    `${head}${separator}await (async () => {${body}\n})()`,
    'The code was the body of a function with `return`: its names end with it.',
  );
}

/** Whether a block is an object whose braces begin the statement. */
function isObject(statement: SyntaxNode, code: string): boolean {
  if (statement.type !== 'BlockStatement') return false;
  const isLabels = statement.body.every(({ type }) => type === 'LabeledStatement');
  return isLabels && readCode(`(${code.trim()})`) !== undefined;
}

/** A default export, as the value. */
function withoutExport(draft: Draft, exported: SyntaxNode): NormalisedCode {
  const { code, reading } = draft;
  const declaration = exported.declaration!;
  const before = code.slice(0, exported.start);
  const text = code.slice(declaration.start, declaration.end);
  const after = code.slice(exported.end);
  draft.notes.push('The default export became the value.');
  const name = declaration.type === 'Identifier' ? declaration.name : declaration.id?.name;
  const isDeclaration = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
  const named = isDeclaration && name !== undefined;
  const rest = named ? `${before}${text}${after}` : `${before}${after}`;
  const value = named ? name : declaration.type === 'Identifier' ? name! : `(${text})`;
  const fn = callable(declaration) ?? topLevelFunctions(reading.statements).find((one) => one.name === name)?.fn;
  if (fn === undefined) {
    return { code: `${rest}\n${isDeclaration ? value : `await ${value}`}`, notes: draft.notes };
  }
  const args = callArguments(fn, draft.hasInput);
  if (args === undefined) return changed(draft, `${rest}\n${value}`, needsArguments);
  return changed(draft, `${rest}\nawait ${value}(${args})`, 'The exported function was called.');
}

/** A trailing expression: a function is called, and a promise awaited. */
function withValue(draft: Draft, statement: SyntaxNode, expression: SyntaxNode): NormalisedCode {
  const { code } = draft;
  const before = code.slice(0, statement.start);
  const text = code.slice(expression.start, expression.end);
  const after = code.slice(expression.end);
  const fn = callable(expression);
  if (fn !== undefined) {
    const args = callArguments(fn, draft.hasInput);
    if (args === undefined) return { code, notes: [...draft.notes, needsArguments] };
    return changed(draft, `${before}await (${text})(${args})${after}`, 'The function was called.');
  }
  if (statement.directive !== undefined || !mayBePromise(unwrapped(expression))) return { code, notes: draft.notes };
  return { code: `${before}await (${text})${after}`, notes: draft.notes };
}

const plainValues: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'AwaitExpression',
  'BinaryExpression',
  'ClassExpression',
  'JSXElement',
  'JSXFragment',
  'Literal',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
  'UpdateExpression',
]);

function mayBePromise({ type }: SyntaxNode): boolean {
  return !plainValues.has(type);
}

const mainNames: ReadonlySet<string> = new Set(['main', 'run', 'default', 'handler', 'execute', 'solution']);

/** A function that nobody calls: the last statement, or in a program that only declares. */
function withCall(draft: Draft): NormalisedCode {
  const { code, notes, reading } = draft;
  const { statements } = reading;
  const functions = topLevelFunctions(statements);
  const unused = functions.filter((one) => !isReferenced(reading, one));
  const only = statements.every(onlyDeclares);
  const chosen = only
    ? (unused.find(({ name }) => mainNames.has(name)) ?? unused.at(-1))
    : unused.findLast(({ statement }) => statement === statements.at(-1));
  if (chosen === undefined) return { code, notes };
  const args = callArguments(chosen.fn, draft.hasInput);
  if (args === undefined) return { code, notes: [...notes, needsArguments] };
  return changed(draft, `${code}\nawait ${chosen.name}(${args})`, `The function ${chosen.name} was called.`);
}

/** Whether the program outside a function names it. */
function isReferenced({ program }: CodeReading, { name, fn }: NamedFunction): boolean {
  let found = false;
  visitReferences(program, {
    reference(identifier) {
      found ||= identifier.name === name && (identifier.start < fn.start || identifier.end > fn.end);
    },
    named() {},
    declaration: () => false,
  });
  return found;
}

const declarations: ReadonlySet<string> = new Set(['ImportDeclaration', 'FunctionDeclaration', 'ClassDeclaration']);
const constants: ReadonlySet<string> = new Set(['Literal', 'ObjectExpression', 'ArrayExpression', 'TemplateLiteral']);

function onlyDeclares(statement: SyntaxNode): boolean {
  const declaration = declarationOf(statement);
  if (isTypeOnly(declaration) || declarations.has(declaration.type)) return true;
  if (declaration.type === 'ExportNamedDeclaration') return true;
  if (declaration.type !== 'VariableDeclaration') return false;
  return declaration.declarations.every(
    ({ init }) => init == null || callable(init) !== undefined || constants.has(unwrapped(init).type),
  );
}
