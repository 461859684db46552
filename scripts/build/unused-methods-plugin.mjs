/** Methods of the TypeScript parser that nothing calls, or that `src/compiler/parse` has others for. */
const unused = [
  'checkLocalExport',
  'isExportDefaultSpecifier',
  'parseAccessModifier',
  'parseExportSpecifier',
  'parseImportSpecifier',
  'parseTypeOnlyImportExportSpecifier',
  'reportReservedArrowTypeParam',
  'setLookaheadState',
  'tsIsExportDefaultSpecifier',
  'tsParseImportType',
  'tsParseTypeAssertion',
  'ts_type_isContextual',
];

/**
 * Leaves methods out of the TypeScript parser that never run in the worker. A bundler keeps all methods of a class.
 *
 * @returns {import('vite').Plugin}
 */
export function withoutUnusedMethods() {
  return {
    name: 'without-unused-methods',
    transform(code, id) {
      return id.includes('/@sveltejs/acorn-typescript/')
        ? { code: withoutMethods(code, unused), map: null }
        : undefined;
    },
  };
}

/**
 * @param {string} code  With a method's last brace as far from the margin as its name.
 * @param {readonly string[]} names
 */
export function withoutMethods(code, names) {
  let rest = code;
  for (const name of names) {
    const head = new RegExp(`^( +)${name}\\([^)\\n]*\\) \\{\\n`, 'm').exec(rest);
    const end = head === null ? -1 : rest.indexOf(`\n${head[1]}}\n`, head.index);
    if (head === null || end === -1) throw new Error(`The parser has no method ${name} any more: adapt this plugin.`);
    rest = rest.slice(0, head.index) + rest.slice(end + `\n${head[1]}}\n`.length);
  }
  return rest;
}
