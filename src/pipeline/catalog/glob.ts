/** A test for names. Names with a part that begins with a dot match only where the pattern says so. */
export async function matcher(pattern: string): Promise<(name: string) => boolean> {
  if (typeof pattern !== 'string' || pattern === '')
    throw new TypeError('A pattern of the catalog is a text: "reports/*.csv".');
  // Loads with the first pattern that is more than a name.
  if (!/[*?[\]{}()!+@]/.test(pattern)) return (name) => name === pattern;
  const { default: picomatch } = await import('picomatch/posix.js');
  return picomatch(pattern);
}
