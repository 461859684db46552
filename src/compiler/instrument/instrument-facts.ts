import type { BinaryExpression, CallExpression } from '../parse/nodes.js';
import { bodyList, forEachChild, isFunction, unwrapped, type SyntaxNode } from '../parse/syntax.js';
import type { TokenIndex } from '../parse/token-index.js';

/** Facts about a function that instrumentation needs before it writes. */
export interface FunctionFacts {
  /** Needs an activation. */
  readonly suspends: boolean;
  /** Whether there is anything to write in it: it or a function in it is async or a generator, or makes a promise. */
  readonly holdsWork: boolean;
  readonly strict: boolean;
  readonly strictOutside: boolean;
  /** Names `arguments`, or contains a possible direct eval. */
  readonly usesArguments: boolean;
  /** The value of a suspension in it is used, and needs a variable. */
  readonly usesResults: boolean;
  /** It throws. */
  readonly throws: boolean;
  /** It contains a call or a read that could throw. */
  readonly reachesOthers: boolean;
}

/**
 * Place of an `await` or `yield`: a whole statement, whose value is unused; the start of a statement, where the output must
 * not begin with a parenthesis; or anywhere else.
 */
type SuspensionPlace = 'statement' | 'start' | 'inside';

/** Facts about the suspensions in a program. */
export interface SuspensionFacts {
  readonly functions: ReadonlyMap<SyntaxNode, FunctionFacts>;
  /** Whether a node contains a suspension, outside of nested functions. */
  suspendsIn(node: SyntaxNode): boolean;
  placeOf(suspension: SyntaxNode): SuspensionPlace;
  /** `usesResults` of the top level. */
  readonly usesResults: boolean;
}

interface Scope {
  readonly node: SyntaxNode;
  readonly outer: Scope | undefined;
  readonly strict: boolean;
  usesArguments: boolean;
  usesResults: boolean;
  throws: boolean;
  reachesOthers: boolean;
}

/**
 * Functions without a mark have no facts.
 * @param strict whether the program is strict without saying so
 */
export function findSuspensions(program: SyntaxNode, strict: boolean, tokens: TokenIndex): SuspensionFacts {
  const functions = new Map<SyntaxNode, FunctionFacts>();
  const suspending = new Set<SyntaxNode>();
  const places = new Map<SyntaxNode, SuspensionPlace>();
  let statement: SyntaxNode | undefined;
  let topUsesResults = false;
  // Of the innermost function: whether what was visited of it so far suspends it, and whether it holds work.
  let suspendsHere = false;
  let worksHere = false;

  const noteSuspension = (node: SyntaxNode, scope: Scope | undefined): void => {
    if (node.start !== statement?.start) {
      places.set(node, 'inside');
      if (scope === undefined) topUsesResults = true;
      else scope.usesResults = true;
    } else {
      // The value of a statement at the top level may be the value of the program.
      places.set(node, scope !== undefined && statement.expression === node ? 'statement' : 'start');
    }
  };

  const visitFunction = (node: SyntaxNode, outer: Scope | undefined, strictOutside: boolean): void => {
    const body = node.body as SyntaxNode | null | undefined;
    const isStrict = strictOutside || (body != null && hasUseStrict(body));
    const scope: Scope = {
      node,
      outer,
      strict: isStrict,
      usesArguments: false,
      usesResults: false,
      throws: false,
      reachesOthers: false,
    };
    const outside = [suspendsHere, worksHere] as const;
    suspendsHere = node.generator === true;
    worksHere = suspendsHere || node.async === true;
    forEachChild(node, visit, scope, isStrict);
    const [suspends, holdsWork] = [suspendsHere, worksHere];
    suspendsHere = outside[0];
    worksHere = holdsWork || outside[1];
    const { usesArguments, usesResults, throws, reachesOthers } = scope;
    functions.set(node, {
      suspends,
      holdsWork,
      strict: isStrict,
      strictOutside,
      usesArguments,
      usesResults,
      throws,
      reachesOthers,
    });
  };

  const visit = (node: SyntaxNode, scope: Scope | undefined, isStrict: boolean): void => {
    if (isFunction(node)) return tokens.isMarked(node) ? visitFunction(node, scope, isStrict) : undefined;
    const strictInside = isStrict || node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
    if (node.type === 'Identifier' && (node.name === 'arguments' || node.name === 'eval')) markArguments(scope);
    if (node.type === 'ExpressionStatement') statement = node;
    else if (node.type === 'AwaitExpression' || node.type === 'YieldExpression') noteSuspension(node, scope);
    if (scope !== undefined) {
      if (node.type === 'ThrowStatement') scope.throws = true;
      else if (reachingOthers.has(node.type)) scope.reachesOthers = true;
    }
    if (isNewPromise(node) || setsScheduleCallback(node)) worksHere = true;
    const before = suspendsHere;
    suspendsHere = isSuspension(node, scope);
    forEachChild(node, visit, scope, strictInside);
    if (suspendsHere) suspending.add(node);
    else suspendsHere = before;
  };

  visit(program, undefined, strict || hasUseStrict(program));
  return {
    functions,
    suspendsIn: (node) => suspending.has(node),
    placeOf: (suspension) => places.get(suspension)!,
    usesResults: topUsesResults,
  };
}

export function isNewPromise(node: SyntaxNode): node is CallExpression {
  return node.type === 'NewExpression' && node.callee.name === 'Promise';
}

const scheduleCallback = 'unstable_scheduleCallback';

export function setsScheduleCallback(node: SyntaxNode): node is BinaryExpression {
  return node.type === 'AssignmentExpression' && node.left.property?.name === scheduleCallback;
}

export function hasUseStrict(body: SyntaxNode): boolean {
  return bodyList(body).some((statement) => statement.directive === 'use strict');
}

function isSuspension(node: SyntaxNode, scope: Scope | undefined): boolean {
  switch (node.type) {
    case 'AwaitExpression':
    case 'YieldExpression':
      return true;
    case 'ForOfStatement':
      return node.await === true;
    case 'VariableDeclaration':
      return node.kind === 'await using';
    case 'ReturnStatement':
      // `return x` in an async generator awaits x.
      return node.argument != null && scope?.node.async === true && scope.node.generator === true;
    default:
      return false;
  }
}

/** Nodes that run other code, or throw for a value of the wrong type. */
const reachingOthers: ReadonlySet<string> = new Set([
  'CallExpression',
  'NewExpression',
  'TaggedTemplateExpression',
  'ImportExpression',
  'MemberExpression',
  'YieldExpression',
  'SpreadElement',
  'ForOfStatement',
  'ForInStatement',
  'ObjectPattern',
  'ArrayPattern',
  'ClassDeclaration',
  'ClassExpression',
]);

function markArguments(scope: Scope | undefined): void {
  for (let at = scope; at !== undefined; at = at.outer) {
    at.usesArguments = true;
    if (at.node.type !== 'ArrowFunctionExpression') return;
  }
}

const neverThenable: ReadonlySet<string> = new Set([
  'Literal',
  'TemplateLiteral',
  'AwaitExpression',
  'BinaryExpression',
  'UnaryExpression',
  'UpdateExpression',
  'ArrowFunctionExpression',
  'ArrayExpression',
]);

/** Whether resolving a promise with the value of an expression may call a `then` that the reader wrote. */
export function mayBeThenable(expression: SyntaxNode): boolean {
  return !neverThenable.has(unwrapped(expression).type);
}
