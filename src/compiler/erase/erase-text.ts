import type { ArrowFunctionExpression } from '../parse/nodes.js';
import { CompileError } from '../compile-error.js';
import { positionAt, Rank, type Edits } from '../output/edits.js';
import { GeneratedNames } from '../output/generated-names.js';
import type { SyntaxNode, Token } from '../parse/syntax.js';
import type { TokenIndex } from '../parse/token-index.js';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** First tokens of a statement that would continue the previous statement without a semicolon. */
const continuesStatement = /^[([`+\-/*<]/;

/** A source during the removal of its types. Removed text leaves its line breaks, and its neighbors stay separate tokens. */
export class ErasedText {
  readonly #removedEnds = new Set<number>();
  #names: GeneratedNames | undefined;

  constructor(
    readonly source: string,
    readonly tokens: TokenIndex,
    readonly edits: Edits,
  ) {}

  get names(): GeneratedNames {
    return (this.#names ??= new GeneratedNames(this.source));
  }

  /** Removes part of a statement or expression. */
  remove(range: Range): void {
    this.replace(range, joins(this.source[range.start - 1], this.source[range.end]) ? ' ' : '');
  }

  /** Puts text in place of a range, and the line breaks of the range after it. */
  replace({ start, end }: Range, text: string): void {
    const breaks = this.lineBreaks({ start, end });
    this.edits.replace({ start, end }, text === ' ' && breaks !== '' ? breaks : text + breaks);
    this.#removedEnds.add(end);
  }

  /** Removes a whole statement. */
  removeStatement(node: SyntaxNode): void {
    // Decorators of a declared class stand before its `export`.
    const start = Math.min(node.start, node.declaration?.decorators?.[0]?.start ?? node.start);
    this.replace({ start, end: node.end }, this.#continuesAt(node.end) ? ';' : '');
  }

  /** Ends a statement whose last token was removed, where the next token would continue it. */
  endStatement(node: SyntaxNode): void {
    if (this.#removedEnds.has(node.end) && this.#continuesAt(node.end)) this.edits.insert(node.end, ';', Rank.erase);
  }

  /** Ends a class field whose last token was removed: `get: T` before a method, or `a: T` before `['b']`. */
  endField(node: SyntaxNode): void {
    if (this.#removedEnds.has(node.end)) this.edits.insert(node.end, ';', Rank.erase);
  }

  /** No line may end before `=>`, nor between `async` or `return` and the parameters. */
  keepArrowOnItsLine(node: ArrowFunctionExpression): void {
    const { typeParameters, returnType } = node;
    if (typeParameters !== undefined && this.lineBreaks(typeParameters) !== '') {
      const parenthesis = this.tokenFrom(typeParameters.end);
      this.replace({ start: typeParameters.start, end: parenthesis.end }, '(');
    }
    if (returnType === undefined) return;
    const range = { start: this.tokenBefore(returnType.start)!.end, end: this.tokenFrom(returnType.end).end };
    if (this.lineBreaks(range) !== '') this.replace(range, '=>');
  }

  lineBreaks(range: Range): string {
    return this.edits.lineBreaks(range);
  }

  textOf({ start, end }: Range): string {
    return this.source.slice(start, end);
  }

  /** The first token that starts at an offset or after it; at the end of the source an empty one. */
  tokenFrom(offset: number): Token {
    const end = this.source.length;
    return this.tokens.from(offset) ?? { start: end, end, label: 'eof' };
  }

  /** The last token that starts before an offset. */
  tokenBefore(offset: number): Token | undefined {
    return this.tokens.previous(offset);
  }

  error(range: Range, message: string): CompileError {
    const position = positionAt(this.source, range.start);
    return new CompileError(message, { ...position, length: range.end - range.start });
  }

  #continuesAt(offset: number): boolean {
    return continuesStatement.test(this.textOf(this.tokenFrom(offset)));
  }
}

/** Whether two characters that come to stand together could read as one token. */
function joins(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return (isWord(before) && isWord(after)) || (/[+\-/*<>=&|?.]/.test(before) && /[+\-/*<>=&|?.]/.test(after));
}

function isWord(character: string): boolean {
  return /[\w$#\\]/.test(character) || character > '\x7f';
}
