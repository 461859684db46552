import { define } from '../../shared/define.js';
import { CodemodeSnippetOutput } from '../live/snippet-output.js';

/** What a snippet loads when it first runs. */
export { codemodeOf } from './page-codemodes.js';
export { leaveSession, namesFor, resetSessions, runSnippet } from './run-snippet.js';

define('codemode-snippet-output', CodemodeSnippetOutput);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-snippet-output': CodemodeSnippetOutput;
  }
}
