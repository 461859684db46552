import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { compileCell } from '../index.js';
import { sentenceFor } from './messages.js';

const require = createRequire(import.meta.url);
const scope = { kind: () => undefined };

function refusal(source: string): string {
  try {
    compileCell(source, scope, { fileName: 'cell.ts' });
  } catch (error) {
    return (error as Error).message;
  }
  return 'not refused';
}

/** The texts that the parsers refuse code with, as far as they are written down in one piece. */
function messagesOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const raised = source.matchAll(/\.raise(?:Recoverable)?\([^\n"]*?,\s*"((?:[^"\\]|\\.)+)"/g);
  const inTable = source.matchAll(/^ {2}[A-Z][a-z]+[A-Z]\w+: ["`](.+)["`],?$/gm);
  return [...raised, ...inTable].map(([, message]) => message!);
}

const acorn = require.resolve('acorn').replace(/\.js$/, '.mjs');
const messages = [...new Set([acorn, require.resolve('@sveltejs/acorn-typescript')].flatMap(messagesOf))];

/** Messages that the compiler never sees: the engine reads regular expressions. */
const unseen =
  /^(?:Invalid regular expression|Duplicate regular expression|Not enough stack space|Unexpected (?:character|keyword))/;

describe('a message of the parsers', () => {
  it('is one of those that are known', () => {
    expect(messages.length).toBeGreaterThan(100);
    // A number that changes with the parser: read the new messages, and add a sentence where they are terse.
    expect(messages.length).toBe(145);
  });

  it.each(messages.filter((message) => !unseen.test(message)))('%s is a sentence', (message) => {
    const sentence = sentenceFor(message, 'x', 0);
    expect(sentence).toMatch(/^(?:[A-Z`'].*[ ].*[.?]|Unexpected token 'x')$/s);
    expect(sentence).not.toMatch(/\(\d+:\d+\)|=>\s*\{|rvalue|clash|Unterminated/);
  });
});

describe('a refusal says what was expected (C8)', () => {
  it.each([
    ['f(1 2)', "Unexpected token '2'. Expected `,` or the end of the list."],
    ['if (a { b }', "Unexpected token '{'. Expected `)`."],
    ['let a = 1 let b', "Unexpected token 'let'. Put `;`, a line break or an operator before it."],
    ['while (a', 'Unexpected end of input. Expected `)`.'],
    ['let a: Map<string = b', "Unexpected token '='. Expected `,` or the end of the list."],
    ['a ? b', 'Unexpected end of input. Expected `:`.'],
    ['const a', 'A `const` needs a value: `= …`.'],
    ['`a', 'The end of the template is missing.'],
    ['"a', 'The end of the string constant is missing.'],
    ['/* a', 'The end of the comment is missing.'],
    ['a || b ?? c', 'Put parentheses around `??`, or around the `&&` or `||` beside it.'],
    ['({ a = 1 })', 'Write `name: value`. Only a pattern has `name = value`.'],
    ['f() = 1', 'Only a variable, a property or a pattern can be assigned to.'],
    ['try { a }', 'Add `catch` or `finally` after the block of `try`.'],
    ['return 1', '`return` stands in a function. The last expression of a cell is its value.'],
    ['import.source', 'Only `import()` and `import.meta` are supported here.'],
  ])('%s', (source, message) => {
    expect(refusal(source)).toBe(message);
  });
});
