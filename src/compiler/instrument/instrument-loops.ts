import type { ForInStatement, ForStatement, LabeledStatement, VariableDeclaration } from '../parse/nodes.js';
import { Rank } from '../output/edits.js';
import type { Instrumentation } from './instrumentation.js';
import type { ResourceInstrumenter } from './instrument-resources.js';
import { unwrapped, type SyntaxNode } from '../parse/syntax.js';

/** `for await`, and other loops whose iterator is closed after a failed suspension. */
export class LoopInstrumenter {
  readonly #shared: Instrumentation;
  readonly #resources: ResourceInstrumenter;
  readonly #topLevelAssigned: boolean;
  /** Texts of the labels of loops. */
  readonly #labels = new Map<SyntaxNode, string>();

  constructor(shared: Instrumentation, resources: ResourceInstrumenter, topLevelAssigned: boolean) {
    this.#shared = shared;
    this.#resources = resources;
    this.#topLevelAssigned = topLevelAssigned;
  }

  label(node: LabeledStatement, activation: string): void {
    let labels = '';
    let loop: SyntaxNode = node;
    for (; loop.type === 'LabeledStatement'; loop = loop.body) labels += `${loop.label.name}:`;
    if (this.#labels.has(loop)) return;
    this.#labels.set(loop, labels);
    if (loop.type === 'ForOfStatement' && loop.await === true) this.#closing(node, activation);
    // The head of such a loop becomes a block, which labels of a loop can't stand at.
    else if (loop.type === 'ForStatement' && isAwaitUsing(loop.init))
      this.#shared.edits.erase({ start: node.start, end: loop.start });
  }

  for(node: ForStatement, activation: string): void {
    if (isAwaitUsing(node.init)) this.#resources.forHead(node, node.init, activation, this.#labels.get(node) ?? '');
  }

  forOf(node: ForInStatement, activation: string, isTopLevel: boolean): void {
    const { names, edits, tokens, facts } = this.#shared;
    const left = node.left;
    const body = node.body;
    if (node.await !== true && !isAwaitUsing(left)) {
      // The iterator is closed in the activation's context, even after a failed suspension in the body.
      if (facts.suspendsIn(body)) this.#wrapBody(node, '{try{', `}finally{${names.reenter}(${activation})}}`);
      return;
    }
    if (node.await === true) {
      if (!this.#labels.has(node)) this.#closing(node, activation);
      const of = tokens.before(node.right.start, 'name');
      edits.insert(of.end, ` ${names.asyncIterable}(${activation},`, Rank.instrument);
      edits.wrap({ start: of.start, end: node.right.end }, '', ')', Rank.instrument);
    }
    const resume = node.await === true ? `${names.resume}(${activation});` : '';
    if (left.type === 'VariableDeclaration') this.#declaredTarget(node, left, resume, activation, isTopLevel);
    else if (unwrapped(left).type === 'Identifier') this.#plainBody(node, resume);
    else this.#assignedTarget(node, left, resume);
  }

  /** Closing the iterator suspends, however the loop ends; the function resumes afterwards. */
  #closing(node: SyntaxNode, activation: string): void {
    this.#shared.edits.wrap(node, 'try{', `}finally{${this.#shared.names.reenter}(${activation})}`, Rank.instrument);
  }

  /** Outside of other text around the body, also if the body is an expression without a semicolon. */
  #wrapBody(node: ForInStatement, before: string, after: string): void {
    const { edits } = this.#shared;
    const body = node.body;
    edits.insert(body.start, before, Rank.instrument);
    edits.wrap({ start: node.left.start, end: body.end }, '', after, Rank.instrument);
  }

  #plainBody(node: ForInStatement, resume: string): void {
    const body = node.body;
    if (body.type === 'BlockStatement') this.#shared.edits.insert(body.start + 1, resume, Rank.instrument);
    else this.#wrapBody(node, `{${resume}`, '}');
  }

  #declaredTarget(
    node: ForInStatement,
    left: VariableDeclaration,
    resume: string,
    activation: string,
    isTopLevel: boolean,
  ): void {
    const { edits, names, assignedVariables } = this.#shared;
    const id = left.declarations[0].id;
    if (left.kind === 'using' || left.kind === 'await using') {
      const name = id.name!;
      // With its own name the variable is in its dead zone while the iterable is evaluated.
      edits.replace(left, `const ${left.kind === 'using' ? names.target : name} `);
      const resumption = this.#resources.resumption(activation);
      const declared =
        left.kind === 'using'
          ? `using ${name}=${names.target};${resumption.text}`
          : `${resumption.text}${this.#resources.disposal(activation, resumption.name, name)};`;
      this.#wrapBody(node, `{${resume}${declared}`, '}');
    } else if (id.type === 'Identifier') this.#plainBody(node, resume);
    else if (assignedVariables.has(left) || (isTopLevel && left.kind === 'var' && this.#topLevelAssigned)) {
      edits.erase({ start: left.start, end: id.start });
      this.#assignedTarget(node, id, resume);
    } else {
      edits.erase({ start: left.start, end: id.start });
      this.#moveTarget(node, id, `{${resume}${left.kind} `, `=${names.target};`);
    }
  }

  #assignedTarget(node: ForInStatement, target: SyntaxNode, resume: string): void {
    this.#moveTarget(node, target, `{${resume}(`, `=${this.#shared.names.target});`);
  }

  /** `for await (TARGET of …) BODY` becomes `for await (const target of …) {resume(activation);TARGET=target;BODY}`. */
  #moveTarget(node: ForInStatement, target: SyntaxNode, before: string, after: string): void {
    const { edits, names } = this.#shared;
    const body = node.body;
    edits.insert(node.left.start, `const ${names.target} `, Rank.instrument);
    edits.move(target, body.start, before, after, Rank.instrument);
    edits.wrap({ start: node.left.start, end: body.end }, '', '}', Rank.instrument);
  }
}

function isAwaitUsing(node: SyntaxNode | null | undefined): node is VariableDeclaration {
  return node?.type === 'VariableDeclaration' && node.kind === 'await using';
}
