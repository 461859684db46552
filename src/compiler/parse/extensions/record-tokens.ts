import { tokTypes, type Options, type Parser, type TokenType } from 'acorn';
import type { TokenIndex } from '../token-index.js';

/** The option of a parser that `withTokens` made. */
export interface TokenOptions extends Options {
  readonly tokens: TokenIndex;
}

/** Members of the parsers for their subclass. */
interface TokenInternals {
  readonly type: { readonly label: string };
  readonly start: number;
  readonly end: number;
  /** Of the TypeScript parser. */
  readonly acornTypeScript?: {
    readonly tokTypes: Readonly<Record<string, TokenType>>;
    readonly keywordsRegExp: RegExp;
  };
  next(ignoreEscapesInKeyword?: boolean): void;
  readWord1(): string;
  finishToken(type: TokenType, value: string): unknown;
  parseFunctionBody(node: FunctionParts, ...parameters: unknown[]): unknown;
}

interface FunctionParts {
  readonly async?: boolean;
  readonly generator?: boolean;
}

/** Names that instrumentation looks for. They are names among the keywords. */
const marked = ['Promise', 'unstable_scheduleCallback', 'arguments', 'eval'];

/**
 * Records tokens as they are consumed, at a fraction of the cost of `onToken`, and marks what instrumentation has to visit. Looks
 * a word up among the keywords, where the parsers match each with one or two regular expressions.
 */
export function withTokens(base: typeof Parser): typeof Parser {
  const Base = base as unknown as new (options: TokenOptions, input: string) => TokenInternals;
  const words = new Map<string, TokenType>();
  class TokenParser extends Base {
    readonly #tokens: TokenIndex;

    constructor(options: TokenOptions, input: string) {
      super(options, input);
      this.#tokens = options.tokens;
    }

    override next(ignoreEscapesInKeyword?: boolean): void {
      const { start, end, type } = this;
      super.next(ignoreEscapesInKeyword);
      this.#tokens.add(start, end, type.label);
    }

    readWord(): unknown {
      const word = this.readWord1();
      if (words.size === 0) addWords(words, this);
      const type = words.get(word);
      if (type === tokTypes.name) this.#tokens.mark(this.start);
      return this.finishToken(type ?? tokTypes.name, word);
    }

    override parseFunctionBody(node: FunctionParts, ...parameters: unknown[]): unknown {
      if (node.async === true || node.generator === true) this.#tokens.mark(this.start);
      return super.parseFunctionBody(node, ...parameters);
    }
  }
  return TokenParser as unknown as typeof Parser;
}

function addWords(words: Map<string, TokenType>, { acornTypeScript }: TokenInternals): void {
  for (const [word, type] of Object.entries(acornTypeScript?.tokTypes ?? {}))
    if (acornTypeScript!.keywordsRegExp.test(word)) words.set(word, type);
  for (const type of Object.values(tokTypes)) if (type.keyword !== undefined) words.set(type.keyword, type);
  for (const name of marked) words.set(name, tokTypes.name);
}
