import { Rank, type Edits } from '../output/edits.js';
import type { GeneratedNames } from '../output/generated-names.js';
import {
  canBeSplit,
  holdsTry,
  isFilledIn,
  isNextOf,
  isQuickIteration,
  isShortLoop,
  laboriousStart,
  stepsOf,
} from './guard-facts.js';
import { bodyList, forEachChild, isFunction, loopTypes, type SyntaxNode } from '../parse/syntax.js';

/** Identifiers of the code that guarding writes; none may occur in the source. */
interface GuardNames {
  /** The `GuardRuntime`. */
  readonly guard: string;
  /** Of each function with loops: rounds left until the next check, of loops that may swallow an error. */
  readonly rounds: string;
  /** Of each function with loops: rounds so far of other loops. */
  readonly steps: string;
  /** Of each function with loops that call nothing: rounds left until their next check. */
  readonly quick: string;
  /** Of a loop that was split: where its part ends. */
  readonly limit: string;
}

/**
 * Called by guarded code, which counts rounds itself: a call in each round of a loop would cost more than most rounds.
 */
export interface GuardRuntime {
  /** Calls of functions left until the next check. */
  calls: number;
  /** Rounds of a loop before its first check. */
  readonly rounds: number;
  /** Called in every 64th round of a loop. @throws the interruption of the execution that runs */
  tick(): void;
  /** Returns the number of rounds or calls until the next check. @throws the interruption of the execution that runs */
  check(): number;
}

/** Nodes that may call a function: functions which contain one may call each other without end. */
const calls: ReadonlySet<string> = new Set([
  'CallExpression',
  'NewExpression',
  'TaggedTemplateExpression',
  'SpreadElement',
]);

/** Rounds of a loop that calls nothing: a few milliseconds. The engine leaves a check that no run has reached out of its machine code. */
const quickRounds = 2 ** 16;

/** A function, a static block or the program, the owner of its loops' counters. */
interface Body {
  readonly node?: SyntaxNode;
  readonly counters: Set<string>;
  calls: boolean;
}

/**
 * Guards a program, and returns the declarations to put before it.
 * @param runtime identifier of the runtime
 * @param hasValue whether the engine computes the completion value of the program
 */
export function addGuards(
  program: SyntaxNode,
  edits: Edits,
  names: GeneratedNames,
  runtime: string,
  hasValue = false,
): string {
  const own = {
    guard: names.of('g'),
    rounds: names.of('n'),
    steps: names.of('s'),
    quick: names.of('q'),
    limit: names.of('l'),
  };
  guard(program, edits, own, hasValue);
  return `const ${own.guard}=${runtime}.guard;`;
}

/**
 * Makes endless code interruptible by checks in loops, and at the start of each function that loops or calls another. No
 * line moves. A guard stands outside of a `try` in the loop, so that a loop which swallows the interruption still ends.
 */
