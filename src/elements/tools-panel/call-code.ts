/** Characters of a line that is not broken. */
const lineLength = 80;

/** The code that calls a tool: `await tools.weather({ city: "Oslo" })`. @param args plain data; `undefined` for none */
export function callCode(name: string, args: unknown): string {
  const path = name
    .split('.')
    .map((part) => (isIdentifier(part) ? `.${part}` : `[${JSON.stringify(part)}]`))
    .join('');
  return `await tools${path}(${args === undefined ? '' : literal(args, '')})`;
}

/** Plain data as code. */
function literal(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  const parts = isList
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([key, member]) => `${keyText(key)}: ${literal(member, inner)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const space = isList ? '' : ' ';
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (line.length <= lineLength && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}

/** In a literal, `__proto__: value` sets the prototype. */
function keyText(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return isIdentifier(key) ? key : JSON.stringify(key);
}

const isIdentifier = (text: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);
