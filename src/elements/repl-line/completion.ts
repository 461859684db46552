/** The suffix that completes the last name of `text` to one of `names`; `''` if none fits or the name is complete. */
export function completionFor(text: string, names: readonly string[]): string {
  const prefix = nameAtEnd(text);
  if (prefix === undefined || names.includes(prefix)) return '';
  return names.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? '';
}

/** The identifier at the end of a text, unless it is a property name. */
function nameAtEnd(text: string): string | undefined {
  let start = text.length;
  while (start > 0 && /[\p{ID_Continue}$]/u.test(text[start - 1]!)) start--;
  const name = text.slice(start);
  return text[start - 1] !== '.' && /^[\p{ID_Start}$_]/u.test(name) ? name : undefined;
}
