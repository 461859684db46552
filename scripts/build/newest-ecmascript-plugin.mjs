/**
 * Leaves out of the parser what it does for older versions of ECMAScript: the compiler reads the newest. The minifier drops what
 * can't run.
 *
 * @returns {import('vite').Plugin}
 */
export function withNewestEcmaScript() {
  return {
    name: 'with-newest-ecmascript',
    transform(code, id) {
      const isParser = /\/(?:acorn\/dist\/acorn\.m?js|@sveltejs\/acorn-typescript\/index\.js)$/.test(id);
      return isParser ? { code: withoutOldVersions(code, id), map: null } : undefined;
    },
  };
}

const comparison = /\bthis\.(?:options\.)?ecmaVersion (>=|>|<|===) (\d{1,2})\b/g;

/**
 * @param {string} code  Source of acorn, or of its plugin.
 * @param {string} id
 */
export function withoutOldVersions(code, id) {
  let count = 0;
  const result = code.replace(comparison, (_, /** @type {string} */ operator) => {
    count++;
    return String(operator.startsWith('>'));
  });
  if (count < 15) throw new Error(`${id} compares versions in another way now: adapt this plugin.`);
  return result;
}
