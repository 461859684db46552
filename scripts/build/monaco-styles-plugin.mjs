/** @import { Plugin } from 'vite' */

const empty = '\0codemode:empty';

/**
 * Leaves out the style sheets that Monaco's modules import for the document: the editor adopts them into its shadow root as text
 * (`?inline`), and the page around it is to be left as it was.
 *
 * @returns {Plugin}
 */
export function withoutMonacoStyles() {
  return {
    name: 'codemode:without-monaco-styles',
    enforce: 'pre',
    resolveId(source, importer) {
      const fromMonaco = importer?.includes('/node_modules/monaco-editor/') && source.endsWith('.css');
      return fromMonaco ? empty : undefined;
    },
    load: (id) => (id === empty ? '' : undefined),
  };
}
