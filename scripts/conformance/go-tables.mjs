/**
 * The sources in calls such as `expectPrintedTS(t, "let x: T", "let x;\n")` of Go tests.
 *
 * @param {string} text
 * @returns {{ line: number, source: string, language: 'ts' | 'tsx' | 'js' | 'jsx', isValid: boolean }[]}
 */
export function readGoTable(text) {
  /** @type {ReturnType<typeof readGoTable>} */
  const entries = [];
  let line = 0;
  for (const content of text.split('\n')) {
    line += 1;
    const call = /^\s*expect(\w+)\(t, (?:[0-9]+, )?("|`)/.exec(content);
    if (call === null) continue;
    const source = readGoString(content, call[0].length - 1);
    if (source === undefined) continue;
    const [, name = ''] = call;
    entries.push({ line, source, language: languageOf(name), isValid: !name.startsWith('ParseError') });
  }
  return entries;
}

/** @param {string} call @returns {'ts' | 'tsx' | 'js' | 'jsx'} */
function languageOf(call) {
  if (call.includes('TSX')) return 'tsx';
  if (call.includes('TS')) return 'ts';
  return call.includes('JSX') ? 'jsx' : 'js';
}

const escapes = /** @type {Record<string, string>} */ ({
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
});

/**
 * The string literal that begins at an index, joined with those that follow with `+` on the same line.
 *
 * @param {string} line @param {number} start
 * @returns {string | undefined} `undefined` where it goes on in another line
 */
export function readGoString(line, start) {
  const quote = line[start];
  let text = '';
  let at = start + 1;
  while (line[at] !== quote) {
    if (at >= line.length) return undefined;
    if (quote === '`' || line[at] !== '\\') {
      text += line[at++];
      continue;
    }
    const kind = line[at + 1] ?? '';
    const digits = { x: 2, u: 4, U: 8 }[kind];
    if (digits === undefined) {
      text += escapes[kind] ?? kind;
      at += 2;
    } else {
      const code = Number.parseInt(line.slice(at + 2, at + 2 + digits), 16);
      // A byte that is not ASCII is a part of a character, which JavaScript can't write.
      if (kind === 'x' && code > 0x7f) return undefined;
      text += String.fromCodePoint(code);
      at += 2 + digits;
    }
  }
  const next = /^ \+ (?="|`)/.exec(line.slice(at + 1));
  if (next === null) return text;
  const rest = readGoString(line, at + 1 + next[0].length);
  return rest === undefined ? undefined : text + rest;
}
