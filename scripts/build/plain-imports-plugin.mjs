/** @import { Plugin } from 'vite' */

/**
 * Leaves dynamic imports as the browser does them. Vite's own wrapper puts `<link>` elements into the document, which is the host page's here.
 *
 * @returns {Plugin}
 */
export function plainDynamicImports() {
  return {
    name: 'codemode:plain-dynamic-imports',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}
