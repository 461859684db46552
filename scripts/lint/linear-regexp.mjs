import { analyse } from 'scslre';

/** @import { Rule } from './import-direction.mjs' */

const reasons = {
  Trade: 'two of its quantifiers can share out the same characters in many ways',
  Self: 'a quantifier in it can share out the same characters in many ways',
  Move: 'it reads on to the end of the text from each place where it is tried',
};

/**
 * Why a regular expression may take more than linear time, or `undefined`.
 *
 * @param {string} source
 * @param {string} flags
 */
export function superlinear(source, flags) {
  // The analysis gives up on these.
  if (/\\(?:[1-9]|k<)/.test(source)) return 'it has a backreference, which a search may have to try at each length';
  const [report] = analyse({ source, flags }).reports;
  return report && reasons[report.type];
}

/**
 * A regular expression over a text that others wrote takes time in proportion to the length of the text. One that backtracks
 * hangs on text that was made for it, or on a long line of slashes.
 *
 * @type {Rule}
 */
export const linearRegexp = {
  create(context) {
    return {
      Literal(node) {
        const reason = 'regex' in node ? superlinear(node.regex.pattern, node.regex.flags) : undefined;
        if (reason === undefined) return;
        context.report({
          node,
          message: `This regular expression can backtrack: ${reason}. Scan the text, or use tokens.`,
        });
      },
    };
  },
};
