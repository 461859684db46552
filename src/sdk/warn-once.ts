/** Warnings that the console has. */
const given = new Set<string>();

/** Writes a warning to the console, unless the page has had the same one. */
export function warnOnce(text: string): void {
  if (given.has(text)) return;
  given.add(text);
  console.warn(text);
}

/** Warns once that an old name works for one more release. @param what the old name, with what it names */
export function warnOfOldName(what: string, name: string): void {
  warnOnce(`${what} is now called "${name}". The old name stops working in the next release.`);
}
