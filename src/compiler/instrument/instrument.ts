import type { BinaryExpression, CallExpression, ArgumentNode, TryStatement } from '../parse/nodes.js';
import { Rank, type Edits } from '../output/edits.js';
import type { EnclosingFunction, Instrumentation } from './instrumentation.js';
import {
  findSuspensions,
  isNewPromise,
  mayBeThenable,
  setsScheduleCallback,
  type SuspensionFacts,
} from './instrument-facts.js';
import { FunctionInstrumenter } from './instrument-functions.js';
import { LoopInstrumenter } from './instrument-loops.js';
import type { ActivationNames, Suspends } from './instrument-names.js';
import { ResourceInstrumenter } from './instrument-resources.js';
import type { TokenIndex } from '../parse/token-index.js';
import { forEachChild, isFunction, type SyntaxNode } from '../parse/syntax.js';

export interface InstrumentOptions {
  readonly names: ActivationNames;
  /** `async`: the program becomes the body of an async function, between the two texts of `topLevelActivation`. */
  readonly topLevel: 'script' | 'async';
  /** Whether the program is strict without saying so. */
  readonly strict: boolean;
  /** `assigned`: another pass turns the declarations of the program's own scope into assignments. @default 'declared' */
  readonly topLevelVariables?: 'declared' | 'assigned';
  /** Text of an object whose functions the async top level calls to suspend and resume. @default the activation functions */
  readonly topLevelWaits?: string;
}

/**
 * Writes calls of the activation functions (`src/context/activations/`) around everything that suspends a function, so that the
 * ambient context follows it. Functions stay native, no tick is added, no line moves.
 */
export function instrument(
  program: SyntaxNode,
  tokens: TokenIndex,
  edits: Edits,
  options: InstrumentOptions,
): Suspends {
  return new Instrumenter(program, tokens, edits, options).run();
}

class Instrumenter implements Instrumentation {
  readonly tokens: TokenIndex;
  readonly facts: SuspensionFacts;
  readonly names: ActivationNames;
  readonly assignedVariables = new Set<SyntaxNode>();
  readonly #program: SyntaxNode;
  readonly #options: InstrumentOptions;
  readonly #functions: FunctionInstrumenter;
  readonly #loops: LoopInstrumenter;
  readonly #resources: ResourceInstrumenter;
  /** Functions that the top level calls to suspend and resume. */
  readonly #top: Pick<ActivationNames, 'suspend' | 'resume' | 'reenter'>;

  constructor(
    program: SyntaxNode,
    tokens: TokenIndex,
    readonly edits: Edits,
    options: InstrumentOptions,
  ) {
    this.#program = program;
    this.#options = options;
    this.tokens = tokens;
    this.names = options.names;
    const { topLevelWaits: waits } = options;
    this.#top =
      waits === undefined
        ? options.names
        : { suspend: `${waits}.suspend`, resume: `${waits}.resume`, reenter: `${waits}.reenter` };
    this.facts = findSuspensions(program, options.strict, tokens);
    this.#functions = new FunctionInstrumenter(this);
    this.#resources = new ResourceInstrumenter(this);
    this.#loops = new LoopInstrumenter(this, this.#resources, options.topLevelVariables === 'assigned');
  }

  run(): Suspends {
    const suspends = this.#options.topLevel === 'async' && this.facts.suspendsIn(this.#program);
    const top: EnclosingFunction | undefined =
      this.#options.topLevel === 'script'
        ? undefined
        : {
            activation: suspends ? this.names.topActivation : undefined,
            async: true,
            generator: false,
            noted: undefined,
          };
    this.visitChildren(this.#program, top);
    return { suspends, usesResults: this.facts.usesResults };
  }

  visitChildren(node: SyntaxNode, enclosing: EnclosingFunction | undefined): void {
    forEachChild(node, this.#visit, enclosing, node);
  }

  readonly #visit = (node: SyntaxNode, enclosing: EnclosingFunction | undefined, parent: SyntaxNode): void => {
    if (isFunction(node)) {
      if (this.facts.functions.get(node)?.holdsWork === true) this.#functions.function(node);
      return;
    }
    if (node.type === 'ReturnStatement') this.#return(node, enclosing);
    else if (isNewPromise(node)) this.#newPromise(node);
    else if (setsScheduleCallback(node)) this.#queue(node);
    else if (node.type === 'ThrowStatement' && enclosing?.noted === 'thrown') this.#throw(node, enclosing);
    else if (node.type === 'VariableDeclaration' && this.assignedVariables.has(node)) {
      this.#functions.assignVariables(node, parent);
    }
    const activation = enclosing?.activation;
    if (enclosing === undefined || activation === undefined) return this.visitChildren(node, enclosing);
    switch (node.type) {
      case 'AwaitExpression':
        this.#await(node, activation);
        break;
      case 'YieldExpression':
        this.#yield(node, activation, enclosing.async);
        break;
      case 'TryStatement':
        this.#try(node, activation);
        break;
      case 'LabeledStatement':
        this.#loops.label(node, activation);
        break;
      case 'ForOfStatement':
        this.#loops.forOf(node, activation, parent === this.#program);
        break;
      case 'ForStatement':
        this.#loops.for(node, activation);
        break;
      case 'VariableDeclaration':
        if (!this.#isAssignedHere(parent)) this.#resources.declaration(node, parent, activation);
        break;
      default:
    }
    this.visitChildren(node, enclosing);
  };

  #isAssignedHere(parent: SyntaxNode | undefined): boolean {
    return parent === this.#program && this.#options.topLevelVariables === 'assigned';
  }

  #await(node: SyntaxNode, activation: string): void {
    this.edits.insert(node.start + 'await'.length, ` ${this.#of(activation).suspend}(${activation},`, Rank.instrument);
    this.#resumption(node, activation, ')');
  }

