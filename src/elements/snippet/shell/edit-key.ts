const prefix = 'codemode-snippet:';

/** Returns the storage key of a snippet's edits, unique for each page and snippet. */
export function editKey(pathname: string, snippet: string): string {
  return `${prefix}${pathname}#${snippet}`;
}

/** Whether an edit is stored under a key; false if the browser denies storage. */
export function hasEdit(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
