/** @import { Block } from './blocks.mjs' */

const element =
  /<(script)\b([^>]*)>(.*?)<\/script>|<(codemode-snippet)\b([^>]*)>\s*<pre[^>]*>\s*<code[^>]*>(.*?)<\/code>|^(---)\n()(.*?)\n---$/gms;
const entities = /** @type {Record<string, string>} */ ({ lt: '<', gt: '>', amp: '&', quot: '"' });

/**
 * The code inside a block of HTML or Astro, as blocks: module scripts, and the code of snippets as live cells.
 *
 * @param {Block} block
 * @returns {Block[]}
 */
export function codeInHtml({ page, line, language, words, text }) {
  if ((language !== 'html' && language !== 'astro') || words.has('unchecked')) return [];
  return Array.from(text.matchAll(element)).flatMap((match) => {
    const tag = match[1] ?? match[4] ?? match[7];
    const attributes = match[2] ?? match[5] ?? '';
    const code = match[3] ?? match[6] ?? match[9] ?? '';
    if (code.trim() === '' || (tag !== 'codemode-snippet' && !isModule(attributes))) return [];
    const before = text.slice(0, match.index + match[0].indexOf(code));
    const place = { page, line: line + before.split('\n').length - 1 };
    if (tag !== 'codemode-snippet') return [{ ...place, language: 'js', words: new Map([['html', '']]), text: code }];
    const [, session] = /\bsession="([^"]*)"/.exec(attributes) ?? [];
    return [
      {
        ...place,
        language: 'ts',
        words: new Map([
          ['live', ''],
          ['html', ''],
          ...(session === undefined ? [] : [/** @type {const} */ (['session', session])]),
        ]),
        text: code.replace(/&(lt|gt|amp|quot);/g, (_entity, name) => entities[name] ?? ''),
      },
    ];
  });
}

/** Whether a script is a module: by its type, or because a bundler makes it one. @param {string} attributes */
function isModule(attributes) {
  return !/\btype="(?!module")|\bsrc=/.test(attributes);
}
