import type {
  ClassNode,
  EnumDeclarationNode,
  ExportNamedDeclaration,
  ExportSpecifier,
  FunctionNode,
  ImportAlias,
  ImportDeclaration,
  ImportedName,
  NamespaceNode,
  WrappedExpression,
} from '../parse/nodes.js';
import { Rank, type Edits } from '../output/edits.js';
import {
  assignParameterProperties,
  eraseAccessor,
  eraseClassHead,
  eraseModifiers,
  isOverload,
} from './erase-classes.js';
import { DecoratorEraser, isDecorated } from './erase-decorators.js';
import { EnumEraser, enumOf, type EnumDeclaration } from './erase-enums.js';
import { aliasedName, enumInitializer, isEveryOne, nameUse, type NameUse } from './erase-imports.js';
import { NamespaceEraser } from './erase-namespaces.js';
import { ErasedText } from './erase-text.js';
import { bodyList, forEachChild, isExportedAlias, isNode, isTypeOnly, type SyntaxNode } from '../parse/syntax.js';
import type { TokenIndex } from '../parse/token-index.js';

export interface EraseOptions {
  /** Name of the runtime object in the output, a `CellRuntime` or `ModuleRuntime`. Decorated classes call it. */
  readonly runtime: string;
  /** Whether a later pass turns the classes of the top level into values that it assigns. @default false */
  readonly assignsClasses?: boolean;
  /**
   * How to declare an enum or namespace of the top level. `merged`: something of this name stands before it, to which it
   * adds. By default `var E = {};`, and nothing if merged.
   */
  readonly declareObject?: (node: EnumDeclarationNode | NamespaceNode, merged: boolean) => EnumDeclaration;
  /**
   * Keeps imports that no code of this source uses, which TypeScript drops by default: later cells may use them.
   * Those marked as `type` go in any case.
   */
  readonly keepImports?: boolean;
}

/** Facts for other passes over the same tree which the nodes don't show. */
export interface Erasure {
  /** Erased statements and specifiers that `isTypeOnly` does not recognize: imports that only types use. */
  readonly erased: ReadonlySet<SyntaxNode>;
  /** Identifiers that name a member of their enum or namespace, not a variable; they are already edited. */
  readonly memberReferences: ReadonlySet<SyntaxNode>;
}

/**
 * Records the edits that turn TypeScript into JavaScript in place: no line moves, and no statement joins another.
 * Fields without initializer stay, as with `useDefineForClassFields`.
 * @throws CompileError for syntax without an equivalent: decorators of parameters and private methods
 */
export function eraseTypes(program: SyntaxNode, tokens: TokenIndex, edits: Edits, options: EraseOptions): Erasure {
  const eraser = new TypeEraser(program, new ErasedText(edits.source, tokens, edits), options);
  eraser.visit(program);
  return {
    erased: eraser.erased,
    memberReferences: new Set([...eraser.enums.references, ...eraser.namespaces.references]),
  };
}

class TypeEraser {
  readonly erased = new Set<SyntaxNode>();
  readonly enums: EnumEraser;
  readonly namespaces: NamespaceEraser;
  readonly decorators: DecoratorEraser;
  /** Names of the variables that are initialized with classes. */
  readonly #classNames = new Map<SyntaxNode, string>();
  #names: NameUse | undefined;

  constructor(
    readonly program: SyntaxNode,
    readonly text: ErasedText,
    readonly options: EraseOptions,
  ) {
    this.enums = new EnumEraser(text);
    this.namespaces = new NamespaceEraser(text);
    this.decorators = new DecoratorEraser(text, options.runtime);
  }

