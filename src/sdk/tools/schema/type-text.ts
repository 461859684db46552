/** A JSDoc block of what is not empty, indented, with its line break; nothing where there is nothing to say. */
export function documentation(parts: readonly (string | undefined)[], indent: string): string {
  const lines = parts
    .filter((part) => part !== undefined && part.trim() !== '')
    .flatMap((part) =>
      (part as string)
        .trim()
        .replaceAll('*/', '*\\/')
        .split(/\r\n|[\n\r\u2028\u2029]/),
    );
  if (lines.length === 0) return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

export function propertyName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}

/** The type of exactly this value, which came from JSON. */
export function literalType(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'number';
  if (Array.isArray(value)) return `[${value.map(literalType).join(', ')}]`;
  if (typeof value !== 'object') return 'unknown';
  const members = Object.entries(value).map(([key, member]) => `${propertyName(key)}: ${literalType(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join('; ')} }`;
}

export function union(types: readonly string[]): string {
  const distinct = [...new Set(types)].filter((type) => type !== 'never');
  if (distinct.includes('unknown')) return 'unknown';
  return distinct.length === 0 ? 'never' : distinct.join(' | ');
}

export function intersection(types: readonly string[]): string {
  const distinct = [...new Set(types)].filter((type) => type !== 'unknown');
  if (distinct.length === 0) return 'unknown';
  return distinct.length === 1 ? (distinct[0] ?? 'unknown') : distinct.map(grouped).join(' & ');
}

/** For where a union or intersection binds too weakly: `(A | B)[]`. */
export function grouped(type: string): string {
  return hasOperator(type) ? `(${type})` : type;
}

/** Whether a `|` or `&` stands outside all brackets and texts. */
function hasOperator(type: string): boolean {
  let depth = 0;
  for (const [token] of type.matchAll(/"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\/|[{}[\]()<>|&]/g)) {
    if ('{[(<'.includes(token)) depth += 1;
    else if ('}])>'.includes(token)) depth -= 1;
    else if (depth === 0 && (token === '|' || token === '&')) return true;
  }
  return false;
}
