/** What to append to `text` so that the name it ends in becomes one of `names`; `''` where nothing fits or it is complete. */
export function completionFor(text: string, names: readonly string[]): string {
  const prefix = /(?<![\w$.])[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(text)?.[0];
  if (prefix === undefined || names.includes(prefix)) return '';
  return names.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? '';
}
