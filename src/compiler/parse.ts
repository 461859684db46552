import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser, type Options, type Token as AcornToken } from 'acorn';
import { CompileError } from './compile-error.js';
import type { SyntaxNode, Token } from './syntax.js';

export interface ParseOptions {
  readonly language: 'ts' | 'js';
  readonly sourceType: 'script' | 'module';
  readonly allowAwait: boolean;
}

export interface Parsed {
  readonly program: SyntaxNode;
  readonly tokens: readonly Token[];
}

const TypeScriptParser = Parser.extend(tsPlugin() as unknown as (base: typeof Parser) => typeof Parser);

interface ParserFailure {
  readonly message: string;
  readonly pos?: number;
  readonly loc?: { readonly line: number; readonly column: number };
}

/** @throws CompileError at the place where the parser gave up */
export function parse(source: string, options: ParseOptions): Parsed {
  const tokens: Token[] = [];
  const parserOptions: Options = {
    ecmaVersion: 'latest',
    sourceType: options.sourceType,
    preserveParens: true,
    allowHashBang: true,
    allowAwaitOutsideFunction: options.allowAwait,
    // acorn-typescript reads the locations of tokens.
    locations: options.language === 'ts',
    onToken: (token: AcornToken) => {
      const { start, end, type, value } = token as AcornToken & { readonly value?: unknown };
      tokens.push({ start, end, label: type.label, value });
    },
  };
  try {
    const parser = options.language === 'ts' ? TypeScriptParser : Parser;
    return { program: parser.parse(source, parserOptions) as unknown as SyntaxNode, tokens };
  } catch (error) {
    throw asCompileError(error as ParserFailure, source);
  }
}

function asCompileError(failure: ParserFailure, source: string): unknown {
  if (failure.loc === undefined) return failure;
  const message = failure.message.replace(/ \(\d+:\d+\)$/, '');
  const position = { line: failure.loc.line, column: failure.loc.column + 1 };
  if (failure.pos !== undefined && /^<\/?[A-Za-z>]/.test(source.slice(failure.pos))) {
    return new CompileError(`${message}. JSX is not supported here; build elements with function calls instead.`, position);
  }
  return new CompileError(message, position);
}
