import { define } from '../shared/define.js';
import { CodemodeRunAll } from './run/run-all.js';
import { CodemodeSnippet } from './shell/snippet.js';
import type { CodemodeChoice } from './run/page-codemodes.js';
import type { Codemode } from '../../sdk/index.js';
import type { PlaygroundEventDetails } from '../playground/events.js';

export { CodemodeRunAll } from './run/run-all.js';
export { CodemodeSnippet } from './shell/snippet.js';
export { registerTools, type RegisterTools, type Sdk } from './run/page-tools.js';
export type { CodemodeChoice } from './run/page-codemodes.js';
export type { SnippetStatus, SnippetView } from './live/snippet-view.js';
export { registerStrings, setLocale } from '../shared/locale.js';

/**
 * The `Codemode` that snippets with these attributes share. Loads the SDK now; `registerTools` waits for the first run.
 * @throws ToolsModuleError, ImportMapError, and what a function given to `registerTools` throws
 */
export async function pageCodemode(choice: CodemodeChoice = {}): Promise<Codemode> {
  const { codemodeOf } = await import('./run/runtime.js');
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
