const identifier = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const declaration = new RegExp(
  String.raw`^(?:export\s+)?(?:async\s+)?(?:const|let|var|function\s*\*?|class|enum)\s+(${identifier})`,
  'gmu',
);
const destructuring = /^(?:export\s+)?(?:const|let|var)\s*[{[]([^=]*)[}\]]\s*=/gmu;
const imported = /^import\s+([^'"]+?)\s+from\s/gmu;
const bound = new RegExp(`(${identifier})(?=\\s*(?:[,}\\]]|$))`, 'gmu');

/**
 * Names that code declares at its top level, found without a parser: an editor needs them before the code has run, and no more than
 * their spelling. May miss some that stand behind something else on their line.
 */
export function declaredNames(code: string): string[] {
  const patterns = [...code.matchAll(destructuring), ...code.matchAll(imported)].map(([, pattern = '']) => pattern);
  return [
    ...new Set([
      ...[...code.matchAll(declaration)].map(([, name = '']) => name),
      ...patterns.flatMap((pattern) => [...pattern.matchAll(bound)].map(([, name = '']) => name)),
    ]),
  ];
}
