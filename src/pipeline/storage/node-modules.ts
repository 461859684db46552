/** A module of Node, Deno or Bun. Not imported: a bundler for pages may meet this file. @throws Error in a page */
export function nodeModule(name: 'node:fs/promises'): typeof import('node:fs/promises');
export function nodeModule(name: 'node:path'): typeof import('node:path');
export function nodeModule(name: string): unknown {
  const find = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process?.getBuiltinModule;
  const found = find?.(name);
  if (found === undefined) throw new Error(`There is no "${name}" here: files are for Node. In a page, use IndexedDB.`);
  return found;
}
