/**
 * Option of the bundler: writes each constant where it is used. A table of limits stands in a file that several parts of the
 * product import, and would be loaded whole with the first of them.
 *
 * @type {{ inlineConst: { mode: 'all', pass: number } }}
 */
export const inlineConstants = { inlineConst: { mode: 'all', pass: 3 } };
