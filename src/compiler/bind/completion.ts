import { Rank, type Edits } from '../output/edits.js';
import { bodyList, bodyNode, isTypeOnly, loopTypes, type SyntaxNode } from '../parse/syntax.js';

/** Statements whose value is undefined where nothing in them produces one. */
const resets: ReadonlySet<string> = new Set([
  ...loopTypes,
  'IfStatement',
  'SwitchStatement',
  'TryStatement',
  'WithStatement',
]);

/** Whether a statement ends with a value of its own, whatever came before it (ECMA-262, UpdateEmpty). */
function produces(statement: SyntaxNode): boolean {
  if (statement.type === 'BlockStatement') return bodyList(statement).some(produces);
  if (statement.type === 'LabeledStatement') return produces(bodyNode(statement));
  return statement.type === 'ExpressionStatement' || resets.has(statement.type);
}

/**
 * Records the completion value of a program in `target`, as ECMA-262 defines it for statements: `5; let z` gives 5,
 * `if (false) 1` gives undefined. Only the last statement that produces a value needs it, and blocks before it that may not.
 */
export function recordCompletion(
  program: SyntaxNode,
  edits: Edits,
  target: string,
  temporary: (serial: number) => string,
): void {
  const statements = bodyList(program);
  const recorder = new CompletionRecorder(edits, target, temporary);
  for (let index = statements.length - 1; index >= 0; index--) {
    const statement = statements[index]!;
    if (isTypeOnly(statement)) continue;
    // A default export without a name is the value; binding it records that.
    if (statement.type === 'ExportDefaultDeclaration' && statement.declaration!.id == null) return;
    recorder.record(statement);
    if (produces(statement) && statement.type !== 'BlockStatement' && statement.type !== 'LabeledStatement') return;
  }
}

class CompletionRecorder {
  readonly #edits: Edits;
  readonly #target: string;
  readonly #temporary: (serial: number) => string;
  #serial = 0;

  constructor(edits: Edits, target: string, temporary: (serial: number) => string) {
    this.#edits = edits;
    this.#target = target;
    this.#temporary = temporary;
  }

  record(node: SyntaxNode): void {
    // Before the labels: between them and their statement a reset would part the two.
    const statement = innermost(node);
    if (resets.has(statement.type)) this.#edits.wrap(node, `${this.#target}=void 0;`, '', Rank.bind);
    this.#recordUnlabeled(statement);
  }

  #recordUnlabeled(node: SyntaxNode): void {
    switch (node.type) {
      case 'ExpressionStatement': {
        const expression = node.expression;
        // A directive reads as an expression here, which its value is.
        this.#edits.wrap(expression, `${this.#target}=(`, ')', Rank.bind);
        return;
      }
      case 'BlockStatement':
        for (const statement of bodyList(node)) this.record(statement);
        return;
      case 'IfStatement':
        this.#recordBlock(node.consequent);
        if (node.alternate != null) this.#recordBlock(node.alternate);
        return;
      case 'SwitchStatement':
        for (const one of node.cases ?? []) for (const statement of one.consequent) this.record(statement);
        return;
      case 'TryStatement':
        this.record(node.block);
        if (node.handler != null) this.record(bodyNode(node.handler));
        if (node.finalizer != null) this.#recordFinalizer(node.finalizer);
        return;
      default:
        if (resets.has(node.type)) this.#recordBlock(bodyNode(node));
    }
  }

  /** A `finally` that ends normally leaves the value of its `try`. */
  #recordFinalizer(block: SyntaxNode): void {
    const saved = this.#temporary(++this.#serial);
    this.#edits.insert(block.start + 1, `const ${saved}=${this.#target};`, Rank.bind);
    this.record(block);
    this.#edits.insert(block.end - 1, `;${this.#target}=${saved};`, Rank.bind);
  }

  #recordBlock(statement: SyntaxNode): void {
    if (statement.type !== 'BlockStatement') this.#edits.wrap(statement, '{', '}', Rank.bind);
    this.record(statement);
  }
}

/** The statement behind the labels of a statement. */
function innermost(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.type === 'LabeledStatement') inner = bodyNode(inner);
  return inner;
}
