import { define } from '../../shared/define.js';
import { CodemodeSnippetOutput } from '../live/snippet-output.js';

/** Modules that the first run of a page loads. */
export { SnippetRuns } from './snippet-runs.js';

define('codemode-snippet-output', CodemodeSnippetOutput);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-snippet-output': CodemodeSnippetOutput;
  }
}