  #of(activation: string): Pick<ActivationNames, 'suspend' | 'resume' | 'reenter'> {
    return activation === this.names.topActivation ? this.#top : this.names;
  }

  #yield(node: SyntaxNode, activation: string, isAsync: boolean): void {
    const { suspend, suspendYield, asyncIterable, syncIterable } = this.names;
    if (node.argument == null) {
      this.#resumption(node, activation, ` ${suspendYield}(${activation},void 0)`);
      return;
    }
    if (node.delegate === true) {
      const star = this.tokens.after(node.start, '*');
      this.edits.insert(star.end, ` ${isAsync ? asyncIterable : syncIterable}(${activation},`, Rank.instrument);
    } else {
      this.edits.insert(
        node.start + 'yield'.length,
        ` ${isAsync ? suspend : suspendYield}(${activation},`,
        Rank.instrument,
      );
    }
    this.#resumption(node, activation, ')');
  }

  /**
   * `await x` becomes `(result=await suspend(activation,x),resume(activation),result)`: the stack holds no callee and
   * arguments across the suspension, which is faster. As a statement it becomes `await suspend(activation,x),resume(activation)`.
   */
  #resumption(node: SyntaxNode, activation: string, close: string): void {
    const { result } = this.names;
    const { resume } = this.#of(activation);
    switch (this.facts.placeOf(node)) {
      case 'statement': {
        // After a lone `yield` on its own line, the next line is another statement, whatever its first token.
        const end = node.argument == null && this.tokens.from(node.end)?.label !== ';' ? ';' : '';
        this.edits.wrap(node, '', `${close},${resume}(${activation})${end}`, Rank.instrument);
        return;
      }
      case 'start':
        this.edits.wrap(node, `${resume}(${activation},`, `${close})`, Rank.instrument);
        return;
      case 'inside':
        this.edits.wrap(node, `(${result}=`, `${close},${resume}(${activation}),${result})`, Rank.instrument);
    }
  }

  #return(node: SyntaxNode, enclosing: EnclosingFunction | undefined): void {
    const { argument } = node;
    if (argument == null || enclosing?.async !== true) return;
    let call: string;
    if (enclosing.generator) call = `${this.names.suspend}(${enclosing.activation},`;
    else if (mayBeThenable(argument)) call = `${this.names.returned}(`;
    else return;
    const [open, close] = argument.type === 'SequenceExpression' ? ['(', '))'] : ['', ')'];
    this.edits.insert(node.start + 'return'.length, ` ${call}${open}`, Rank.instrument);
    this.edits.wrap({ start: node.start, end: argument.end }, '', close, Rank.instrument);
  }

  #throw(node: ArgumentNode, { activation }: EnclosingFunction): void {
    this.edits.insert(
      node.start + 'throw'.length,
      ` ${this.names.rejected}(${activation ?? 'void 0'},`,
      Rank.instrument,
    );
    this.edits.wrap({ start: node.start, end: node.argument.end }, '', ')', Rank.instrument);
  }

  /** The function may resume in a `catch` or `finally`, after a suspension that ended with an error or a `return`. */
  #try(node: TryStatement, activation: string): void {
    const { target } = this.names;
    const { reenter } = this.#of(activation);
    const { block, handler, finalizer } = node;
    const blockSuspends = this.facts.suspendsIn(block);
    if (handler != null && blockSuspends) {
      const body = handler.body;
      const { param } = handler;
      if (param == null || param.type === 'Identifier') {
        this.edits.insert(body.start + 1, `${reenter}(${activation});`, Rank.instrument);
      } else {
        // `catch (PATTERN) {…}` becomes `catch (target) {reenter(activation);let PATTERN=target;{…}}`.
        const close = this.tokens.before(body.start, ')');
        this.edits.insert(param.start, `${target}){${reenter}(${activation});let `, Rank.instrument);
        this.edits.replace(close, `=${target};`);
        this.edits.wrap(handler, '', '}', Rank.instrument);
      }
    }
    if (finalizer != null && (blockSuspends || (handler != null && this.facts.suspendsIn(handler)))) {
      this.edits.insert(finalizer.start + 1, `${reenter}(${activation});`, Rank.instrument);
    }
  }

  /**
   * `exports.unstable_scheduleCallback = function (priority, task) {`: the scheduler that React brings along empties one queue for all
   * of its callers, so that each task has to keep its own context.
   */
  #queue({ right }: BinaryExpression): void {
    if (right.type !== 'FunctionExpression') return;
    const { params, body } = right;
    const [priority, task] = [params[0]?.name, params[1]?.name];
    if (priority === undefined || task === undefined) return;
    this.edits.insert(body.start + 1, `${task}=${this.names.scheduled}(${task},${priority});`, Rank.instrument);
  }

  /** The executor of a promise. Whether the constructor is the realm's is checked at run time. */
  #newPromise(node: CallExpression): void {
    const first = node.arguments?.[0];
    if (first === undefined || first.type === 'SpreadElement') return;
    this.edits.wrap(first, `${this.names.executor}(Promise,`, ')', Rank.instrument);
  }
}
