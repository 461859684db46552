import { define } from '../shared/define.js';
import { CodemodeRunAll } from './run-all.js';
import { CodemodeSnippet } from './snippet.js';
import type { CodemodeChoice } from './page-codemodes.js';
import type { Codemode } from '../../sdk/index.js';
import type { PlaygroundEventDetails } from '../playground/events.js';

export { CodemodeRunAll } from './run-all.js';
export { CodemodeSnippet } from './snippet.js';
export { registerTools, type RegisterTools, type Sdk } from './page-tools.js';
export type { CodemodeChoice } from './page-codemodes.js';
export type { SnippetStatus, SnippetView } from './snippet-view.js';
export { registerStrings, setLocale } from '../shared/locale.js';

/**
 * The `Codemode` that snippets with these attributes share. Loads the SDK now; `registerTools` waits for the first run.
 * @throws ToolsModuleError, ImportMapError, and what a function given to `registerTools` throws
 */
export async function pageCodemode(choice: CodemodeChoice = {}): Promise<Codemode> {
  const { codemodeOf } = await import('./runtime.js');
  return await codemodeOf(choice);
}

define('codemode-snippet', CodemodeSnippet);
define('codemode-run-all', CodemodeRunAll);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-run-all': CodemodeRunAll;
    'codemode-snippet': CodemodeSnippet;
  }
  interface HTMLElementEventMap {
    'codemode-run': CustomEvent<PlaygroundEventDetails['codemode-run']>;
    'codemode-result': CustomEvent<PlaygroundEventDetails['codemode-result']>;
    'codemode-output': CustomEvent<PlaygroundEventDetails['codemode-output']>;
  }
}
