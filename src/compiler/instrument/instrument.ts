import { Rank, type Edits } from '../output/edits.js';
import type { Activation, Instrumentation } from './instrument-activation.js';
import { findSuspensions, mayBeThenable, type SuspensionFacts } from './instrument-facts.js';
import { FunctionInstrumenter } from './instrument-functions.js';
import { LoopInstrumenter } from './instrument-loops.js';
import type { FrameNames, Suspends } from './instrument-names.js';
import { ResourceInstrumenter } from './instrument-resources.js';
import { TokenIndex } from '../parse/token-index.js';
import { forEachChild, isFunction, type SyntaxNode, type Token } from '../parse/syntax.js';

export interface InstrumentOptions {
  readonly names: FrameNames;
  /** `async`: the program becomes the body of an async function, between the two texts of `topLevelFrame`. */
  readonly topLevel: 'script' | 'async';
  /** Whether the program is strict without saying so. */
  readonly strict: boolean;
  /** `assigned`: another pass turns the declarations of the program's own scope into assignments. @default 'declared' */
  readonly topLevelVariables?: 'declared' | 'assigned';
}

/**
 * Writes calls of the frame functions (`src/context/frames.ts`) around everything that suspends a function, so that the
 * ambient context follows it. Functions stay native, no tick is added, no line moves.
 */
export function instrument(
  program: SyntaxNode,
  tokens: readonly Token[],
  edits: Edits,
  options: InstrumentOptions,
): Suspends {
  return new Instrumenter(program, tokens, edits, options).run();
}

class Instrumenter implements Instrumentation {
  readonly tokens: TokenIndex;
  readonly facts: SuspensionFacts;
  readonly names: FrameNames;
  readonly assignedVariables = new Set<SyntaxNode>();
  readonly #program: SyntaxNode;
  readonly #options: InstrumentOptions;
  readonly #functions: FunctionInstrumenter;
  readonly #loops: LoopInstrumenter;
  readonly #resources: ResourceInstrumenter;

  constructor(
    program: SyntaxNode,
    tokens: readonly Token[],
    readonly edits: Edits,
    options: InstrumentOptions,
  ) {
    this.#program = program;
    this.#options = options;
    this.tokens = new TokenIndex(tokens);
    this.names = options.names;
    this.facts = findSuspensions(program, options.strict);
    this.#functions = new FunctionInstrumenter(this);
    this.#resources = new ResourceInstrumenter(this);
    this.#loops = new LoopInstrumenter(this, this.#resources, options.topLevelVariables === 'assigned');
  }

  run(): Suspends {
    const suspends = this.#options.topLevel === 'async' && this.facts.suspendsIn(this.#program);
    const top: Activation | undefined =
      this.#options.topLevel === 'script'
        ? undefined
        : { frame: suspends ? this.names.topFrame : undefined, async: true, generator: false, noted: undefined };
    this.visitChildren(this.#program, top);
    return { suspends, usesResults: this.facts.usesResults };
  }

  visitChildren(node: SyntaxNode, activation: Activation | undefined): void {
    forEachChild(node, (child) => this.visit(child, activation, node));
  }

  visit(node: SyntaxNode, activation: Activation | undefined, parent: SyntaxNode | undefined): void {
    if (isFunction(node)) return this.#functions.function(node);
    if (node.type === 'ReturnStatement') this.#return(node, activation);
    else if (node.type === 'NewExpression') this.#newPromise(node);
    else if (node.type === 'ThrowStatement' && activation?.noted === 'thrown') this.#throw(node, activation);
    else if (node.type === 'VariableDeclaration' && this.assignedVariables.has(node)) {
      this.#functions.assignVariables(node, parent);
    }
    const frame = activation?.frame;
    if (activation === undefined || frame === undefined) return this.visitChildren(node, activation);
    switch (node.type) {
      case 'AwaitExpression':
        this.#await(node, frame);
        break;
      case 'YieldExpression':
        this.#yield(node, frame, activation.async);
        break;
      case 'TryStatement':
        this.#try(node, frame);
        break;
      case 'LabeledStatement':
        this.#loops.label(node, frame);
        break;
      case 'ForOfStatement':
        this.#loops.forOf(node, frame, parent === this.#program);
        break;
      case 'ForStatement':
        this.#loops.for(node, frame);
        break;
      case 'VariableDeclaration':
        if (!this.#isAssignedHere(parent)) this.#resources.declaration(node, parent!, frame);
        break;
      default:
    }
    this.visitChildren(node, activation);
  }

  #isAssignedHere(parent: SyntaxNode | undefined): boolean {
    return parent === this.#program && this.#options.topLevelVariables === 'assigned';
  }

  #await(node: SyntaxNode, frame: string): void {
    this.edits.insert(node.start + 'await'.length, ` ${this.names.suspend}(${frame},`, Rank.instrument);
    this.#resumption(node, frame, ')');
  }

