import { tokTypes, type Parser, type TokenType } from 'acorn';

/** Members of the parsers for their subclass. */
interface WordInternals {
  /** Of the TypeScript parser. */
  readonly acornTypeScript?: {
    readonly tokTypes: Readonly<Record<string, TokenType>>;
    readonly keywordsRegExp: RegExp;
  };
  readWord1(): string;
  finishToken(type: TokenType, value: string): unknown;
}

/** Looks a word up among the keywords, where the parsers match each with one or two regular expressions. */
export function withWords(base: typeof Parser): typeof Parser {
  const words = new Map<string, TokenType>();
  class WordParser extends (base as unknown as new (...parameters: unknown[]) => WordInternals) {
    readWord(): unknown {
      const word = this.readWord1();
      if (words.size === 0) addWords(words, this);
      return this.finishToken(words.get(word) ?? tokTypes.name, word);
    }
  }
  return WordParser as unknown as typeof Parser;
}

function addWords(words: Map<string, TokenType>, { acornTypeScript }: WordInternals): void {
  for (const [word, type] of Object.entries(acornTypeScript?.tokTypes ?? {}))
    if (acornTypeScript!.keywordsRegExp.test(word)) words.set(word, type);
  for (const type of Object.values(tokTypes)) if (type.keyword !== undefined) words.set(type.keyword, type);
}
