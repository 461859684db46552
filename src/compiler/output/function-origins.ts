import type { EditedText } from './edits.js';
import { pairedFunctions } from './function-sources.js';
import { visitReferences } from '../parse/references.js';
import {
  addLexicalNames,
  blockScope,
  forEachBinding,
  forEachVar,
  forScope,
  functionScope,
  isDeclared,
  nameScope,
  parameterScope,
  patternScope,
  staticBlockScope,
  type Scope,
} from '../parse/scopes.js';
import { bodyList, forEachChild, isClass, isFunction, type SyntaxNode } from '../parse/syntax.js';
import type { FunctionOrigin } from '../types.js';

/**
 * Maps the output text of each function, method and class to the facts needed to recreate it: its source text, and the
 * variables that it captures from enclosing functions, which can't be recreated.
 * @param unit kind of the program: top-level names of a cell belong to the namespace, top-level names of a module to itself
 * @param pragmas comments of the program on which the meaning of a function depends
 */
export function functionOrigins(
  program: SyntaxNode,
  text: EditedText,
  unit: 'cell' | 'module' | 'script',
  pragmas = '',
): ReadonlyMap<string, FunctionOrigin> {
  const functions = pairedFunctions(program, text, unit === 'script' ? unit : 'module');
  const sources = new Map(functions.map(([, { node, source }]) => [node, pragmas + source]));
  const captures = new CaptureWalk(sources);
  captures.walk(program, topLevelScope(program, unit));
  return new Map(
    functions.map(([generated, { node }]) => [generated, originOf(node, sources.get(node)!, captures, sources)]),
  );
}

function originOf(
  node: SyntaxNode,
  source: string,
  captures: CaptureWalk,
  sources: ReadonlyMap<SyntaxNode, string>,
): FunctionOrigin {
  const captured = captures.of(node);
  if (isClass(node)) {
    const body = bodyList(node.body as SyntaxNode);
    const obstacle = obstacleOf(node, body);
    return {
      source,
      captured,
      hasPrivate: body.some(isPrivate),
      ...(obstacle === undefined ? {} : { obstacle }),
      members: new Set(body.flatMap((member) => sources.get(member) ?? [])),
    };
  }
  const home = node.type === 'MethodDefinition' ? homeNames(node) : [];
  const isOwnUser = node.type === 'FunctionDeclaration' && freeNames(node).includes(node.id!.name!);
  return {
    source,
    captured,
    hasPrivate: false,
    isMethod: !isFunction(node),
    ...(home.length > 0 ? { home: home[0] } : {}),
    ...(isOwnUser ? { declares: node.id!.name! } : {}),
  };
}

/** The reason why a class can't be recreated without running its definition's code again, or has hidden state. */
function obstacleOf(node: SyntaxNode, body: readonly SyntaxNode[]): string | undefined {
  if ([node, ...body].some(({ decorators }) => (decorators ?? []).length > 0)) return 'decorators';
  if (body.some((member) => member.static === true && member.type !== 'MethodDefinition' && isPrivate(member)))
    return 'static private members';
  return body.some(({ computed, key }) => computed === true && !isPlainKey(key!)) ? 'computed names' : undefined;
}

/** Whether a computed key only looks something up, without side effects. */
const isPlainKey = (key: SyntaxNode): boolean =>
  /^(?:Identifier|Literal|TemplateElement)$/.test(key.type) ||
  (key.type === 'ParenthesizedExpression' && isPlainKey(key.expression)) ||
  (key.type === 'MemberExpression' && key.computed !== true && isPlainKey(key.object));

/** Top-level names that are not in the namespace. */
function topLevelScope(program: SyntaxNode, unit: 'cell' | 'module' | 'script'): Scope | undefined {
  if (unit === 'cell') return undefined;
  const names = new Set<string>();
  for (const statement of bodyList(program)) {
    if (unit === 'script' && statement.type === 'FunctionDeclaration') continue;
    addLexicalNames([statement], names);
    for (const { local } of statement.specifiers ?? [])
      if (statement.type === 'ImportDeclaration') names.add(local!.name!);
  }
  if (unit === 'module') {
    forEachVar(program, ({ declarations }) => {
      for (const { id } of declarations ?? []) forEachBinding(id, ({ name }) => names.add(name));
    });
  }
  return { names, parent: undefined };
}

