/** What to say instead of the messages of the parsers that start so. A message that is not here tells the mistake itself. */
const sentences: Readonly<Record<string, string>> = {
  'Argument name clash': 'Two parameters have this name. Rename one.',
  'Assigning to rvalue': 'Only a variable, a property or a pattern can be assigned to.',
  'Bad escape sequence': 'This escape is not valid in a template. Write a backslash as `\\\\`.',
  Binding: 'A declaration needs a name or a pattern here.',
  'Complex binding': 'A pattern needs a value: `= …`.',
  'Expected number': 'Digits must follow the prefix of this number.',
  'Identifier directly': 'A name cannot follow a number. Put an operator between them.',
  'Illegal newline': 'Write what is thrown on the line of `throw`.',
  'Logical expressions': 'Put parentheses around `??`, or around the `&&` or `||` beside it.',
  'Missing catch': 'Add `catch` or `finally` after the block of `try`.',
  'Multiple default': 'A `switch` has only one `default`. Remove this one.',
  'Parenthesized pattern': 'Remove the parentheses around this pattern.',
  'Redefinition of': 'An object sets its prototype only once. Remove one `__proto__`.',
  'Shorthand property': 'Write `name: value`. Only a pattern has `name = value`.',
  'The only valid meta': 'Only `import()` and `import.meta` are supported here.',
  'getter should': 'A getter has no parameters.',
  'let is disallowed': 'A variable of `let` or `const` cannot have the name `let`.',
  'setter should': 'A setter has one parameter.',
  'super() call': '`super()` stands in the constructor of a class that extends another.',
  "'return' outside": '`return` stands in a function. The last expression of a cell is its value.',
};

/** What the parser says of a token that it did not expect, with what it expected after it. */
export const unexpected = 'Unexpected token';

/** A sentence for a message of the parser at an offset. */
export function sentenceFor(message: string, source: string, at: number): string {
  if (!message.startsWith(unexpected) || message[unexpected.length] === ' ') {
    const start = Object.keys(sentences).find((key) => message.startsWith(key));
    if (start !== undefined) return sentences[start]!;
    return message.replace(/^Unterminated (.*)/, 'The end of the $1 is missing').replace(/[^.?]$/, '$&.');
  }
  const expected = message.slice(unexpected.length);
  const token = /^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|\S)/u.exec(source.slice(at, at + 100))?.[0];
  const found = token === undefined ? 'Unexpected end of input' : `${unexpected} '${token}'`;
  if (expected === '')
    return /\bconst [\w$]+$/.test(source.slice(Math.max(0, at - 40), at).trimEnd())
      ? 'A `const` needs a value: `= …`.'
      : found;
  if (expected === ',') return `${found}. Expected \`,\` or the end of the list.`;
  return expected === ';'
    ? `${found}. Put \`;\`, a line break or an operator before it.`
    : `${found}. Expected \`${expected}\`.`;
}