  #yield(node: SyntaxNode, frame: string, isAsync: boolean): void {
    const { suspend, suspendYield, asyncIterable, syncIterable } = this.names;
    if (node.argument == null) {
      this.#resumption(node, frame, ` ${suspendYield}(${frame},void 0)`);
      return;
    }
    if (node.delegate === true) {
      const star = this.tokens.after(node.start, '*');
      this.edits.insert(star.end, ` ${isAsync ? asyncIterable : syncIterable}(${frame},`, Rank.instrument);
    } else {
      this.edits.insert(node.start + 'yield'.length, ` ${isAsync ? suspend : suspendYield}(${frame},`, Rank.instrument);
    }
    this.#resumption(node, frame, ')');
  }

  /**
   * `await x` becomes `(result=await suspend(frame,x),resume(frame),result)`: what is not a value under way to a call is not
   * kept over the suspension, which is faster. As a statement it becomes `await suspend(frame,x),resume(frame)`.
   */
  #resumption(node: SyntaxNode, frame: string, close: string): void {
    const { resume, result } = this.names;
    switch (this.facts.placeOf(node)) {
      case 'statement': {
        // What follows a lone `yield` on its own line is another statement, whatever it begins with.
        const end = node.argument == null && this.tokens.from(node.end)?.label !== ';' ? ';' : '';
        this.edits.wrap(node, '', `${close},${resume}(${frame})${end}`, Rank.instrument);
        return;
      }
      case 'start':
        this.edits.wrap(node, `${resume}(${frame},`, `${close})`, Rank.instrument);
        return;
      case 'inside':
        this.edits.wrap(node, `(${result}=`, `${close},${resume}(${frame}),${result})`, Rank.instrument);
    }
  }

  #return(node: SyntaxNode, activation: Activation | undefined): void {
    const { argument } = node;
    if (argument == null || activation?.async !== true) return;
    let call: string;
    if (activation.generator) call = `${this.names.suspend}(${activation.frame!},`;
    else if (mayBeThenable(argument)) call = `${this.names.returned}(`;
    else return;
    const [open, close] = argument.type === 'SequenceExpression' ? ['(', '))'] : ['', ')'];
    this.edits.insert(node.start + 'return'.length, ` ${call}${open}`, Rank.instrument);
    this.edits.wrap({ start: node.start, end: argument.end }, '', close, Rank.instrument);
  }

  #throw(node: SyntaxNode, { frame }: Activation): void {
    this.edits.insert(node.start + 'throw'.length, ` ${this.names.rejected}(${frame ?? 'void 0'},`, Rank.instrument);
    this.edits.wrap({ start: node.start, end: node.argument!.end }, '', ')', Rank.instrument);
  }

  /** A `catch` or `finally` may be where the function goes on after a suspension that ended with an error, or a `return`. */
  #try(node: SyntaxNode, frame: string): void {
    const { reenter, target } = this.names;
    const { block, handler, finalizer } = node;
    const blockSuspends = this.facts.suspendsIn(block!);
    if (handler != null && blockSuspends) {
      const body = handler.body as SyntaxNode;
      const { param } = handler;
      if (param == null || param.type === 'Identifier') {
        this.edits.insert(body.start + 1, `${reenter}(${frame});`, Rank.instrument);
      } else {
        // `catch (PATTERN) {…}` becomes `catch (target) {reenter(frame);let PATTERN=target;{…}}`.
        const close = this.tokens.before(body.start, ')');
        this.edits.insert(param.start, `${target}){${reenter}(${frame});let `, Rank.instrument);
        this.edits.replace(close, `=${target};`);
        this.edits.wrap(handler, '', '}', Rank.instrument);
      }
    }
    if (finalizer != null && (blockSuspends || (handler != null && this.facts.suspendsIn(handler)))) {
      this.edits.insert(finalizer.start + 1, `${reenter}(${frame});`, Rank.instrument);
    }
  }

  /** The executor of a promise; a constructor that is not the realm's is told apart when it runs. */
  #newPromise(node: SyntaxNode): void {
    const first = node.arguments?.[0];
    if (node.callee?.name !== 'Promise' || first === undefined || first.type === 'SpreadElement') return;
    this.edits.wrap(first, `${this.names.executor}(Promise,`, ')', Rank.instrument);
  }
}
