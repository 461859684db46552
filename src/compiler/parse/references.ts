import type {
  Block,
  CallExpression,
  ClassNode,
  FunctionNode,
  Identifier,
  NamespaceNode,
  Property,
  RestElement,
  UnaryExpression,
  VariableDeclaration,
} from './nodes.js';
import { Rank, type Edits } from '../output/edits.js';
import { aliasedName, enumInitializer } from '../erase/erase-imports.js';
import { hasUseStrict } from '../instrument/instrument-facts.js';
import {
  blockScope,
  forScope,
  functionScope,
  isAnonymousFunction,
  isDeclared,
  nameScope,
  parameterScope,
  patternScope,
  staticBlockScope,
  type Scope,
} from './scopes.js';
import { bodyList, bodyNode, forEachChild, isFunction, isTypeOnly, unwrapped, type SyntaxNode } from './syntax.js';

/**
 * How a free name is used: `call` also as a tag, `shorthand` as `{ x }`, `shorthand-write` in a pattern `{ x }` that is
 * assigned to, `write` as any other target.
 */
export type ReferenceRole = 'read' | 'call' | 'typeof' | 'delete' | 'shorthand' | 'write' | 'shorthand-write';

/** The surroundings of a name. */
export interface ReferenceSite {
  /** Whether it may be evaluated after the program has ended. */
  readonly inFunction: boolean;
  readonly strict: boolean;
  /** Whether a function around it says so. */
  readonly saysStrict: boolean;
  readonly inWith: boolean;
}

export interface ReferenceVisitor {
  /** A name that no scope inside the program declares. The site holds for the time of the call. */
  reference(identifier: Identifier, role: ReferenceRole, parent: SyntaxNode, site: ReferenceSite): void;
  /** A direct call of `eval`, with the scope of the evaluated code. */
  directEval?(call: CallExpression, scope: Scope | undefined, site: ReferenceSite): void;
  /** An anonymous function that takes its name from a free name that it is assigned to. */
  named(fn: SyntaxNode, name: string): void;
  /** A declaration that belongs to the program itself: a `var` anywhere outside functions, anything else in its own list. */
  declaration(node: SyntaxNode, visitInit: (node: SyntaxNode) => void, parent: SyntaxNode): boolean;
  /** An expression as a statement, after another statement of the same list. */
  expressionAfter?(statement: SyntaxNode, previous: SyntaxNode): void;
  importExpression?(node: SyntaxNode): void;
  metaProperty?(node: SyntaxNode): void;
}

const namingOperators: ReadonlySet<string> = new Set(['=', '||=', '&&=', '??=']);

/** Whether a call is a direct `eval`, if `eval` is the realm's at that time. */
export function isDirectEval(call: CallExpression): boolean {
  return call.optional !== true && unwrapped(call.callee).name === 'eval';
}

/**
 * A called name becomes `(0,place)`, which would read as a call of the previous line's expression. So a semicolon that the
 * source omits there is inserted; so is a semicolon that was erased with a type.
 */
export function separateExpression(edits: Edits, statement: SyntaxNode, previous: SyntaxNode): void {
  if (edits.source[previous.end - 1] !== ';' || isTypeOnly(previous)) edits.insert(statement.start, ';', Rank.bind);
}

/**
 * Walks a program and reports the free names in it. Names that its own top level declares are free here: the caller owns them.
 * @param around the surroundings of the program; strict by default
 */
export function visitReferences(
  program: SyntaxNode,
  visitor: ReferenceVisitor,
  around: { readonly strict?: boolean; readonly inWith?: boolean } = {},
): void {
  new ReferenceWalk(visitor, around.strict ?? true, around.inWith ?? false).statements(program);
}

class ReferenceWalk implements ReferenceSite {
  readonly #visitor: ReferenceVisitor;
  #functionDepth = 0;
  strict: boolean;
  saysStrict = false;
  inWith: boolean;

