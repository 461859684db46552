import type { Erasure } from '../erase/erase.js';
import { hasUseStrict } from '../instrument/instrument-facts.js';
import type { FreeNamesOptions } from '../parse/free-names.js';
import type { SyntaxNode } from '../parse/syntax.js';
import type { TokenIndex } from '../parse/token-index.js';

/** A program that is bound to a namespace. Each kind declares its names in another place. */
export type BindTarget =
  /** A cell: strict, and all names of its top level are slots of the namespace. */
  | {
      readonly kind: 'cell';
      /** Nodes that type erasure removed or edited; `undefined` for JavaScript. */
      readonly erasure: Erasure | undefined;
      readonly tokens: TokenIndex;
    }
  /** The text of an indirect `eval`: `var`s and functions of sloppy code are slots, other declarations are local. */
  | { readonly kind: 'eval'; readonly strict: boolean; readonly dynamic: boolean }
  /** The text of a function that `Function` makes. */
  | { readonly kind: 'function'; readonly dynamic: boolean }
  /** The text of a direct `eval`, which sees the variables around it. */
  | {
      readonly kind: 'direct-eval';
      readonly strict: boolean;
      readonly dynamic: boolean;
      readonly lenient: boolean;
      /** Whether its `var`s and functions are slots, as at the top of a cell. */
      readonly declaresSlots: boolean;
      /** Variables around it. */
      readonly locals: readonly string[];
      readonly places: NonNullable<FreeNamesOptions['places']>;
      /** Whether a `with` is around it. */
      readonly inWith: boolean;
    };

/** How binding treats a target, for each kind. */
export interface BindRules {
  readonly erasure?: Erasure | undefined;
  readonly tokens?: TokenIndex;
  /** Leaves `let`, `const` and classes of the top level where they are, as `eval` does. */
  readonly localLexicals: boolean;
  /** Leaves the top level's `var`s and functions as well. */
  readonly localVariables: boolean;
  readonly strict: boolean;
  readonly dynamic: boolean;
  readonly lenient: boolean;
  readonly locals: readonly string[];
  readonly places: NonNullable<FreeNamesOptions['places']>;
  readonly inWith: boolean;
}

const plain = { localLexicals: true, localVariables: false, lenient: false, locals: [], places: {}, inWith: false };

export function bindRules(target: BindTarget, program: SyntaxNode): BindRules {
  switch (target.kind) {
    case 'cell':
      return {
        erasure: target.erasure,
        tokens: target.tokens,
        localLexicals: false,
        localVariables: false,
        strict: true,
        dynamic: false,
        lenient: !hasUseStrict(program),
        locals: [],
        places: {},
        inWith: false,
      };
    case 'eval':
      return { ...plain, strict: target.strict, dynamic: target.dynamic, localVariables: target.strict };
    case 'function':
      return { ...plain, strict: false, dynamic: target.dynamic };
    case 'direct-eval':
      return { ...target, localLexicals: true, localVariables: !target.declaresSlots };
  }
}
