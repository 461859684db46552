const declaration = /^(?:export\s+)?(?:declare\s+)?((?:interface|type)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\b)/u;
/** End of a type without a semicolon: the start of another statement, or an empty line. */
const otherStatement = /^(?:$|\/\/|\/\*|[\p{ID_Start}$_'"`(\d])/u;
const opening = /[{[(]/g;
const closing = /[}\])]/g;

/**
 * The interfaces and type aliases at the top level of cells, as ambient declarations. The last declaration of a name wins.
 * Reads line by line, without a parser, and skips unclosed declarations.
 *
 * @param taken names that other declarations use
 */
export function typeDeclarations(cells: readonly string[], taken: ReadonlySet<string>): string[] {
  const found = new Map<string, string>();
  for (const cell of cells) {
    const lines = cell.split('\n');
    for (let index = 0; index < lines.length; index++) {
      const [whole, head = '', name = ''] = declaration.exec(lines[index]!) ?? [];
      if (whole === undefined || taken.has(name)) continue;
      const text = declarationFrom(lines, index);
      if (text !== undefined) found.set(name, `declare ${head}${text.slice(whole.length)}`);
    }
  }
  return [...found.values()];
}

function declarationFrom(lines: readonly string[], start: number): string | undefined {
  let depth = 0;
  for (let index = start; index < lines.length; index++) {
    const line = lines[index]!;
    depth += count(line, opening) - count(line, closing);
    if (depth > 0) continue;
    const isInterface = line.includes('}') && !/^(?:export\s+)?(?:declare\s+)?type\b/.test(lines[start]!);
    const next = lines[index + 1];
    const isComplete = isInterface || /;\s*(?:\/\/.*)?$/.test(line) || next === undefined || otherStatement.test(next);
    if (isComplete && !/=\s*$/.test(line)) return lines.slice(start, index + 1).join('\n');
  }
  return undefined;
}

function count(line: string, pattern: RegExp): number {
  return line.match(pattern)?.length ?? 0;
}
