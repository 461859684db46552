import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import { CompileError } from '../compile-error.js';
import { ClassDecoration } from '../erase/decorate.js';
import { Edits, lineStarts, type EditedText } from '../output/edits.js';
import { eraseTypes, type EraseOptions, type Erasure } from '../erase/erase.js';
import { parse } from '../parse/parse.js';

/** TypeScript, and the JavaScript that remains; blanks within a line count as one. */
export type ErasedCases = [typescript: string, javascript: string][];

export function erase(source: string, options?: Partial<EraseOptions>): Erasure & { readonly text: EditedText } {
  const { program, tokens } = parse(source, { language: 'ts', sourceType: 'module', allowAwait: true });
  const edits = new Edits(source);
  const erasure = eraseTypes(program, tokens, edits, { runtime: '$m', ...options });
  return { ...erasure, text: edits.apply() };
}

export function expectErased(typescript: string, javascript: string): void {
  const { text } = erase(typescript).text;
  expect(text.replace(/[ \t]+/g, ' ').replace(/^ | $/gm, '')).toBe(javascript);
  parse(text, { language: 'js', sourceType: 'module', allowAwait: true });
  expect(lineStarts(text)).toHaveLength(lineStarts(typescript).length);
}

/** The completion value of a script, erased and run among globals of its own. */
export function evaluate(source: string): unknown {
  return runInNewContext(`"use strict";${erase(source).text.text}`, { $m: { decorate: () => new ClassDecoration() } });
}

/** The error that refuses a source. */
export function failure(source: string): CompileError {
  try {
    erase(source);
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error(`Expected a refusal of: ${source}`);
}
