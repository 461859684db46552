import type { Page } from '@playwright/test';
import { openSnippets, SnippetPage } from './fixtures/snippet-page.js';
import { expect, test } from './fixtures/test.js';

const body = (code = "'of the page'", attributes = ''): string =>
  `<codemode-snippet id="kept" ${attributes}><pre><code>${code}</code></pre></codemode-snippet>`;

/** Types into the editor as a reader does. */
async function edit(page: Page, snippet: SnippetPage, text: string): Promise<void> {
  await snippet.editButton.click();
  await expect(snippet.field).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

test.use({ viewport: { width: 500, height: 700 } });

test("a reader's edit is there again after a reload, and does not run by itself; Reset brings back the author's", async ({
  page,
}) => {
  await openSnippets(page, body());
  const kept = new SnippetPage(page, 'kept');
  await edit(page, kept, '6 * 7');
  await page.reload();
  await expect(kept.state).toHaveText('Edited');
  await expect(kept.element.getByText('6 * 7')).toBeVisible();
  await expect(kept.authorCode).toBeHidden();
  expect(page.frames()).toHaveLength(1);
  await kept.run();
  await expect(kept.output).toContainText('42');
  await kept.resetButton.click();
  await expect(kept.authorCode).toBeVisible();
  await expect(kept.output).toHaveCount(0);
  await expect(kept.runButton).toBeFocused();
  await page.reload();
  await expect(kept.authorCode).toBeVisible();
  await expect(kept.state).toHaveText('');
});

test('edits are not kept where the page says so, nor on another page', async ({ page }) => {
  await openSnippets(page, body(undefined, 'persist-edits="off"'), { path: 'off.html' });
  const kept = new SnippetPage(page, 'kept');
  await edit(page, kept, '1');
  await page.reload();
  await expect(kept.runButton).toBeVisible();
  await expect(kept.authorCode).toBeVisible();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await openSnippets(page, body(), { path: 'one.html' });
  await edit(page, kept, '2');
  await openSnippets(page, body(), { path: 'two.html' });
  await expect(kept.runButton).toBeVisible();
  await expect(kept.authorCode).toBeVisible();
});

test('when the author has changed the code since, both versions are offered', async ({ page }) => {
  await openSnippets(page, body());
  const kept = new SnippetPage(page, 'kept');
  await edit(page, kept, '1 + 1');
  await openSnippets(page, body("'new of the page'"));
  await expect(kept.element.getByText('This code has changed since you edited it.')).toBeVisible();
  await expect(kept.authorCode).toBeVisible();
  await kept.element.getByRole('button', { name: 'Keep my version' }).click();
  await expect(kept.element.getByText('1 + 1')).toBeVisible();
  await page.reload();
  await expect(kept.element.getByText('1 + 1')).toBeVisible();
  await openSnippets(page, body("'newer still'"));
  await kept.element.getByRole('button', { name: 'Show the new version' }).click();
  await page.reload();
  await expect(kept.runButton).toBeVisible();
  await expect(kept.authorCode).toBeVisible();
});

test('two tabs do not overwrite each other', async ({ page, context }) => {
  const other = await context.newPage();
  await other.addInitScript(() => {
    addEventListener('storage', (event) => {
      if (document.documentElement.dataset['deaf'] !== undefined) event.stopImmediatePropagation();
    });
  });
  for (const tab of [page, other]) await openSnippets(tab, body());
  const [here, there] = [new SnippetPage(page, 'kept'), new SnippetPage(other, 'kept')];
  await expect(there.runButton).toBeVisible();
  await edit(page, here, "'of one'");
  await expect(there.element.getByText("'of one'")).toBeVisible();
  await edit(other, there, "'of the other'");
  await expect(here.field).toHaveText("'of the other'");

  // Both type before either has heard of the other.
  await other.evaluate(() => {
    document.documentElement.dataset['deaf'] = '';
  });
  await page.keyboard.press('Control+A');
  await page.keyboard.type("'again of one'");
  await other.bringToFront();
  await there.field.focus();
  await other.keyboard.press('Control+A');
  await other.keyboard.type('9');
  await expect(there.element.getByText('This code was edited in another tab.')).toBeVisible();
  await expect(there.field).toHaveText('9');
  expect(await other.evaluate(() => localStorage.getItem('codemode-snippet:/e2e/pages/made-up.html#kept'))).toContain(
    'again of one',
  );
  await there.element.getByRole('button', { name: 'Show the other version' }).click();
  await expect(there.field).toHaveText("'again of one'");
});
