import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromHighlighter } from '@shikijs/markdown-it/core';
import { build } from 'esbuild';
import markdownIt from 'markdown-it';
import { createHighlighter } from 'shiki';
import { slugOf } from '../../documentation/slug.mjs';
import { highlightedLanguages } from './highlighted-languages.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The plugin that turns live fences into snippets, which is part of what is built here. */
async function loadLiveFences() {
  const [file] = (
    await build({
      entryPoints: [path.join(root, 'src/markdown/markdown-it.ts')],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      outdir: 'out',
    })
  ).outputFiles;
  /** @type {typeof import('../../../src/markdown/markdown-it.js')} */
  const { codemodeSnippets } = await import(
    `data:text/javascript;base64,${Buffer.from(file?.contents ?? '').toString('base64')}`
  );
  return codemodeSnippets;
}

/**
 * @typedef {object} Rendered
 * @property {string} html
 * @property {string} title  Text of the first heading.
 * @property {readonly { slug: string, text: string }[]} sections  Headings of the second level.
 * @property {readonly Link[]} links
 *
 * @typedef {{ text: string, href: string, section: string }} Link  With the heading above it.
 */

/**
 * A function that renders a guide of `docs/` as it stands on a page: fences highlighted for both colour schemes, live ones
 * as snippets, links to other guides leading to their pages. It takes the path from the page to the folder of all of them.
 */
export async function createRenderer() {
  const highlighter = await createHighlighter({
    themes: ['github-light-high-contrast', 'github-dark-high-contrast'],
    langs: [...highlightedLanguages],
  });
  const codemodeSnippets = await loadLiveFences();

  /** @param {string} up  Path from the page to the folder of all pages. */
  const createMarkdown = (up) => {
    const markdown = markdownIt({ html: true });
    markdown.use(
      fromHighlighter(highlighter, {
        themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
        defaultColor: 'light-dark()',
      }),
    );
    markdown.use(codemodeSnippets, {
      attributes: { 'playground-url': `${up}../`, 'runner-url': `${up}../runner.html` },
      tools: { weather: `${up}tools.js` },
    });
    return markdown;
  };
  /** @type {Map<string, ReturnType<typeof createMarkdown>>} */
  const markdowns = new Map();

  /** @param {string} source @param {string} [up] @returns {Rendered} */
  return (source, up = '') => {
    const markdown = markdowns.get(up) ?? createMarkdown(up);
    markdowns.set(up, markdown);
    const tokens = withoutEmptyHeads(markdown.parse(source, {}));
    /** @type {{ level: string, slug: string, text: string }[]} */
    const headings = [];
    /** @type {Link[]} */
    const links = [];
    for (const [index, token] of tokens.entries()) {
      if (token.type === 'heading_open') {
        const text = plainText(tokens[index + 1]);
        const heading = { level: token.tag, slug: slugOf(text), text };
        token.attrSet('id', heading.slug);
        headings.push(heading);
      }
      for (const [at, child] of (token.children ?? []).entries()) {
        if (child.type !== 'link_open') continue;
        const href = pageOf(String(child.attrGet('href')));
        child.attrSet('href', href);
        links.push({ text: token.children?.[at + 1]?.content ?? '', href, section: headings.at(-1)?.text ?? '' });
      }
    }
    return {
      html: markdown.renderer.render(tokens, markdown.options, {}),
      title: headings.find(({ level }) => level === 'h1')?.text ?? '',
      sections: headings.filter(({ level }) => level === 'h2'),
      links,
    };
  };
}

/**
 * A table in Markdown has a head, and a cell in it for each column, also where there is nothing to say.
 *
 * @template {{ type: string, content: string, tag: string }} Token
 * @param {readonly Token[]} tokens
 */
function withoutEmptyHeads(tokens) {
  /** @type {Token[]} */
  const kept = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'th_open' && tokens[index + 1]?.content === '') token.tag = 'td';
    if (token.type === 'th_close' && tokens[index - 1]?.content === '') token.tag = 'td';
    kept.push(token);
    if (token.type !== 'thead_close') continue;
    const start = kept.findLastIndex(({ type }) => type === 'thead_open');
    if (kept.slice(start).every(({ content }) => content === '')) kept.length = start;
  }
  return kept;
}

/** @param {{ children?: readonly { type: string, content: string }[] | null } | undefined} inline */
function plainText(inline) {
  return (inline?.children ?? [])
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');
}

/** Where the page of a guide is, beside that of another. @param {string} href */
function pageOf(href) {
  return /^[a-z]+:/.test(href) ? href : href.replace(/(^|\/)index\.md(?=$|#)/, '$1./').replace(/\.md(?=$|#)/, '.html');
}
