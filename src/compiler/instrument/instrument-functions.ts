import type { Block, FunctionNode, VariableDeclaration } from '../parse/nodes.js';
import { Rank } from '../output/edits.js';
import type { EnclosingFunction, Instrumentation } from './instrumentation.js';
import { mayBeThenable, type FunctionFacts } from './instrument-facts.js';
import { forEachBinding, forEachVar } from '../parse/scopes.js';
import { bodyList, isTypeOnly, type SyntaxNode } from '../parse/syntax.js';

/** Gives each function with suspension points its activation, and lets async functions note their rejections. */
export class FunctionInstrumenter {
  readonly #shared: Instrumentation;

  constructor(shared: Instrumentation) {
    this.#shared = shared;
  }

  function(node: FunctionNode): void {
    const body = node.body as SyntaxNode | null | undefined;
    const facts = this.#shared.facts.functions.get(node)!;
    const hasActivation = facts.suspends && body != null;
    const enclosing: EnclosingFunction = {
      activation: hasActivation ? this.#shared.names.activation : undefined,
      async: node.async === true,
      generator: node.generator === true,
      noted: node.async === true ? placeOfNote(facts) : undefined,
    };
    if (body != null) {
      if (body.type !== 'BlockStatement') this.#expressionBody(body, enclosing, facts);
      else if (hasActivation || enclosing.noted === 'caught') this.#blockBody(node, body, facts, enclosing);
    }
    this.#shared.visitChildren(node, enclosing);
  }

