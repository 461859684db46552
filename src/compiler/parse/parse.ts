import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser, tokTypes, type Node, type Options } from 'acorn';
import { CompileError, nestedTooDeeply } from '../compile-error.js';
import { lineStarts, positionIn } from '../output/edits.js';
import { withElementStatements } from '../jsx/parse-elements.js';
import { withImportPhases } from './extensions/import-phases.js';
import { sentenceFor, unexpected } from './messages.js';
import { maxNesting, NestingError, withNesting, type NestingOptions } from './nesting.js';
import { withOperatorChains } from './extensions/operator-chains.js';
import { withModuleNames } from './extensions/parse-names.js';
import { withParameters } from './extensions/parse-parameters.js';
import { withPlainNodes } from './extensions/plain-nodes.js';
import { withParenthesizedChoices } from './extensions/parse-choices.js';
import { withTokens, type TokenOptions } from './extensions/record-tokens.js';
import { withMissingSyntax } from './extensions/parse-typescript.js';
import { withScopeNames } from './scope-names.js';
import type { SyntaxNode } from './syntax.js';
import { TokenIndex } from './token-index.js';

export interface ParseOptions {
  readonly language: 'ts' | 'js';
  readonly sourceType: 'script' | 'module';
  readonly allowAwait: boolean;
  /** Whether the program may return, as the body of a function. @default false */
  readonly allowReturn?: boolean;
  /**
   * Whether elements of JSX are expressions, in TypeScript; `fallback`: in a source that can't be parsed without them.
   * @default false
   */
  readonly jsx?: boolean | 'fallback';
  /** Whether `super`, `new.target` and private names may refer to the surrounding code. @default false */
  readonly insideFunction?: boolean;
  /** Whether it is strict without a directive, as modules always are. @default false */
  readonly strict?: boolean;
  /** Whether functions of the top level may share a name with each other and with `var`s. @default false */
  readonly repeatsFunctions?: boolean;
  /** Whether the source is compiled output, which may be nested more deeply than its own source. @default false */
  readonly isOutput?: boolean;
}

export interface Parsed {
  readonly program: SyntaxNode;
  readonly tokens: TokenIndex;
  /** The texts of the comments, of a source that may have elements. Its language is TypeScript. */
  readonly comments?: readonly string[];
}

/** The surroundings of a program, which its text does not always tell. */
interface PlaceOptions extends Options {
  readonly place: ParseOptions;
}

interface PlacedInternals {
  strict: boolean;
  readonly allowNewDotTarget: boolean;
  treatFunctionsAsVarInScope(scope: { readonly flags: number }): boolean;
}

const topScope = 1;

