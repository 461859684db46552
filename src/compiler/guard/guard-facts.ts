import {
  anyChild,
  bodyList,
  firstSuspension,
  forEachChild,
  isClass,
  isFunction,
  loopTypes,
  unwrapped,
  type SyntaxNode,
} from '../parse/syntax.js';

/*
 * Facts about loops for their guards. They may err on the safe side: a loop with a dearer guard than necessary is slower.
 */

/** Whether a node contains a `try` outside of functions, which may swallow a guard's interruption. */
export function holdsTry(node: SyntaxNode): boolean {
  return node.type === 'TryStatement' || anyChild(node, (child) => !isFunction(child) && holdsTry(child));
}

/** Far from where adding one changes nothing. */
const largestStart = 2 ** 31;

/** The variable that counts the rounds of `for (let i = 0; …; i++)`, if nothing else assigns to it. */
export function stepsOf({ type, init, update, test, body }: SyntaxNode): string | undefined {
  // A `var` at the top level of a cell is not a variable after binding.
  if (type !== 'ForStatement' || init?.type !== 'VariableDeclaration' || init.kind !== 'let') return undefined;
  const name = update?.type === 'UpdateExpression' && update.operator === '++' ? update.argument?.name : undefined;
  const declarator = init.declarations.find(({ id }) => id?.name === name);
  const from = declarator?.init?.value;
  if (name === undefined || !Number.isInteger(from) || (from as number) > largestStart) return undefined;
  const assigns = (node: SyntaxNode | null | undefined): boolean => node != null && mayAssign(node, name);
  return assigns(test) || assigns(body) ? undefined : name;
}

function mayAssign(node: SyntaxNode, name: string): boolean {
  switch (node.type) {
    case 'AssignmentExpression':
      if (mentions(node.left, name)) return true;
      break;
    case 'UpdateExpression':
      if (unwrapped(node.argument).name === name) return true;
      break;
    case 'ForOfStatement':
    case 'ForInStatement':
      if (mentions(node.left, name)) return true;
      break;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (node.id?.name === name) return true;
      break;
    case 'VariableDeclarator':
      // A variable of the same name, which may be of any type.
      if (mentions(node.id, name)) return true;
      break;
    case 'CallExpression':
      if (node.callee?.name === 'eval') return true;
      break;
    default:
  }
  return anyChild(node, (child) => mayAssign(child, name));
}

function mentions(node: SyntaxNode, name: string): boolean {
  return node.name === name || anyChild(node, (child) => mentions(child, name));
}

/**
 * Whether a loop with a counter may become a loop of loops of a few rounds each: no closure keeps a round's variables, and no
 * label names the loop.
 */
export function canBeSplit(node: SyntaxNode, parent: SyntaxNode): boolean {
  if (node.test == null || parent.type === 'LabeledStatement') return false;
  return firstSuspension(node) === undefined && !holdsFunction(node);
}

function holdsFunction(node: SyntaxNode): boolean {
  return isFunction(node) || isClass(node) || anyChild(node, holdsFunction);
}

const simple: ReadonlySet<string> = new Set([
  'Identifier',
  'Literal',
  'UnaryExpression',
  'BinaryExpression',
  'LogicalExpression',
]);

const isSimple = (node: SyntaxNode): boolean => simple.has(node.type) && !anyChild(node, (child) => !isSimple(child));

/**
 * Where a function begins with what may take long, after it has returned something simple on simple conditions; `undefined`
 * for its start. Half of the calls of a function that calls itself twice end before that.
 */
export function laboriousStart(body: SyntaxNode): SyntaxNode | undefined {
  if (body.type !== 'BlockStatement') return laboriousPart(body);
  const statements = bodyList(body).filter((statement) => statement.directive === undefined);
  const first = statements.find((statement) => !isEarlyReturn(statement));
  const value = first?.type === 'ReturnStatement' ? first.argument : undefined;
  const part = value == null ? undefined : laboriousPart(value);
  return part ?? (first === statements[0] ? undefined : first);
}

