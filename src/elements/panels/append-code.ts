import type { PlaygroundTab } from '../playground/playground-tab.js';

/** Puts code at the end of a tab's code, on lines of its own. */
export function appendCode(tab: Pick<PlaygroundTab, 'code'>, code: string): void {
  const before = tab.code.trimEnd();
  tab.code = before === '' ? code : `${before}\n${code}\n`;
}