function withPlace(base: typeof Parser): typeof Parser {
  const Base = base as unknown as new (options: Options, input: string) => PlacedInternals;
  class PlacedParser extends Base {
    readonly #place: ParseOptions;

    constructor(options: PlaceOptions, input: string) {
      super(options, input);
      this.#place = options.place;
      this.strict ||= options.place.strict === true;
    }

    override get allowNewDotTarget(): boolean {
      return this.#place.insideFunction === true || super.allowNewDotTarget;
    }

    /** A name may be declared again in a cell, as in a script. */
    override treatFunctionsAsVarInScope(scope: { readonly flags: number }): boolean {
      return (
        (this.#place.repeatsFunctions === true && (scope.flags & topScope) !== 0) ||
        super.treatFunctionsAsVarInScope(scope)
      );
    }

    /** A cell may export a name of an earlier cell, or a type. */
    checkLocalExport(): void {}
  }
  return PlacedParser as unknown as typeof Parser;
}

/** What acorn's tokenizer is in. */
interface TokenContext {
  readonly token: string;
  readonly generator?: boolean;
}

/** Members of acorn's parser for its subclasses. */
interface ParserInternals {
  readonly type: { readonly label: string };
  readonly start: number;
  readonly input: string;
  readonly lastTokStart: number;
  readonly lastTokEnd: number;
  nextToken(): void;
  eat(type: { readonly label: string }): boolean;
  insertSemicolon(): boolean;
  parse(): Node;
  parseExpression(): Node;
  curContext(): TokenContext;
  overrideContext(context: TokenContext): void;
}

/** acorn's record of the literal that it has just read. */
interface RegExpLiteral {
  readonly start: number;
  readonly source: string;
  readonly flags: string;
}

/** A parser's error, with the offset where it stopped reading. */
class ParserFailure extends SyntaxError {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Errors of the TypeScript parser for code in which only the types are wrong, or nothing. */
const aboutTypes =
  /^(?:'[a-z]+' (?:type )?modifier (?:must|cannot be|is)|A(?:bstract methods can only| required element| 'const' initializer|ccessibility modifier)|In(?:dex signatures|itializers are not)|Private \w+ cannot|This member cannot have an 'override')/;

type MessageOfModifier = (details: { readonly modifier: string }) => string;

/**
 * The TypeScript parser tries one reading after another, and most failures only lead to the next reading. So a failure has an
 * offset and no line: counting lines each time would take quadratic time.
 */
function withOffsets(base: typeof Parser): typeof Parser {
  const Base = base as unknown as new (...parameters: unknown[]) => ParserInternals;
  class FailingParser extends Base {
    raise(offset: number, message: string | MessageOfModifier): void {
      refuse(this, offset, message);
    }

    // Not by `raise`, which the TypeScript parser turns into this.
    raiseRecoverable(offset: number, message: string | MessageOfModifier): void {
      refuse(this, offset, message);
    }

    expect(type: { readonly label: string }): void {
      if (!this.eat(type)) refuse(this, this.start, unexpected + (type.label.startsWith('<') ? '>' : type.label));
    }

    semicolon(): void {
      if (!this.eat(tokTypes.semi) && !this.insertSemicolon()) refuse(this, this.start, `${unexpected};`);
    }

    /** The engine that will run it knows what a regular expression is. */
    validateRegExpFlags({ start, source, flags }: RegExpLiteral): void {
      try {
        RegExp(source, flags);
      } catch (error) {
        refuse(this, start, (error as SyntaxError).message);
      }
    }

    validateRegExpPattern(): void {}

    /** acorn forgets that `async function*` is a generator, in which `yield` may come before `/a/` or an element. */
    override overrideContext(context: TokenContext): void {
      const { generator = false } = this.curContext();
      super.overrideContext(context.token === 'function' ? { ...context, generator } : context);
    }
  }
  return FailingParser as unknown as typeof Parser;
}

function refuse(parser: ParserInternals, offset: number, message: string | MessageOfModifier): void {
  if (typeof message === 'string') {
    if (aboutTypes.test(message)) return;
    throw new ParserFailure(message, message.startsWith('Duplicate modifier') ? parser.lastTokStart : offset);
  }
  // Messages that the TypeScript parser forgot to make are about the modifier before this place.
  const { lastTokStart, lastTokEnd } = parser;
  throw new ParserFailure(message({ modifier: parser.input.slice(lastTokStart, lastTokEnd) }), lastTokStart);
}

type Extension = typeof withPlace;

/** @param syntax what a language adds, between the extensions that all parsers have below it and above it */
const parserOf = (...syntax: readonly Extension[]): typeof Parser =>
  Parser.extend(
    withOffsets,
    withPlainNodes,
    withScopeNames,
    ...syntax,
    withImportPhases,
    withTokens,
    withPlace,
    withOperatorChains,
    withNesting,
  );
const JavaScriptParser = parserOf();
const typeScriptParser = (plugin: unknown, ...more: readonly Extension[]): typeof Parser =>
  parserOf(plugin as Extension, withMissingSyntax, withModuleNames, withParameters, ...more);
const TypeScriptParser = typeScriptParser(tsPlugin());
/** Created on first use, of the parser with elements and the other. */
const choosingParsers = new Map<typeof Parser, typeof Parser>();
/** Created on first use. */
let jsxParser: typeof Parser | undefined;

/** @throws CompileError at the place where the parser gave up */
export function parse(source: string, options: ParseOptions): Parsed {
  try {
    return parseWith(source, options);
  } catch (error) {
    if (!(error instanceof ParserFailure)) throw asCompileError(error, source);
    return parseChoices(source, options) ?? parseElements(source, options, error);
  }
}

/** A parser that has read nothing yet, and what it records. */
function readerOf(source: string, options: ParseOptions, parser = parserFor(options)) {
  const tokens = new TokenIndex(source);
  const comments: string[] = [];
  const Constructor = parser as unknown as new (options: Options, input: string) => ParserInternals;
  const reader = new Constructor(parserOptions(options, tokens, comments), source);
  return { reader, parsed: { tokens, ...(options.jsx === true ? { comments } : {}) } };
}

function parseWith(source: string, options: ParseOptions, parser?: typeof Parser): Parsed {
  const { reader, parsed } = readerOf(source, options, parser);
  try {
    return { ...parsed, program: reader.parse() as unknown as SyntaxNode };
  } catch (error) {
    if (error instanceof ParserFailure || error instanceof NestingError || error instanceof RangeError) throw error;
    // The TypeScript parser fails on some code that it should refuse.
    throw new ParserFailure(unexpected, reader.start);
  }
}

/**
 * Parses refused code with elements of JSX.
 * @throws CompileError where that fails too
 */
function parseElements(source: string, options: ParseOptions, failure: ParserFailure): Parsed {
  if (options.jsx !== 'fallback' || !source.includes('<')) throw asCompileError(failure, source);
  const withElements: ParseOptions = { ...options, jsx: true };
  try {
    return parseWith(source, withElements);
  } catch (error) {
    const parsed = parseChoices(source, withElements);
    if (parsed !== undefined) return parsed;
    // The reading that leads further is the reader's; but only elements have closing tags.
    const isFurther = error instanceof ParserFailure && error.offset < failure.offset;
    const atClosingTag = source.slice(Math.max(0, failure.offset - 2), failure.offset + 2).includes('</');
    throw asCompileError(isFurther && !atClosingTag ? failure : error, source);
  }
}

/** Parses refused code with the other reading of `a ? (b) : c`; `undefined` if that fails too. */
function parseChoices(source: string, options: ParseOptions): Parsed | undefined {
  if ((options.language === 'js' && options.jsx !== true) || !source.includes('?')) return undefined;
  const base = parserFor(options);
  const parser = choosingParsers.get(base) ?? withParenthesizedChoices(base);
  choosingParsers.set(base, parser);
  try {
    return parseWith(source, options, parser);
  } catch {
    return undefined;
  }
}

/** The source as one expression, as the only statement of a program; `undefined` if it is not an expression. */
export function parseExpression(
  source: string,
  language: ParseOptions['language'],
  sourceType: ParseOptions['sourceType'] = 'module',
  jsx = false,
): Parsed | undefined {
  const options: ParseOptions = { language, sourceType, allowAwait: sourceType === 'module', jsx };
  try {
    const { reader, parsed } = readerOf(source, options);
    reader.nextToken();
    const expression = reader.parseExpression() as unknown as SyntaxNode;
    if (reader.type !== tokTypes.eof) return undefined;
    const { start, end } = expression;
    const statement: SyntaxNode = { type: 'ExpressionStatement', start, end, expression };
    return { ...parsed, program: { type: 'Program', start: 0, end: source.length, body: [statement] } };
  } catch (error) {
    if (error instanceof NestingError) throw asCompileError(error, source);
    return undefined;
  }
}

function parserFor({ language, jsx }: ParseOptions): typeof Parser {
  if (jsx !== true) return language === 'js' ? JavaScriptParser : TypeScriptParser;
  return (jsxParser ??= typeScriptParser(tsPlugin({ jsx: { allowNamespacedObjects: false } }), withElementStatements));
}

function parserOptions(place: ParseOptions, tokens: TokenIndex, comments: string[]): Options {
  const { insideFunction = false } = place;
  const given: NestingOptions & TokenOptions & PlaceOptions = {
    ecmaVersion: 'latest',
    sourceType: place.sourceType,
    preserveParens: true,
    allowHashBang: true,
    allowAwaitOutsideFunction: place.allowAwait,
    allowReturnOutsideFunction: place.allowReturn === true,
    allowSuperOutsideMethod: insideFunction,
    checkPrivateFields: !insideFunction,
    place,
    maxNesting: place.isOutput === true ? Infinity : maxNesting,
    tokens,
  };
  const onComment = (_isBlock: boolean, text: string): void => void comments.push(text);
  return place.jsx === true ? { ...given, onComment } : given;
}

function asCompileError(failure: unknown, source: string): unknown {
  const lines = lineStarts(source);
  if (failure instanceof NestingError) return nestedTooDeeply(positionIn(lines, failure.offset));
  if (!(failure instanceof ParserFailure)) return failure;
  if (failure.message.startsWith('Not enough stack space')) return nestedTooDeeply();
  const message = sentenceFor(failure.message, source, failure.offset);
  return new CompileError(message, positionIn(lines, failure.offset));
}
