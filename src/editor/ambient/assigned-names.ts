const assignment = /(?:^|[;{}])\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=(?![=>])/gu;
const memberList = /^(\s*)(?:export\s+)?(?:default\s+)?(?:abstract\s+)?(?:class|enum)\b.*\{\s*$/u;

/**
 * Names that a statement of the code assigns to, such as `total` in `total = 42`: a cell makes a variable of an undeclared name.
 * Reads line by line, without a parser. Ignores the fields of a class and the members of an enum.
 */
export function assignedNames(code: string): string[] {
  const names = new Set<string>();
  let end: string | undefined;
  for (const line of code.split('\n')) {
    if (end !== undefined) {
      if (line.startsWith(end)) end = undefined;
      continue;
    }
    const indentation = memberList.exec(line)?.[1];
    if (indentation !== undefined) end = `${indentation}}`;
    else for (const [, name = ''] of line.matchAll(assignment)) names.add(name);
  }
  return [...names];
}
