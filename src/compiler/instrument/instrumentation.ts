import type { Edits } from '../output/edits.js';
import type { SuspensionFacts } from './instrument-facts.js';
import type { ActivationNames } from './instrument-names.js';
import type { TokenIndex } from '../parse/token-index.js';
import type { SyntaxNode } from '../parse/syntax.js';

/** The function whose code is being instrumented. */
export interface EnclosingFunction {
  /** Its activation; `undefined` if it never suspends. */
  readonly activation: string | undefined;
  readonly async: boolean;
  readonly generator: boolean;
  /**
   * Where its errors are recorded: in a `catch` around the body or, if nothing else throws, in its `throw` statements,
   * since rethrowing takes as long again.
   */
  readonly noted: 'caught' | 'thrown' | undefined;
}

/** State that the parts of the instrumentation share. */
export interface Instrumentation {
  readonly edits: Edits;
  readonly names: ActivationNames;
  readonly tokens: TokenIndex;
  readonly facts: SuspensionFacts;
  /** Declarations with `var` that become assignments. */
  readonly assignedVariables: Set<SyntaxNode>;
  visitChildren(node: SyntaxNode, enclosing: EnclosingFunction | undefined): void;
}