  constructor(visitor: ReferenceVisitor, strict: boolean, inWith: boolean) {
    this.#visitor = visitor;
    this.strict = strict;
    this.inWith = inWith;
  }

  get inFunction(): boolean {
    return this.#functionDepth > 0;
  }

  statements(program: SyntaxNode): void {
    const list = bodyList(program);
    this.#tellExpressions(list);
    for (const statement of list) {
      if (isTypeOnly(statement)) continue;
      if (!this.#visitor.declaration(statement, (node) => this.#visit(node, undefined, statement), program)) {
        this.#visit(statement, undefined, statement);
      }
    }
  }

  #visit(node: SyntaxNode | null | undefined, scope: Scope | undefined, parent: SyntaxNode): void {
    if (node === null || node === undefined || isTypeOnly(node)) return;
    if (isFunction(node)) return this.#function(node, scope);
    switch (node.type) {
      case 'Identifier':
        return this.#reference(node, 'read', scope, parent);
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#class(node, scope);
      case 'BlockStatement':
        return this.#list(bodyList(node), blockScope(bodyList(node), scope), node);
      case 'StaticBlock':
        this.#functionDepth++;
        this.#list(bodyList(node), staticBlockScope(node, scope), node);
        this.#functionDepth--;
        return;
      case 'SwitchStatement': {
        this.#visit(node.discriminant, scope, node);
        const cases = node.cases ?? [];
        const inner = blockScope(
          cases.flatMap((one) => one.consequent),
          scope,
        );
        for (const one of cases) {
          this.#visit(one.test, inner, one);
          this.#list(one.consequent, inner, one);
        }
        return;
      }
      case 'CatchClause': {
        const inner = patternScope(node.param, scope);
        if (node.param != null) this.#pattern(node.param, inner, node);
        return this.#visit(bodyNode(node), inner, node);
      }
      case 'ForStatement': {
        const inner = forScope(node.init, scope);
        this.#head(node.init, inner, node);
        this.#visit(node.test, inner, node);
        this.#visit(node.update, inner, node);
        return this.#visit(bodyNode(node), inner, node);
      }
      case 'ForInStatement':
      case 'ForOfStatement': {
        const inner = forScope(node.left, scope);
        this.#head(node.left, inner, node);
        this.#visit(node.right, inner, node);
        return this.#visit(bodyNode(node), inner, node);
      }
      case 'VariableDeclaration':
        if (node.kind === 'var' && this.#functionDepth === 0 && this.#declaration(node, scope, parent)) return;
        return this.#declarators(node, scope);
      case 'Property':
        if (node.computed === true) this.#visit(node.key, scope, node);
        if (node.shorthand === true && node.value.type === 'Identifier')
          return this.#reference(node.value, 'shorthand', scope, node);
        return this.#visit(node.value, scope, node);
      case 'PropertyDefinition':
      case 'MethodDefinition':
        for (const decorator of node.decorators ?? []) this.#visit(decorator, scope, node);
        if (node.computed === true) this.#visit(node.key, scope, node);
        this.#functionDepth++;
        this.#visit(node.value, scope, node);
        this.#functionDepth--;
        return;
      case 'MemberExpression':
        this.#visit(node.object, scope, node);
        if (node.computed === true) this.#visit(node.property, scope, node);
        return;
      case 'CallExpression':
        if (isDirectEval(node) && !isDeclared(scope, 'eval')) this.#visitor.directEval?.(node, scope, this);
        this.#callee(node.callee, scope, node);
        for (const argument of node.arguments ?? []) this.#visit(argument, scope, node);
        return;
      case 'TaggedTemplateExpression':
        this.#callee(node.tag, scope, node);
        return this.#visit(node.quasi, scope, node);
      case 'UnaryExpression':
        return this.#unary(node, scope);
      case 'UpdateExpression':
        return this.#target(node.argument, scope, node);
      case 'AssignmentExpression':
        this.#target(node.left, scope, node);
        if (namingOperators.has(node.operator)) this.#nameFunction(node.left, node.right, scope);
        return this.#visit(node.right, scope, node);
      case 'ImportExpression':
        this.#visitor.importExpression?.(node);
        return forEachChild(node, this.#visitChild, scope, node);
      case 'MetaProperty':
        return this.#visitor.metaProperty?.(node);
      case 'WithStatement':
        this.#visit(node.object, scope, node);
        return this.#with(bodyNode(node), scope, node);
      case 'LabeledStatement':
        return this.#visit(bodyNode(node), scope, node);
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ImportDeclaration':
        return;
      case 'TSEnumDeclaration':
        for (const member of node.members ?? []) this.#visit(enumInitializer(member), scope, member);
        return;
      case 'TSModuleDeclaration':
        this.#functionDepth++;
        this.#namespace(node.body, scope);
        this.#functionDepth--;
        return;
      case 'TSImportEqualsDeclaration':
        return this.#reference(aliasedName(node)!, 'read', scope, node);
      default:
        return forEachChild(node, this.#visitChild, scope, node);
    }
  }

  readonly #visitChild = (child: SyntaxNode, scope: Scope | undefined, parent: SyntaxNode): void =>
    this.#visit(child, scope, parent);

  #list(statements: readonly SyntaxNode[], scope: Scope | undefined, parent: SyntaxNode): void {
    this.#tellExpressions(statements);
    for (const statement of statements) this.#visit(statement, scope, parent);
  }

  #tellExpressions(statements: readonly SyntaxNode[]): void {
    for (let index = 1; index < statements.length; index++) {
      if (statements[index]!.type === 'ExpressionStatement')
        this.#visitor.expressionAfter?.(statements[index]!, statements[index - 1]!);
    }
  }