function isEarlyReturn(node: SyntaxNode): boolean {
  if (node.type !== 'IfStatement' || node.alternate !== null || !isSimple(node.test)) return false;
  const { consequent } = node;
  const [only, more] = consequent.type === 'BlockStatement' ? bodyList(consequent) : [consequent];
  return only?.type === 'ReturnStatement' && more === undefined && (only.argument == null || isSimple(only.argument));
}

/** The part of a conditional expression that is not simple, where all else is; `undefined` for all of it. */
function laboriousPart(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type !== 'ConditionalExpression' || !isSimple(node.test)) return undefined;
  const { consequent, alternate } = node;
  const part = isSimple(consequent) ? alternate : isSimple(alternate!) ? consequent : undefined;
  return part == null ? undefined : (laboriousPart(part) ?? part);
}

/** Loops with more rounds take longer than a check may be late. */
const fewRounds = 100_000;

/**
 * Whether a loop calls nothing and iterates over something that it can't lengthen. That may be long all the same: an array of
 * holes, or an iterator of the platform over one. A user-defined iterator has a guard in its `next`.
 */
export function isQuickIteration({ type, await: isAsync, left, body }: SyntaxNode): boolean {
  return type === 'ForOfStatement' && isAsync !== true && isQuick(body) && isQuick(left) && !changesMembers(body);
}

/** Whether a name stands for a list that a function fills by `push` and only iterates over, so that its end is near. */
export function isFilledIn(fn: SyntaxNode, name: string | undefined): boolean {
  let declared = 0;
  let others = 0;
  const visit = (node: SyntaxNode): void => {
    if (node.name === name) others++;
    if (node.type === 'VariableDeclarator' && node.id?.name === name && node.init?.type === 'ArrayExpression') {
      declared++;
      others--;
    } else if (node.type === 'ForOfStatement') {
      if (node.right?.name === name) others--;
    } else if (node.type === 'CallExpression') {
      const { callee } = node;
      if (
        callee.type === 'MemberExpression' &&
        callee.object.name === name &&
        !callee.computed &&
        callee.property.name === 'push'
      )
        others--;
    }
    forEachChild(node, visit);
  };
  if (name !== undefined) forEachChild(fn, visit);
  return declared === 1 && others === 0;
}

/** Whether a loop without calls counts to a literal number. */
export function isShortLoop(node: SyntaxNode): boolean {
  const { test, body } = node;
  const counter = stepsOf(node);
  if (counter === undefined || test?.type !== 'BinaryExpression' || !(test.operator === '<' || test.operator === '<='))
    return false;
  const limit = test.right?.value;
  return test.left?.name === counter && typeof limit === 'number' && limit <= fewRounds && isQuick(body as SyntaxNode);
}

const slow: ReadonlySet<string> = new Set([
  ...loopTypes,
  'CallExpression',
  'NewExpression',
  'TaggedTemplateExpression',
  'SpreadElement',
  'AwaitExpression',
  'YieldExpression',
  'ImportExpression',
  'TemplateLiteral',
  'RestElement',
  'ArrayPattern',
]);

function isQuick(node: SyntaxNode): boolean {
  return !slow.has(node.type) && !anyChild(node, (child) => !isQuick(child));
}

function changesMembers(node: SyntaxNode): boolean {
  const target =
    node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
  return (target != null && unwrapped(target).type !== 'Identifier') || anyChild(node, changesMembers);
}

/** Whether a function becomes a method `next`, which a loop may call without end. */
export function isNextOf(parent: SyntaxNode, fn: SyntaxNode): boolean {
  const key = parent.type === 'AssignmentExpression' ? parent.left?.property : parent.key;
  return (parent.value === fn || parent.right === fn) && (key?.name === 'next' || key?.value === 'next');
}
