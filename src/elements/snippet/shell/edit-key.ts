const prefix = 'codemode-snippet:';

/** The name under which a snippet's edits are stored: one for each page and snippet. */
export function editKey(pathname: string, snippet: string): string {
  return `${prefix}${pathname}#${snippet}`;
}

/** Whether anything is stored under a name; nothing where the browser denies storage. */
export function hasEdit(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
