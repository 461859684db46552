/**
 * A deliberate break.
 *
 * @typedef {object} Mutation
 * @property {string} rule  The rule that the mutation breaks.
 * @property {string} file
 * @property {string} from  Occurs once in the file.
 * @property {string} to
 * @property {string[]} tests  At least one must fail.
 */

/** @type {(file: string, tests: string[], breaks: [rule: string, from: string, to: string][]) => Mutation[]} */
export const inFile = (file, tests, breaks) => breaks.map(([rule, from, to]) => ({ rule, file, from, to, tests }));
