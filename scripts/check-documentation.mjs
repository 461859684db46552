import { pathToFileURL } from 'node:url';
import { page as apiPage, renderApiReference } from './api-reference.mjs';
import { blocksOf, readPages, readSources } from './documentation/blocks.mjs';
import { checkPaths, otherPages } from './documentation/check-paths.mjs';
import { checkSyntax } from './documentation/check-syntax.mjs';
import { checkTypes } from './documentation/check-types.mjs';
import { codeInHtml } from './documentation/html-code.mjs';
import { modulesOf } from './documentation/modules.mjs';

/**
 * Checks README.md and the guides: types, syntax and commands of every code block, and the names of files in the text. A block
 * that can't be checked gives the reason in its fence: unchecked="reason".
 *
 * @returns {Promise<{ problems: string[], summary: string }>}
 */
export async function checkDocumentation() {
  const sources = await readPages();
  const blocks = [...sources].flatMap(([page, source]) => blocksOf(page, source));
  /** @type {string[]} */
  const problems = [];
  const modules = [...sources.keys()].flatMap((page) => {
    try {
      const own = blocks.filter((block) => block.page === page);
      return modulesOf(own.flatMap((block) => [block, ...codeInHtml(block)]));
    } catch (error) {
      problems.push(/** @type {Error} */ (error).message);
      return [];
    }
  });
  problems.push(...(await checkTypes(modules)), ...(await checkSyntax(blocks)));
  problems.push(...(await checkPaths(new Map([...sources, ...(await readSources(otherPages))]))));
  if (sources.get(apiPage) !== (await renderApiReference()))
    problems.push(`${apiPage} is not up to date: run node scripts/api-reference.mjs.`);
  for (const [row] of sources.get(apiPage)?.matchAll(/^\| `.*\| +\|$/gm) ?? [])
    problems.push(`${apiPage}: Give ${row.slice(2, row.indexOf(' ', 2))} a doc comment.`);
  const unchecked = blocks.filter(({ words }) => words.has('unchecked'));
  for (const { page, line, words } of unchecked) {
    if (words.get('unchecked') === '') problems.push(`${page}:${line - 1}: Say why: unchecked="reason".`);
  }
  const cells = modules.filter(({ place }) => place === 'cell').length;
  return {
    problems,
    summary: [
      `${blocks.length} blocks on ${sources.size} pages: ${modules.length - cells} pieces of page code and ${cells} cells type-checked.`,
      `${unchecked.length} not checked${unchecked.map(({ page, line, words }) => `\n  ${page}:${line} ${words.get('unchecked')}`).join('')}`,
    ].join('\n'),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { problems, summary } = await checkDocumentation();
  for (const problem of problems) console.error(problem);
  console.log(summary);
  if (problems.length > 0) process.exitCode = 1;
}