function guard(program: SyntaxNode, edits: Edits, names: GuardNames, hasValue: boolean): void {
  const { guard: runtime, rounds, steps, quick, limit } = names;
  const declarations: Readonly<Record<string, string>> = {
    [rounds]: `${rounds}=${runtime}.rounds|0`,
    [steps]: `${steps}=0`,
    [quick]: `${quick}=${quickRounds}`,
  };

  const visitChildren = (node: SyntaxNode, body: Body): void => forEachChild(node, visit, body, node);

  const visit = (node: SyntaxNode, body: Body, parent: SyntaxNode): void => {
    if (isFunction(node)) return visitFunction(node, isNextOf(parent, node));
    if (node.type === 'StaticBlock') return visitStaticBlock(node);
    if (loopTypes.has(node.type)) {
      // Built-ins may call a function without end although its loops are too short for a check.
      body.calls = true;
      guardLoop(node, body, parent);
    } else if (calls.has(node.type)) body.calls = true;
    visitChildren(node, body);
  };

  /** Outside of other text around the body, also if the body is an expression without a semicolon. */
  const surround = (body: SyntaxNode, before: string, after: string): void => {
    edits.insert(body.start, before, Rank.guard);
    edits.wrap({ start: body.start - 1, end: body.end }, '', after, Rank.guard);
  };

  /**
   * The loop's own counter costs least; an added counter that goes up costs more. A loop that may swallow an error needs a
   * countdown set by the guard: only there the next round checks again.
   */
  const checkOf = (node: SyntaxNode, { counters }: Body): string => {
    const counted = stepsOf(node);
    if (isQuickIteration(node)) {
      counters.add(quick);
      return `if((${quick}=${quick}-1|0)<0)${quick}=${quickRounds},${runtime}.check();`;
    }
    if (holdsTry(node.body as SyntaxNode)) {
      counters.add(rounds);
      return `if((${rounds}=${rounds}-1|0)<0)${rounds}=${runtime}.check()|0;`;
    }
    if (counted !== undefined) return `if((${counted}&63)===63)${runtime}.tick();`;
    counters.add(steps);
    return `if(((${steps}=${steps}+1|0)&63)===63)${runtime}.tick();`;
  };

  /**
   * `for (let i = 0; test; i++) body` becomes a loop around one of 64 rounds. There is no call in those that the engine would
   * have to expect changes from.
   */
  const split = ({ init, test }: SyntaxNode, counter: string): void => {
    const outer = `,${limit}=${counter};${counter}>=${limit};${counter}<${limit}||${runtime}.tick())`;
    edits.insert((init as SyntaxNode).end, `${outer}for(${limit}=${counter}+64`, Rank.guard);
    edits.wrap(test as SyntaxNode, `${counter}<${limit}&&(`, ')', Rank.guard);
  };

  const guardLoop = (node: SyntaxNode, inside: Body, parent: SyntaxNode): void => {
    if (isShortLoop(node)) return;
    if (isQuickIteration(node) && inside.node !== undefined && isFilledIn(inside.node, node.right?.name)) return;
    const body = node.body as SyntaxNode;
    const counter = holdsTry(body) || (hasValue && inside === top) ? undefined : stepsOf(node);
    if (counter !== undefined && canBeSplit(node, parent)) return split(node, counter);
    const check = checkOf(node, inside);
    if (body.type === 'BlockStatement') edits.insert(body.start + 1, check, Rank.guard);
    else surround(body, `{${check}`, '}');
  };

  const declarationOf = ({ counters }: Body): string =>
    counters.size === 0 ? '' : `let ${[...counters].map((counter) => declarations[counter]).join(',')};`;

  const insertAfterDirectives = (body: SyntaxNode, start: number, text: string): void => {
    if (text === '') return;
    const directive = bodyList(body).findLast((statement) => statement.directive !== undefined);
    edits.insert(directive?.end ?? start, directive === undefined ? text : `;${text}`, Rank.guard);
  };

  const visitFunction = (node: SyntaxNode, isAskedOften: boolean): void => {
    const inside: Body = { node, counters: new Set(), calls: isAskedOften };
    visitChildren(node, inside);
    const body = node.body as SyntaxNode | null | undefined;
    if (body == null) return;
    const first = inside.calls && !isAskedOften ? laboriousStart(body) : undefined;
    if (first !== undefined) checkAt(first);
    if (body.type === 'BlockStatement') {
      const check = inside.calls && first === undefined ? `if(--${runtime}.calls<0)${runtime}.check();` : '';
      insertAfterDirectives(body, body.start + 1, declarationOf(inside) + check);
    } else if (inside.calls && first === undefined) {
      surround(body, `(--${runtime}.calls<0&&${runtime}.check(),`, ')');
    }
  };

  const checkAt = (node: SyntaxNode): void => {
    if (node.type.endsWith('Statement') || node.type.endsWith('Declaration'))
      edits.insert(node.start, `if(--${runtime}.calls<0)${runtime}.check();`, Rank.guard);
    else edits.wrap(node, `(--${runtime}.calls<0&&${runtime}.check(),`, ')', Rank.guard);
  };

  const visitStaticBlock = (node: SyntaxNode): void => {
    const inside: Body = { counters: new Set(), calls: false };
    visitChildren(node, inside);
    const declaration = declarationOf(inside);
    if (declaration !== '') edits.insert(edits.source.indexOf('{', node.start) + 1, declaration, Rank.guard);
  };

  const top: Body = { counters: new Set(), calls: false };
  visitChildren(program, top);
  insertAfterDirectives(program, 0, declarationOf(top));
}
