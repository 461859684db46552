/** What to append to `text` so that the name it ends in becomes one of `names`; `''` where nothing fits or it is complete. */
export function completionFor(text: string, names: readonly string[]): string {
  const prefix = nameAtEnd(text);
  if (prefix === undefined || names.includes(prefix)) return '';
  return names.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? '';
}

/** The identifier that a text ends in, unless it is the name of a property. */
function nameAtEnd(text: string): string | undefined {
  let start = text.length;
  while (start > 0 && /[\p{ID_Continue}$]/u.test(text[start - 1]!)) start--;
  const name = text.slice(start);
  return text[start - 1] !== '.' && /^[\p{ID_Start}$_]/u.test(name) ? name : undefined;
}
