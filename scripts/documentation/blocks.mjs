import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import markdownIt from 'markdown-it';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A fenced code block of a page.
 *
 * @typedef {object} Block
 * @property {string} page  From the root of the project, with forward slashes: `docs/tools.md`.
 * @property {number} line  Of its first line of code, from 1.
 * @property {string} language  First word of the fence; empty without one.
 * @property {ReadonlyMap<string, string>} words  The other words of the fence. A bare word has an empty value.
 * @property {string} text
 * @property {string} [expected]  The text of the output fence that follows a live one.
 */

const markdown = markdownIt({ html: true });
const word = /([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))|[^\s]+/g;

/**
 * The fenced blocks of a page. A block of Markdown shows fences to write: they are blocks too.
 *
 * @param {string} page
 * @param {string} source
 * @param {number} [firstLine]  Of the source in its page.
 * @returns {Block[]}
 */
export function blocksOf(page, source, firstLine = 1) {
  /** @type {Block[]} */
  const blocks = [];
  for (const { type, info, content, map } of markdown.parse(source, {})) {
    if (type !== 'fence') continue;
    const [, language = '', rest = ''] = /^(\S*)(.*)$/s.exec(info.trim()) ?? [];
    const words = new Map(
      Array.from(rest.matchAll(word), ([text, key = text, quoted, apostrophed, plain]) => [
        key,
        quoted ?? apostrophed ?? plain ?? '',
      ]),
    );
    const line = firstLine + (map?.[0] ?? 0) + 1;
    const before = blocks.at(-1);
    if (words.has('output') && before?.words.has('live')) before.expected = content;
    blocks.push({ page, line, language, words, text: content });
    if (language === 'md') blocks.push(...blocksOf(page, content, line));
  }
  return blocks;
}

/** README.md and the guides of `docs/`, by their path from the root. @returns {Promise<Map<string, string>>} */
export async function readPages() {
  const guides = (await readdir(path.join(root, 'docs'), { recursive: true }))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll(path.sep, '/')}`)
    .sort();
  return await readSources(['README.md', ...guides]);
}

/** The sources of pages, by their path from the root. @param {readonly string[]} names @returns {Promise<Map<string, string>>} */
export async function readSources(names) {
  return new Map(
    await Promise.all(
      names.map(async (name) => /** @type {const} */ ([name, await readFile(path.join(root, name), 'utf8')])),
    ),
  );
}
