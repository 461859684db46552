/** Names that a message lists. */
const listedNames = 20;

/** The first names of a list, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length - listedNames;
  return names.slice(0, listedNames).join(', ') + (more > 0 ? `, and ${more} more` : '');
}