/** Walks a program with the scopes around each function, and notes the names that the function captures. */
class CaptureWalk {
  readonly #functions: ReadonlyMap<SyntaxNode, string>;
  readonly #captured = new Map<SyntaxNode, readonly string[]>();

  constructor(functions: ReadonlyMap<SyntaxNode, string>) {
    this.#functions = functions;
  }

  of(node: SyntaxNode): readonly string[] {
    return this.#captured.get(node) ?? [];
  }

  /** @param hasThis whether a function, method or class around the node gives it a `this` */
  walk(node: SyntaxNode, scope: Scope | undefined, hasThis = false): void {
    if (this.#functions.has(node)) {
      const names = freeNames(node).filter((name) => isDeclared(scope, name));
      this.#captured.set(node, [...names, ...homeNames(node, hasThis)]);
    }
    const inner = scopeOf(node, scope);
    const inside = hasThis || givesThis(node);
    forEachChild(node, (child) => this.walk(child, inner, inside));
  }
}

function scopeOf(node: SyntaxNode, scope: Scope | undefined): Scope | undefined {
  if (isFunction(node)) return functionScope(node, parameterScope(node, scope));
  switch (node.type) {
    case 'BlockStatement':
      return blockScope(bodyList(node), scope);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id == null ? scope : nameScope(node.id, scope);
    case 'StaticBlock':
    case 'TSModuleBlock':
      return staticBlockScope(node, scope);
    case 'SwitchStatement':
      return blockScope(
        (node.cases ?? []).flatMap((one) => one.consequent),
        scope,
      );
    case 'CatchClause':
      return patternScope(node.param, scope);
    case 'ForStatement':
      return forScope(node.init, scope);
    case 'ForInStatement':
    case 'ForOfStatement':
      return forScope(node.left, scope);
    default:
      return scope;
  }
}

/** Names that the function uses and does not declare. */
function freeNames(node: SyntaxNode): string[] {
  const names = new Set<string>();
  const value = node.type === 'MethodDefinition' || node.type === 'Property' ? node.value : node;
  const statement: SyntaxNode = { type: 'ExpressionStatement', start: node.start, end: node.end, expression: value };
  visitReferences(
    { type: 'Program', start: node.start, end: node.end, body: [statement] },
    {
      reference: (identifier) => names.add(identifier.name),
      named: () => undefined,
      declaration: () => false,
    },
  );
  return [...names];
}

const givesThis = (node: SyntaxNode): boolean =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'PropertyDefinition' ||
  node.type === 'StaticBlock';

/**
 * What a function takes from the class or object around it: `super`, private names and, for arrow functions, `this`.
 * Methods of a class are checked without their scope, because they are recreated with the class.
 */
function homeNames(node: SyntaxNode, hasThis?: boolean): string[] {
  if (isClass(node) || (node.type === 'MethodDefinition') === (hasThis !== undefined)) return [];
  const names = new Set<string>();
  const visit = (part: SyntaxNode, isOwn: boolean): void => {
    if (part.type === 'PrivateIdentifier') names.add(`#${part.name}`);
    else if (isOwn && part.type === 'Super') names.add('super');
    else if (isOwn && part.type === 'ThisExpression' && hasThis === true && isArrow(node)) names.add('this');
    forEachChild(part, (child) => visit(child, isOwn && !givesThis(part)));
  };
  forEachChild(isFunction(node) ? node : (node.value as SyntaxNode), (part) => visit(part, true));
  return [...names];
}

const isArrow = (node: SyntaxNode): boolean => node.type === 'ArrowFunctionExpression';

const isPrivate = (member: SyntaxNode): boolean =>
  member.key?.type === 'PrivateIdentifier' || member.type === 'AccessorProperty' || member.accessor === true;