  readonly visit = (node: SyntaxNode): void => {
    this.#eraseAttached(node);
    switch (node.type) {
      case 'Program':
      case 'BlockStatement':
      case 'StaticBlock':
        this.#visitStatements(bodyList(node), node === this.program);
        return;
      case 'SwitchCase':
        if (isNode(node.test)) this.visit(node.test);
        this.#visitStatements(node.consequent, false);
        return;
      case 'IfStatement':
        this.#eraseLoneStatement(node.consequent);
        this.#eraseLoneStatement(node.alternate);
        break;
      case 'LabeledStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#eraseLoneStatement(node.body);
        break;
      case 'ImportDeclaration':
        this.#visitImport(node);
        return;
      case 'ExportNamedDeclaration':
        this.#visitExport(node);
        return;
      case 'ArrowFunctionExpression':
        this.text.keepArrowOnItsLine(node);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        this.#eraseThisParameter(node);
        break;
      case 'VariableDeclarator':
        if (node.init?.type === 'ClassExpression' && node.id.type === 'Identifier')
          this.#classNames.set(node.init, node.id.name);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        if (isDecorated(node)) this.#eraseDecorators(node);
        eraseClassHead(node, this.text);
        for (const member of bodyList(node.body)) this.#visitMember(member, isNode(node.superClass));
        if (isNode(node.superClass)) this.visit(node.superClass);
        return;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression': {
        const expression = node.expression;
        this.visit(expression);
        this.text.remove({ start: expression.end, end: node.end });
        return;
      }
      case 'TSTypeAssertion':
        this.#eraseAssertion(node);
        return;
      case 'TSTypeCastExpression':
        throw this.text.error(node, 'Only a parameter can have a type after a colon. Write `value as Type`.');
      case 'TSEnumDeclaration':
        for (const member of node.members ?? []) {
          const initializer = enumInitializer(member);
          if (initializer !== undefined) this.visit(initializer);
        }
        return;
      case 'TSImportEqualsDeclaration':
        this.#visitImportAlias(node);
        return;
    }
    forEachChild(node, this.visit);
  };

  #visitStatements(statements: readonly SyntaxNode[], topLevel: boolean): void {
    const declared = new Set<string>();
    for (const statement of statements) {
      if (statement.type === 'TSNamespaceExportDeclaration') {
        throw this.text.error(statement, '`export as namespace` is not supported here. Import the module by name.');
      }
      const declaration = statement.declaration ?? statement;
      const declaredEnum = enumOf(statement);
      if (declaredEnum !== undefined) {
        this.visit(declaredEnum);
        this.#eraseEnum(statement, declaredEnum, declared, topLevel);
      } else if (this.#isErased(statement)) {
        this.text.removeStatement(statement);
      } else if (declaration.type === 'TSModuleDeclaration') {
        this.#eraseNamespace(statement, declaration, declared, topLevel, statements);
      } else {
        this.visit(statement);
        this.text.endStatement(statement);
        if (/^(?:Class|Function)Declaration$/.test(declaration.type) && isNode(declaration.id))
          declared.add(declaration.id.name!);
      }
    }
  }

  #isErased(statement: SyntaxNode): boolean {
    if (isTypeOnly(statement)) return true;
    if (statement.declare !== true && !this.#isElided(statement)) return false;
    this.erased.add(statement);
    return true;
  }

  /** Whether a statement is erased although its node does not show it. */
  #isElided(statement: SyntaxNode): boolean {
    const { declaration } = statement;
    switch (statement.type) {
      case 'ImportDeclaration':
        return (
          !isExportedAlias(statement) && isEveryOne(statement.specifiers, (specifier) => this.#isDropped(specifier))
        );
      case 'TSImportEqualsDeclaration':
        if (statement.importKind === 'type' || this.#use.typeDeclarations.has(aliasedName(statement)?.name ?? ''))
          return true;
        return !isExportedAlias(statement) && this.#isUnused(statement.id.name);
      case 'ExportDefaultDeclaration':
        if (declaration?.type === 'Identifier') return this.#use.typeDeclarations.has(declaration.name);
        return isNode(declaration) && isTypeOnly(declaration);
      case 'ExportNamedDeclaration':
        if (isNode(declaration)) return isTypeOnly(declaration);
        return isEveryOne(statement.specifiers, (specifier) => this.#isDroppedExport(specifier, statement));
      default:
        return false;
    }
  }

  get #use(): NameUse {
    return (this.#names ??= nameUse(this.program));
  }

  #isUnused(name: string): boolean {
    return this.options.keepImports !== true && !this.#use.values.has(name);
  }

  #isDropped(specifier: ImportedName): boolean {
    return isTypeOnly(specifier) || this.#isUnused(specifier.local.name);
  }

  #isDroppedExport(specifier: ExportSpecifier, statement: ExportNamedDeclaration): boolean {
    if (specifier.exportKind === 'type') return true;
    return !isNode(statement.source) && this.#use.typeDeclarations.has(specifier.local.name ?? '');
  }

  #visitImport(node: ImportDeclaration): void {
    if (isExportedAlias(node)) return;
    let previous: SyntaxNode | undefined;
    for (const specifier of node.specifiers ?? []) {
      if (!this.#isDropped(specifier)) previous = specifier;
      else if (specifier.type === 'ImportNamespaceSpecifier' && previous !== undefined) {
        this.text.remove({ start: previous.end, end: specifier.end });
        this.erased.add(specifier);
      } else this.#removeSpecifier(specifier);
    }
  }

  #visitExport(node: ExportNamedDeclaration): void {
    if (isNode(node.declaration)) {
      this.visit(node.declaration);
      return;
    }
    for (const specifier of node.specifiers ?? []) {
      if (this.#isDroppedExport(specifier, node)) this.#removeSpecifier(specifier);
    }
  }

  #removeSpecifier(specifier: SyntaxNode): void {
    const next = this.text.tokenFrom(specifier.end);
    this.text.remove({ start: specifier.start, end: next.label === ',' ? next.end : specifier.end });
    this.erased.add(specifier);
  }

  #visitImportAlias(node: ImportAlias): void {
    let keyword = this.text.tokenFrom(node.start);
    if (isExportedAlias(node)) keyword = this.text.tokenFrom(keyword.end);
    this.text.replace(keyword, 'const');
  }

  #eraseEnum(container: SyntaxNode, node: EnumDeclarationNode, before: Set<string>, topLevel: boolean): void {
    const name = node.id.name;
    const merged = before.has(name);
    before.add(name);
    if (merged && container !== node) this.text.remove({ start: container.start, end: node.start });
    const declared = topLevel ? this.options.declareObject?.(node, merged) : undefined;
    const statement = merged ? '' : `${topLevel ? 'var' : 'let'} ${name} = {};`;
    this.enums.erase(node, merged, declared ?? { statement, object: name });
  }

  #eraseNamespace(
    container: SyntaxNode,
    node: NamespaceNode,
    before: Set<string>,
    topLevel: boolean,
    list: readonly SyntaxNode[],
  ): void {
    const name = node.id.name;
    const merged = before.has(name);
    before.add(name);
    if (merged && container !== node) this.text.remove({ start: container.start, end: node.start });
    const declared = topLevel
      ? (this.options.declareObject?.(node, merged) ?? { statement: `var ${name} = {};`, object: name })
      : this.namespaces.declareInner(name, container !== node, list);
    const declaration = merged ? { ...declared, statement: '' } : declared;
    this.namespaces.erase(node, list, declaration, (statements) => this.#visitStatements(statements, false));
  }

  /** The body of an `if`, a loop or a label has to be a statement. */
  #eraseLoneStatement(body: unknown): void {
    if (!isNode(body)) return;
    if (isTypeOnly(body)) this.text.replace(body, ';');
    else if (body.type === 'TSEnumDeclaration') {
      this.text.edits.wrap(body, '{', '}', Rank.bind);
      this.#eraseEnum(body, body, new Set(), false);
    } else if (body.type === 'TSModuleDeclaration') {
      throw this.text.error(body, "A namespace can't be the body of a statement. Move it out of this statement.");
    }
  }

  /** Annotations, type parameters and arguments, `?` and `!`. */
  #eraseAttached(node: SyntaxNode): void {
    const { typeAnnotation, typeParameters, typeArguments, superTypeParameters, returnType } = node;
    const decorator = node.decorators?.[0];
    if (decorator !== undefined && !/^(?:Class|MethodDefinition|PropertyDefinition)/.test(node.type)) {
      throw this.text.error(
        decorator,
        'ECMAScript has no decorators of parameters. Decorate the method or the class instead.',
      );
    }
    if (typeAnnotation?.type === 'TSTypeAnnotation') {
      const mark = this.text.tokenBefore(typeAnnotation.start);
      const marked = mark !== undefined && mark.start > node.start && /^[?!]$/.test(this.text.textOf(mark));
      this.text.remove({ start: marked ? mark.start : typeAnnotation.start, end: typeAnnotation.end });
    } else if (node.optional === true || node.definite === true) this.#eraseMark(node);
    if (isNode(typeParameters)) this.text.remove(typeParameters);
    if (isNode(typeArguments)) this.text.remove(typeArguments);
    if (isNode(superTypeParameters)) this.text.remove(superTypeParameters);
    if (isNode(returnType)) this.text.remove(returnType);
  }

  /** The `?` or `!` of what has no type. */
  #eraseMark(node: SyntaxNode): void {
    if (node.type === 'VariableDeclarator') {
      if (!isNode(node.id.typeAnnotation)) this.text.remove(this.text.tokenFrom(node.id.end));
    } else if (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') {
      let token = this.text.tokenFrom(node.key.end);
      if (node.computed === true) while (token.label !== ']') token = this.text.tokenFrom(token.end);
      this.text.remove(node.computed === true ? this.text.tokenFrom(token.end) : token);
    } else if (this.text.source[node.end - 1] === '?') {
      this.text.remove({ start: node.end - 1, end: node.end });
    }
  }

  #eraseThisParameter(node: FunctionNode): void {
    const first = node.params?.[0];
    if (first?.type !== 'Identifier' || first.name !== 'this') return;
    const next = this.text.tokenFrom(first.end);
    this.text.remove({ start: first.start, end: next.label === ',' ? next.end : first.end });
  }

  #eraseDecorators(node: ClassNode): void {
    const isTopLevel = bodyList(this.program).some((statement) => statement === node || statement.declaration === node);
    const isValue =
      node.type === 'ClassExpression' || !isNode(node.id) || (isTopLevel && this.options.assignsClasses === true);
    this.decorators.erase(node, !isValue, this.#classNames.get(node));
    for (const decorator of node.decorators ?? []) this.visit(decorator);
  }

  #visitMember(member: SyntaxNode, derived: boolean): void {
    if (isTypeOnly(member) || isOverload(member)) {
      this.text.replace(member, ';');
      return;
    }
    if (member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') {
      if (member.accessor === true) eraseAccessor(member, this.text);
      else eraseModifiers(member, this.text);
      if (member.type === 'MethodDefinition') assignParameterProperties(member, derived, this.text);
    }
    this.visit(member);
    if (member.type === 'PropertyDefinition') this.text.endField(member);
  }

  #eraseAssertion(node: WrappedExpression): void {
    let inner: SyntaxNode = node;
    while (inner.type === 'TSTypeAssertion') inner = inner.expression;
    const assertion = { start: node.start, end: inner.start };
    // The expression may have to begin on this line, or would read as a block or a declaration.
    const first = this.text.textOf(this.text.tokenFrom(inner.start));
    if (this.text.lineBreaks(assertion) !== '' || /^(?:\{|function|class|async|let)$/.test(first)) {
      this.text.edits.wrap(node, '(', ')', Rank.erase);
    }
    this.visit(inner);
    this.text.remove(assertion);
  }
}
