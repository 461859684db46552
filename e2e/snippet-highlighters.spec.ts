import { readdir, readFile } from 'node:fs/promises';
import { openSnippets, SnippetPage } from './fixtures/snippet-page.js';
import { expect, test } from './fixtures/test.js';

/** What real highlighters made of one text; the first line of each file says which. */
const folder = new URL('pages/highlighters/', import.meta.url);
const code = 'const first = 1;\n// of two\nconst total = first + 1;\n\nconsole.log(`${total}\nleft`);';

test('J1: a snippet runs, shows and copies the code alone, whatever a highlighter adds', async ({ page }) => {
  const files = (await readdir(folder)).sort();
  const snippets = await Promise.all(
    files.map(async (file) => {
      const markup = await readFile(new URL(file, folder), 'utf8');
      return `<codemode-snippet id="${file.replace('.html', '')}" persist-edits="off">${markup}</codemode-snippet>`;
    }),
  );
  await openSnippets(page, snippets.join('\n'));
  const codes = await page
    .locator('codemode-snippet')
    .evaluateAll((elements: HTMLElementTagNameMap['codemode-snippet'][]) =>
      elements.map(({ id, code: text }) => {
        // A callout leaves its comment, or a blank.
        return [id, text.replace(/ (?:\/\/ )?$/gm, '')];
      }),
    );
  expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(files.map((file) => [file.replace('.html', ''), code])));

  for (const id of ['chroma-table', 'rouge-line-table']) {
    const snippet = new SnippetPage(page, id);
    await snippet.run();
    await expect(snippet.output).toContainText('2\nleft');
  }
  const edited = new SnippetPage(page, 'pygments-table');
  await edited.editButton.click();
  await edited.field.waitFor();
  await expect(edited.element.locator('.linenos')).toBeHidden();
  expect(await edited.call((snippet) => snippet.code)).toBe(code);
});
