/** Characters of a type that are read. */
const maxCharacters = 2_000;
const variable = /^(?:export )?(?:const|let|var) ([\p{ID_Start}$_][\p{ID_Continue}$]*)!?/u;
const fn = /^(?:export )?(?:async )?function\*? ?([\p{ID_Start}$_][\p{ID_Continue}$]*)/u;
const other = /^(?:export )?(?:abstract )?(?:class|enum) ([\p{ID_Start}$_][\p{ID_Continue}$]*)/u;

const opening = '([{<';
const closing = ')]}>';

/**
 * The types that code writes for the names of its top level: `Order[]` for `const orders: Order[] = []`, `(city: string) => Promise<Weather>`
 * for a function. `undefined` for a name that is declared without a type. Reads line by line, without a compiler; names that are not first on
 * their line are missing.
 */
export function declaredTypes(code: string): Map<string, string | undefined> {
  const types = new Map<string, string | undefined>();
  for (let start = 0; start < code.length; start = lineEnd(code, start) + 1) {
    const line = code.slice(start, Math.min(lineEnd(code, start), start + maxCharacters));
    const named = variable.exec(line);
    const called = fn.exec(line);
    const bare = other.exec(line);
    if (named !== null) types.set(named[1]!, typeOfVariable(code, start + named[0].length));
    else if (called !== null) types.set(called[1]!, typeOfFunction(code, start + called[0].length, '{'));
    else if (bare !== null) types.set(bare[1]!, undefined);
  }
  return types;
}

function typeOfVariable(code: string, at: number): string | undefined {
  const start = skipSpace(code, at);
  if (code[start] === ':') return tidy(code.slice(start + 1, typeEnd(code, start + 1)));
  if (code[start] !== '=') return undefined;
  const value = skipSpace(code, start + 1);
  const afterAsync = code.startsWith('async', value) ? skipSpace(code, value + 'async'.length) : value;
  return code[afterAsync] === '(' || code[afterAsync] === '<' ? typeOfFunction(code, afterAsync, '=>') : undefined;
}

/** Of a function whose parameters, or type parameters, begin here. @param body what begins its body */
function typeOfFunction(code: string, at: number, body: '{' | '=>'): string | undefined {
  const start = skipSpace(code, at);
  const from = code[start] === '<' ? skipSpace(code, groupEnd(code, start)) : start;
  if (code[from] !== '(') return undefined;
  const end = groupEnd(code, from);
  const after = skipSpace(code, end);
  const hasResult = code[after] === ':';
  const resultEnd = hasResult ? typeEnd(code, after + 1, body) : after;
  if (!code.startsWith(body, skipSpace(code, resultEnd))) return undefined;
  const parameters = code.slice(start, end);
  const result = hasResult ? tidy(code.slice(after + 1, resultEnd)) : undefined;
  return result === undefined && !parameters.includes(':') ? undefined : tidy(`${parameters} => ${result ?? '…'}`);
}

/** Where a type ends that begins at `at`. @param body what ends the type of a function's result */
function typeEnd(code: string, at: number, body?: '{' | '=>'): number {
  const limit = Math.min(code.length, at + maxCharacters);
  let isComplete = false;
  for (let index = at; index < limit; index++) {
    const char = code[index]!;
    if (char === '\n') {
      if (isComplete && !/[|&]/.test(code[skipSpace(code, index)] ?? '')) return index;
    } else if (/\s/.test(char)) continue;
    else if (char === '=' && code[index + 1] === '>') {
      if (body === '=>' && isComplete) return index;
      index++;
      isComplete = false;
    } else if (char === '{' && body === '{' && isComplete) return index;
    else if (char === '=' || char === ';' || char === ',' || closing.includes(char)) return index;
    else if (opening.includes(char)) {
      index = groupEnd(code, index) - 1;
      isComplete = true;
    } else if (char === '"' || char === "'" || char === '`') {
      index = textEnd(code, index) - 1;
      isComplete = true;
    } else isComplete = char !== '|' && char !== '&' && char !== ':' && char !== '?';
  }
  return limit;
}

/** Where a bracket that opens here is closed. */
function groupEnd(code: string, at: number): number {
  let depth = 0;
  const limit = Math.min(code.length, at + maxCharacters);
  for (let index = at; index < limit; index++) {
    const char = code[index]!;
    if (char === '"' || char === "'" || char === '`') index = textEnd(code, index) - 1;
    else if (char === '=' && code[index + 1] === '>') index++;
    else if (opening.includes(char)) depth++;
    else if (closing.includes(char) && --depth === 0) return index + 1;
  }
  return limit;
}

function textEnd(code: string, at: number): number {
  for (let index = at + 1; index < code.length; index++) {
    if (code[index] === '\\') index++;
    else if (code[index] === code[at]) return index + 1;
  }
  return code.length;
}

function skipSpace(code: string, at: number): number {
  let index = at;
  while (/\s/.test(code[index] ?? '')) index++;
  return index;
}

function lineEnd(code: string, at: number): number {
  const end = code.indexOf('\n', at);
  return end < 0 ? code.length : end;
}

function tidy(type: string): string | undefined {
  const text = type.replaceAll(/\s+/g, ' ').trim();
  return text === '' ? undefined : text;
}
