import { Rank, type Edits } from './edits.js';
import type { GeneratedNames } from './generated-names.js';
import { bodyList, forEachChild, isFunction, type SyntaxNode } from './syntax.js';

/** Identifiers of the code that guarding writes; none may occur in the source. */
interface GuardNames {
  /** The `GuardRuntime`. */
  readonly guard: string;
  /** Of each function with loops: how many more rounds of them go unchecked. */
  readonly rounds: string;
}

/**
 * What guarded code asks. It counts down by itself, since a call for each round of a loop would cost more than most rounds.
 */
export interface GuardRuntime {
  /** How many more calls of functions go unchecked. */
  calls: number;
  /** Of how many rounds the loops of a function that starts now leave unchecked at first. */
  readonly rounds: number;
  /** Gives of how many rounds or calls to leave unchecked from now on. @throws the interruption of the execution that runs */
  check(): number;
}

const loops: ReadonlySet<string> = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);
/** What may call a function, so that functions which hold one may call each other without end. */
const calls: ReadonlySet<string> = new Set(['CallExpression', 'NewExpression', 'TaggedTemplateExpression', 'SpreadElement']);

/** A function, a static block or the program: what the counter of its loops belongs to. */
interface Body {
  loops: boolean;
  calls: boolean;
}

/**
 * Lets code that runs on and on be interrupted: asks in each loop, and at the start of each function that calls another.
 * No line moves; a guard stands outside of a `try` that is in the loop, so that swallowing what it throws keeps no loop going.
 */
function guard(program: SyntaxNode, edits: Edits, names: GuardNames): void {
  const top: Body = { loops: false, calls: false };
  const { guard: runtime, rounds } = names;
  const declaration = `let ${rounds}=${runtime}.rounds;`;

  const visitChildren = (node: SyntaxNode, body: Body): void => forEachChild(node, (child) => visit(child, body));

  const visit = (node: SyntaxNode, body: Body): void => {
    if (isFunction(node)) return visitFunction(node);
    if (node.type === 'StaticBlock') return visitStaticBlock(node);
    if (loops.has(node.type)) {
      body.loops = true;
      guardLoop(node);
    } else if (calls.has(node.type)) body.calls = true;
    visitChildren(node, body);
  };

  /** Outside of whatever else is written around a body, also where it is an expression without a semicolon. */
  const surround = (body: SyntaxNode, before: string, after: string): void => {
    edits.insert(body.start, before, Rank.guard);
    edits.wrap({ start: body.start - 1, end: body.end }, '', after, Rank.guard);
  };

  const guardLoop = (node: SyntaxNode): void => {
    const body = node.body as SyntaxNode;
    const check = `if(--${rounds}<0)${rounds}=${runtime}.check();`;
    if (body.type === 'BlockStatement') edits.insert(body.start + 1, check, Rank.guard);
    else surround(body, `{${check}`, '}');
  };

  const insertAfterDirectives = (body: SyntaxNode, start: number, text: string): void => {
    const directive = bodyList(body).findLast((statement) => statement.directive !== undefined);
    edits.insert(directive?.end ?? start, directive === undefined ? text : `;${text}`, Rank.guard);
  };

  const visitFunction = (node: SyntaxNode): void => {
    const inside: Body = { loops: false, calls: false };
    visitChildren(node, inside);
    const body = node.body as SyntaxNode | null | undefined;
    if (body == null) return;
    if (body.type === 'BlockStatement') {
      const text = (inside.loops ? declaration : '') + (inside.calls ? `if(--${runtime}.calls<0)${runtime}.check();` : '');
      if (text === '') return;
      insertAfterDirectives(body, body.start + 1, text);
    } else if (inside.calls) {
      surround(body, `(--${runtime}.calls<0&&${runtime}.check(),`, ')');
    }
  };

  const visitStaticBlock = (node: SyntaxNode): void => {
    const inside: Body = { loops: false, calls: false };
    visitChildren(node, inside);
    if (inside.loops) edits.insert(edits.source.indexOf('{', node.start) + 1, declaration, Rank.guard);
  };

  visitChildren(program, top);
  if (top.loops) insertAfterDirectives(program, 0, declaration);
}

/** Guards a program; gives what has to stand before it. @param runtime identifier of the runtime */
export function addGuards(program: SyntaxNode, edits: Edits, names: GeneratedNames, runtime: string): string {
  const own = { guard: names.of('g'), rounds: names.of('n') };
  guard(program, edits, own);
  return `const ${own.guard}=${runtime}.guard;`;
}
