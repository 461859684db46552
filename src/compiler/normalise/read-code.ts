import { parse } from '../parse/parse.js';
import { anyChild, bodyList, isClass, isFunction, type SyntaxNode } from '../parse/syntax.js';
import type { TokenIndex } from '../parse/token-index.js';

/** A text that is TypeScript, as a program with `await` and `return` at its top level. */
export interface CodeReading {
  readonly program: SyntaxNode;
  readonly statements: readonly SyntaxNode[];
  readonly tokens: TokenIndex;
}

/** @returns `undefined` for a text that is no TypeScript */
export function readCode(text: string): CodeReading | undefined {
  if (text.trim() === '') return undefined;
  try {
    const { program, tokens } = parse(text, {
      language: 'ts',
      sourceType: 'module',
      allowAwait: true,
      allowReturn: true,
      jsx: 'fallback',
    });
    return { program, statements: bodyList(program), tokens };
  } catch {
    return undefined;
  }
}

export function isCode(text: string): boolean {
  return readCode(text) !== undefined;
}

/** Whether a statement returns from the program itself. */
export function returnsFromTop(statement: SyntaxNode): boolean {
  if (statement.type === 'ReturnStatement') return true;
  if (isFunction(statement) || isClass(statement)) return false;
  return anyChild(statement, returnsFromTop);
}
