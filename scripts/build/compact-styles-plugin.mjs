import { fileURLToPath } from 'node:url';

const elements = fileURLToPath(new URL('../../src/elements/', import.meta.url));

/** Strings, and values that the template inserts, which stay as they are. */
const kept = String.raw`("[^"\n]*"|'[^'\n]*'|\$\{[^}]*\})`;
const blanks = new RegExp(String.raw`${kept}|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/|\s+`, 'g');
const marks = new RegExp(`${kept}| ?([{};]) ?`, 'g');

/** The text of a style sheet without comments, and with no more white space than it needs. */
export function compactStyles(/** @type {string} */ css) {
  return css
    .replace(blanks, (_match, text) => text ?? ' ')
    .replace(marks, (_match, text, mark) => text ?? mark)
    .trim();
}

/**
 * Compacts the style sheets of the elements: minifiers leave the text of templates as it is.
 *
 * @returns {import('vite').Plugin}
 */
export function compactStylesPlugin() {
  return {
    name: 'compact-styles',
    transform(code, id) {
      if (!id.startsWith(elements) || !code.includes('css`')) return undefined;
      // The line breaks go behind the template, so that source maps need no change.
      const compact = (/** @type {string} */ _template, /** @type {string} */ css) =>
        `css\`${compactStyles(css)}\`${'\n'.repeat(css.split('\n').length - 1)}`;
      return { code: code.replace(/\bcss`([^`]*)`/g, compact), map: null };
    },
  };
}
