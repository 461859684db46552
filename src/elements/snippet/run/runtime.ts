import { define } from '../../shared/define.js';
import { CodemodeSnippetOutput } from '../live/snippet-output.js';

/** What the snippets of a page load when the first of them runs. */
export { SnippetRuns } from './snippet-runs.js';

define('codemode-snippet-output', CodemodeSnippetOutput);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-snippet-output': CodemodeSnippetOutput;
  }
}
