import { readCode } from './read-code.js';

/**
 * A cell as a function that is called at once, so that it has a name for its input and leaves no other names.
 *
 * @param code a cell that parses
 * @param name of the parameter
 * @param input plain data
 * @returns a cell; its value is that of the last expression of the given one
 */
export function asFunction(code: string, name: string, input: unknown): string {
  const statements = readCode(code)?.statements ?? [];
  const bodyStart = statements.findLast(({ type }) => type === 'ImportDeclaration')?.end ?? 0;
  const last = statements.at(-1);
  const argument = input === undefined ? 'undefined' : JSON.stringify(input);
  const body =
    last?.type === 'ExpressionStatement'
      ? `${code.slice(bodyStart, last.start)}return ${code.slice(last.start)}`
      : code.slice(bodyStart);
  const head = bodyStart === 0 ? '' : `${code.slice(0, bodyStart)};`;
  return `${head}await (async (${name}) => {${body}\n})(${argument})`;
}
