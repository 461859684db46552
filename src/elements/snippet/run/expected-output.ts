/**
 * Whether what code wrote is what its author said it would. Spaces at line ends and empty lines at both ends don't count. In what is
 * expected, `…` or `...` stands for anything on its line, and for any number of lines where it has a line to itself.
 */
export function matchesExpected(expected: string, actual: string): boolean {
  return new RegExp(`^${patternOf(linesOf(expected))}$`, 'su').test(`${linesOf(actual).join('\n')}\n`);
}

function linesOf(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '')
    .split('\n');
}

function patternOf(lines: readonly string[]): string {
  return lines
    .map((line) =>
      /^\s*(?:…|\.\.\.)$/.test(line)
        ? '(?:[^\\n]*\\n)*?'
        : `${line
            .split(/…|\.\.\./)
            .map(escape)
            .join('[^\\n]*')}\\n`,
    )
    .join('');
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