  #declaration(node: SyntaxNode, scope: Scope | undefined, parent: SyntaxNode): boolean {
    return this.#visitor.declaration(node, (init) => this.#visit(init, scope, node), parent);
  }

  #with(body: SyntaxNode, scope: Scope | undefined, parent: SyntaxNode): void {
    const outer = this.inWith;
    this.inWith = true;
    this.#visit(body, scope, parent);
    this.inWith = outer;
  }

  #function(node: FunctionNode, scope: Scope | undefined): void {
    const body = bodyNode(node);
    const { strict, saysStrict } = this;
    this.saysStrict ||= hasUseStrict(body);
    this.strict ||= this.saysStrict;
    const params = parameterScope(node, scope);
    const inner = functionScope(node, params, this.strict);
    this.#functionDepth++;
    for (const param of node.params ?? []) this.#pattern(param, params, node);
    if (body.type === 'BlockStatement') this.#list(bodyList(body), inner, body);
    else this.#visit(body, inner, node);
    this.#functionDepth--;
    this.strict = strict;
    this.saysStrict = saysStrict;
  }

  #class(node: ClassNode, scope: Scope | undefined): void {
    for (const decorator of node.decorators ?? []) this.#visit(decorator, scope, node);
    const inner = node.id == null ? scope : nameScope(node.id, scope);
    const { strict } = this;
    this.strict = true;
    this.#visit(node.superClass, inner, node);
    this.#list(bodyList(bodyNode(node)), inner, node);
    this.strict = strict;
  }

  #namespace(body: NamespaceNode | Block, scope: Scope | undefined): void {
    if (body.type === 'TSModuleDeclaration') this.#namespace(body.body, nameScope(body.id, scope));
    else this.#list(body.body, staticBlockScope(body, scope), body);
  }

  #head(head: SyntaxNode | null | undefined, scope: Scope | undefined, parent: SyntaxNode): void {
    if (head == null) return;
    if (head.type === 'VariableDeclaration' || parent.type === 'ForStatement') this.#visit(head, scope, parent);
    else this.#target(head, scope, parent);
  }

  #declarators(node: VariableDeclaration, scope: Scope | undefined): void {
    for (const declarator of node.declarations ?? []) {
      this.#pattern(declarator.id, scope, declarator);
      this.#visit(declarator.init, scope, declarator);
    }
  }

  /** A pattern that declares: only its defaults and computed keys hold references. */
  #pattern(pattern: SyntaxNode, scope: Scope | undefined, parent: SyntaxNode): void {
    switch (pattern.type) {
      case 'Identifier':
        return;
      case 'AssignmentPattern':
        this.#pattern(pattern.left, scope, pattern);
        return this.#visit(pattern.right, scope, pattern);
      case 'RestElement':
        return this.#pattern(pattern.argument, scope, pattern);
      case 'ArrayPattern':
        for (const element of pattern.elements ?? []) if (element !== null) this.#pattern(element, scope, pattern);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties ?? []) {
          if (property.computed === true) this.#visit(property.key, scope, property);
          this.#pattern(property.type === 'RestElement' ? property : property.value, scope, property);
        }
        return;
      case 'TSParameterProperty':
        return this.#pattern(pattern.parameter, scope, pattern);
      default:
        return this.#visit(pattern, scope, parent);
    }
  }

  /** The target of an assignment: a name, a member, or a pattern. */
  #target(target: SyntaxNode, scope: Scope | undefined, parent: SyntaxNode): void {
    switch (target.type) {
      case 'Identifier':
        return this.#reference(target, 'write', scope, parent);
      case 'AssignmentPattern':
        this.#target(target.left, scope, target);
        this.#nameFunction(target.left, target.right, scope);
        return this.#visit(target.right, scope, target);
      case 'RestElement':
        return this.#target(target.argument, scope, target);
      case 'ArrayPattern':
        for (const element of target.elements ?? []) if (element !== null) this.#target(element, scope, target);
        return;
      case 'ObjectPattern':
        for (const property of target.properties ?? []) this.#targetProperty(property, scope, target);
        return;
      default: {
        const inner = unwrapped(target);
        return inner.type === 'Identifier'
          ? this.#reference(inner, 'write', scope, parent)
          : this.#visit(inner, scope, parent);
      }
    }
  }

  #targetProperty(property: Property | RestElement, scope: Scope | undefined, parent: SyntaxNode): void {
    if (property.type === 'RestElement') return this.#target(property, scope, parent);
    if (property.computed === true) this.#visit(property.key, scope, property);
    const { value } = property;
    if (property.shorthand !== true) return this.#target(value, scope, property);
    const name = value.type === 'AssignmentPattern' ? value.left : value;
    if (name.type === 'Identifier') this.#reference(name, 'shorthand-write', scope, property);
    if (value.type !== 'AssignmentPattern') return;
    this.#nameFunction(name, value.right, scope);
    this.#visit(value.right, scope, value);
  }

  #callee(callee: SyntaxNode, scope: Scope | undefined, parent: SyntaxNode): void {
    const inner = unwrapped(callee);
    if (inner.type === 'Identifier') this.#reference(inner, 'call', scope, parent);
    else this.#visit(callee, scope, parent);
  }

  #unary(node: UnaryExpression, scope: Scope | undefined): void {
    const inner = unwrapped(node.argument);
    if (inner.type !== 'Identifier' || (node.operator !== 'typeof' && node.operator !== 'delete'))
      return this.#visit(node.argument, scope, node);
    this.#reference(inner, node.operator, scope, node);
  }

  #nameFunction(target: SyntaxNode, value: SyntaxNode, scope: Scope | undefined): void {
    if (target.type === 'Identifier' && !isDeclared(scope, target.name) && isAnonymousFunction(value))
      this.#visitor.named(value, target.name);
  }

  #reference(node: Identifier, role: ReferenceRole, scope: Scope | undefined, parent: SyntaxNode): void {
    if (!isDeclared(scope, node.name)) this.#visitor.reference(node, role, parent, this);
  }
}
