import type { Options, Parser } from 'acorn';

/*
 * How deeply code may be nested. Parsers and passes recurse at each level, so the engine's stack is a limit; it depends on the
 * engine, on the callers, and on how often a function has run. This limit is lower, and always the same.
 */

/** Limit of the levels of a syntax tree, and of the sum of `costs` of all open parser calls. */
export const maxNesting = 500;

/**
 * The cost of a nested call of each parser function, in proportion to its stack frame. With these costs a worker of Chromium,
 * whose stack is the smallest (500 KB), reaches this limit before the end of its stack, even when nothing is optimized.
 */
const costs: Readonly<Record<string, number>> = {
  parseStatement: 1,
  parseMaybeAssign: 1,
  parseFunctionBody: 2,
  parseMaybeUnary: 1,
  parseBindingAtom: 2,
  parseExprSubscripts: 2,
  parseAwait: 2,
  tsParseType: 4,
  parseClass: 5,
};

/** Not a SyntaxError, since a parser that tries several readings would go on with the next one. */
export class NestingError extends Error {
  constructor(readonly offset: number) {
    super('Nested too deeply.');
  }
}

/** The option of a parser that `withNesting` made. */
export interface NestingOptions extends Options {
  readonly maxNesting: number;
}

interface NestingInternals {
  nesting: number;
  readonly maxNesting: number;
  readonly start: number;
}

/** Methods of the parser have at most five parameters. A rest parameter would make an array for each call. */
type ParserMethod = (
  this: NestingInternals,
  a?: unknown,
  b?: unknown,
  c?: unknown,
  d?: unknown,
  e?: unknown,
) => unknown;

/** The parser throws a NestingError where code is nested too deeply. */
export function withNesting(base: typeof Parser): typeof Parser {
  const Base = base as unknown as new (options: NestingOptions, input: string, startPosition?: number) => object;
  class NestingParser extends Base {
    nesting = 0;
    readonly maxNesting: number;

    constructor(options: NestingOptions, input: string, startPosition?: number) {
      super(options, input, startPosition);
      this.maxNesting = options.maxNesting;
    }
  }
  const methods = NestingParser.prototype as unknown as Record<string, ParserMethod | undefined>;
  for (const [name, cost] of Object.entries(costs)) {
    const method = methods[name];
    if (method === undefined) continue;
    methods[name] = function (a, b, c, d, e) {
      this.nesting += cost;
      if (this.nesting > this.maxNesting) throw new NestingError(this.start);
      try {
        return method.call(this, a, b, c, d, e);
      } finally {
        this.nesting -= cost;
      }
    };
  }
  return NestingParser as unknown as typeof Parser;
}
