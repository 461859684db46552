import { define } from '../shared/define.js';
import { CodemodeRunAll } from './run/run-all.js';
import { CodemodeSnippet } from './shell/snippet.js';
import type { CodemodeChoice } from './run/page-codemodes.js';
import type { RegisterTools } from './run/tool-registrations.js';
import { SnippetPage } from './shell/snippet-page.js';
import type { Codemode } from '../../sdk/index.js';

export { CodemodeRunAll } from './run/run-all.js';
export { CodemodeSnippet } from './shell/snippet.js';
export type { RegisterTools, Sdk } from './run/tool-registrations.js';
export type { CodemodeChoice } from './run/page-codemodes.js';
export type { SnippetStatus, SnippetView } from './live/snippet-view.js';
export type { FailedDependencyError, ImportMapError, ToolsModuleError } from './run/errors.js';
export { registerStrings, setLocale } from '../shared/locale.js';

/**
 * Returns the shared `Codemode` of all snippets with these attributes. Loads the SDK at once; `registerTools` waits for the first run.
 * @throws ToolsModuleError, ImportMapError, and errors of functions passed to `registerTools`
 */
export async function pageCodemode(choice: CodemodeChoice = {}): Promise<Codemode> {
  return await SnippetPage.of(document).codemode(choice);
}

/**
 * Registers tools for the snippets of the page. Calls `register` before the first run, or at once after it. May be called before or
 * after the elements upgrade. Snippets with a `tools` attribute or their own `codemode` do not get these tools, so one page can have
 * several sets of tools. Does nothing on a server.
 */
export function registerTools(register: RegisterTools): void {
  if (globalThis.document !== undefined) SnippetPage.of(document).registrations.add(register);
}

define('codemode-snippet', CodemodeSnippet);
define('codemode-run-all', CodemodeRunAll);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-run-all': CodemodeRunAll;
    'codemode-snippet': CodemodeSnippet;
  }
}
