/**
 * Leaves the tables of Unicode's identifier characters out of the parser, and asks the engine's own: they are 4 KB of what every
 * first run loads.
 *
 * @returns {import('vite').Plugin}
 */
export function withoutIdentifierTables() {
  return {
    name: 'without-identifier-tables',
    transform(code, id) {
      if (!/\/acorn\/dist\/acorn\.m?js$/.test(id)) return undefined;
      return { code: withEngineIdentifiers(code, id), map: null };
    },
  };
}

const start = String.raw`\p{ID_Start}`;
const part = String.raw`[\p{ID_Continue}\u200c\u200d]`;

/**
 * @param {string} code  acorn's source.
 * @param {string} id
 */
export function withEngineIdentifiers(code, id) {
  const replacements = /** @type {const} */ ([
    [/var astralIdentifierCodes = \[[\d, ]*\];/, `var astralIdentifierCodes = /${part}/u;`],
    [/var astralIdentifierStartCodes = \[[\d, ]*\];/, `var astralIdentifierStartCodes = /${start}/u;`],
    [/var nonASCIIidentifierChars = "[^"]*";/, ''],
    [/var nonASCIIidentifierStartChars = "[^"]*";/, ''],
    [/var nonASCIIidentifierStart = new RegExp\([^)]*\);/, 'var nonASCIIidentifierStart = astralIdentifierStartCodes;'],
    [/var nonASCIIidentifier = new RegExp\([^)]*\);/, 'var nonASCIIidentifier = astralIdentifierCodes;'],
    [
      /function isInAstralSet\(code, set\) \{.*?\n\}/s,
      'function isInAstralSet(code, set) { return code >= 0 && set.test(String.fromCodePoint(code)) }',
    ],
  ]);
  let result = code;
  for (const [pattern, replacement] of replacements) {
    if (!pattern.test(result)) throw new Error(`${id} has no ${pattern} any more: adapt this plugin.`);
    result = result.replace(pattern, () => replacement);
  }
  return result;
}