  /** An arrow function without a block. */
  #expressionBody(body: SyntaxNode, enclosing: EnclosingFunction, facts: FunctionFacts): void {
    const { edits, names, tokens } = this.#shared;
    const { activation, async } = enclosing;
    const returned = async && mayBeThenable(body) ? `${names.returned}(` : '(';
    const end = this.#end(enclosing);
    if (end === '' && returned === '(') return;
    const arrow = tokens.before(body.start, '=>');
    const enter = activation === undefined ? '' : `${this.#resultVariable(facts)}const ${activation}=${names.enter}();`;
    const [open, close] = end === '' ? [' ', ''] : [`{${enter}try{return `, `}${end}}`];
    edits.insert(arrow.end, open + returned, Rank.instrument);
    edits.wrap({ start: arrow.start, end: body.end }, '', `)${close}`, Rank.instrument);
  }

  #blockBody(node: FunctionNode, body: Block, facts: FunctionFacts, enclosing: EnclosingFunction): void {
    const { edits, names } = this.#shared;
    const { activation } = enclosing;
    const { enter, capture, reenter } = names;
    let open = activation === undefined ? '' : `const ${activation}=${enter}();`;
    const result = this.#resultVariable(facts);
    if (node.generator === true) {
      if (this.#canCaptureInParameters(node, body, facts)) {
        this.#captureInParameters(node, body);
        open = `${reenter}(${activation});`;
      } else open = `const ${activation}=${capture}();${reenter}(${activation});`;
    }
    const directives = bodyList(body).filter((statement) => statement.directive !== undefined);
    const last = directives.at(-1);
    const variables = this.#separateFunctions(body);
    edits.insert(
      last?.end ?? body.start + 1,
      `${last === undefined ? '' : ';'}${result}${open}${variables}try{`,
      Rank.instrument,
    );
    edits.insert(body.end - 1, `}${this.#end(enclosing)}`, Rank.instrument);
  }

  /** The clauses after the `try` around a body: an async function records its rejection, and the activation ends. */
  #end({ activation, noted }: EnclosingFunction): string {
    const { rejected, exit, target } = this.#shared.names;
    const caught = noted === 'caught' ? `catch(${target}){throw ${rejected}(${activation ?? 'void 0'},${target})}` : '';
    return activation === undefined ? caught : `${caught}finally{${exit}(${activation})}`;
  }

  #resultVariable({ usesResults }: FunctionFacts): string {
    return usesResults ? `let ${this.#shared.names.result};` : '';
  }

  /**
   * A generator captures the context at its call, when only its parameters run: in a rest pattern, which keeps `length`. Where
   * that would change the meaning of the parameters, the capture waits for the first `next()`.
   */
  #canCaptureInParameters(node: FunctionNode, body: SyntaxNode, facts: FunctionFacts): boolean {
    const params = node.params ?? [];
    const isSimple = params.every((param) => param.type === 'Identifier');
    const isDirective = bodyList(body).some((statement) => statement.directive === 'use strict');
    if (isDirective && !facts.strictOutside) return false;
    if (isSimple && new Set(params.map((param) => param.name)).size < params.length) return false;
    // `arguments` and simple parameters are the same variables in sloppy code.
    return facts.strict || !facts.usesArguments || !isSimple || params.length === 0;
  }

  #captureInParameters(node: FunctionNode, body: SyntaxNode): void {
    const { edits, names, tokens } = this.#shared;
    for (const statement of bodyList(body)) {
      // Not allowed next to a rest pattern, and already present outside.
      if (statement.directive === 'use strict') edits.erase(statement);
    }
    // TypeScript's parameter `this` goes away, its comma with it.
    const params = (node.params ?? []).filter((param) => param.name !== 'this');
    const last = params.at(-1);
    const capture = `"\\0f":${names.activation}=${names.capture}()}`;
    if (last?.type === 'RestElement') {
      edits.insert(last.start + '...'.length, '{"\\0z":', Rank.instrument);
      edits.wrap(last, '', `=${names.restArguments}(arguments,${params.length - 1}),${capture}`, Rank.instrument);
      return;
    }
    const close = tokens.closeOfParameters(node);
    const before = tokens.previous(close.start);
    if (last !== undefined && before?.label === ',') edits.erase(before);
    edits.insert(close.start, `${last === undefined ? '' : ','}...{${capture}`, Rank.instrument);
  }

  /**
   * In the `try`, the functions that a body declares stand in a block, where they can't share a name with each other or
   * with a `var`. So earlier functions are removed, and such a `var` becomes an assignment. Returns text that declares the
   * other names of the `var`.
   */
  #separateFunctions(body: SyntaxNode): string {
    const { edits, assignedVariables } = this.#shared;
    const functions = new Map<string, SyntaxNode>();
    for (const statement of bodyList(body)) {
      if (statement.type !== 'FunctionDeclaration' || isTypeOnly(statement) || statement.body == null) continue;
      const earlier = functions.get(statement.id!.name!);
      if (earlier !== undefined) edits.erase(earlier);
      functions.set(statement.id!.name!, statement);
    }
    if (functions.size === 0) return '';
    const others = new Set<string>();
    forEachVar(body, (declaration) => {
      const declared: string[] = [];
      for (const { id } of declaration.declarations ?? [])
        forEachBinding(id, (identifier) => declared.push(identifier.name));
      if (!declared.some((name) => functions.has(name))) return;
      assignedVariables.add(declaration);
      for (const name of declared) if (!functions.has(name)) others.add(name);
    });
    return others.size === 0 ? '' : `var ${[...others].join(',')};`;
  }

  /** `var a = 1, { b } = x` becomes `a = 1, ({ b } = x)`. */
  assignVariables(node: VariableDeclaration, parent: SyntaxNode | undefined): void {
    const { edits } = this.#shared;
    if (parent?.type === 'ForOfStatement' && parent.await === true && node.declarations[0].id.type !== 'Identifier')
      return;
    edits.erase({ start: node.start, end: node.start + 'var'.length });
    const isHead = parent?.type === 'ForOfStatement' || parent?.type === 'ForInStatement';
    if (isHead) return;
    for (const declarator of node.declarations ?? []) {
      if (declarator.id.type !== 'Identifier') edits.wrap(declarator, '(', ')', Rank.instrument);
    }
    if (parent?.type === 'ForStatement') return;
    if (isStatementList(parent)) edits.insert(node.start, ';', Rank.instrument);
    if (edits.source[node.end - 1] !== ';') edits.wrap(node, '', ';', Rank.instrument);
  }
}

function placeOfNote({ suspends, throws, reachesOthers }: FunctionFacts): EnclosingFunction['noted'] {
  if (reachesOthers || (suspends && !throws)) return 'caught';
  return throws ? 'thrown' : undefined;
}

/** Whether statements stand next to each other in a node. */
function isStatementList(node: SyntaxNode | undefined): boolean {
  return node !== undefined && (node.type === 'SwitchCase' || (bodyList(node).length > 0 && node.type !== 'ClassBody'));
}
