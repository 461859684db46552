const identifier = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const declaration = new RegExp(
  String.raw`^(?:export\s+)?(?:async\s+)?(?:const|let|var|function\s*\*?|class|enum)\s+(${identifier})`,
  'u',
);
const destructuring = /^(?:export\s+)?(?:const|let|var)\s*[{[]/u;
const imports = /^import\b/u;
const bound = new RegExp(String.raw`(?<![\p{ID_Continue}$])(${identifier})\s*(?:[,}\]]|$)`, 'gu');

/**
 * Names that code declares at its top level. Needs no parser: an editor needs only the spelling of the names, before the code runs.
 * May miss names that are not first on their line.
 */
export function declaredNames(code: string): string[] {
  const names: string[] = [];
  const lines = code.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const name = declaration.exec(line)?.[1];
    if (name !== undefined) names.push(name);
    else if (destructuring.test(line)) names.push(...boundNames(patternFrom(lines, index, /=/)));
    else if (imports.test(line)) names.push(...boundNames(withoutFrom(patternFrom(lines, index, /['"]/))));
  }
  return [...new Set(names)];
}

/** Text of a pattern from a line to its end, or at most to the next declaration. `''` if it does not end. */
function patternFrom(lines: readonly string[], start: number, end: RegExp): string {
  let pattern = '';
  for (let index = start; index < lines.length; index++) {
    const line = lines[index]!;
    if (index > start && (declaration.test(line) || destructuring.test(line) || imports.test(line))) return '';
    const at = line.search(end);
    if (at >= 0) return pattern + line.slice(0, at);
    pattern += `${line}\n`;
  }
  return '';
}

function withoutFrom(imported: string): string {
  const text = imported.trimEnd();
  return text.endsWith('from') ? text.slice(0, -'from'.length) : '';
}

/** Names that a pattern binds. Skips a type annotation after it, which binds none. */
function boundNames(pattern: string): string[] {
  const close = Math.max(pattern.lastIndexOf('}'), pattern.lastIndexOf(']'));
  const text = close < 0 ? pattern : pattern.slice(0, close + 1);
  return [...text.matchAll(bound)].map(([, name = '']) => name);
}
