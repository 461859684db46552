/**
 * Puts into the parser what the compiler always asks of it: the newest ECMAScript, parentheses in the tree, no lines and columns, and
 * none of the options that it never gives. The minifier drops what can't run.
 *
 * @returns {import('vite').Plugin}
 */
export function withParserOptions() {
  return {
    name: 'with-parser-options',
    transform(code, id) {
      const isParser = /\/(?:acorn\/dist\/acorn\.m?js|@sveltejs\/acorn-typescript\/index\.js)$/.test(id);
      return isParser ? { code: withFixedOptions(code, id), map: null } : undefined;
    },
  };
}

const versions = /\bthis\.(?:options\.)?ecmaVersion (>=|>|<|===) (\d{1,2})\b/g;
const given = /\b(?:this|parser|p)\.options\.preserveParens\b/g;
const never =
  /\b(?:this|parser|p)\.options\.(?:ranges|directSourceFile|onInsertedSemicolon|onTrailingComma|allowReturnOutsideFunction|locations|onToken|program|allowImportExportEverywhere)\b/g;

/**
 * @param {string} code  Source of acorn, or of its plugin.
 * @param {string} id
 */
export function withFixedOptions(code, id) {
  let count = 0;
  const answer = (/** @type {boolean} */ value) => {
    count++;
    return String(value);
  };
  const result = code
    .replace(versions, (_, /** @type {string} */ operator) => answer(operator.startsWith('>')))
    .replace(given, () => answer(true))
    .replace(never, () => answer(false));
  if (count < 15) throw new Error(`${id} reads its options in another way now: adapt this plugin.`);
  return result;
}
