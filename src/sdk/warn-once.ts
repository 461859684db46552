/** Warnings that the console has. */
const given = new Set<string>();

/** Writes a warning to the console, unless the page has had the same one. */
export function warnOnce(text: string): void {
  if (given.has(text)) return;
  given.add(text);
  console.warn(text);
}
