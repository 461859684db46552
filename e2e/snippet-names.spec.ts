import type { Page } from '@playwright/test';
import { openSnippets, SnippetPage } from './fixtures/snippet-page.js';
import { expect, test } from './fixtures/test.js';

const snippet = (id: string, attributes: string, code: string): string =>
  `<codemode-snippet id="${id}" ${attributes}><pre><code>${code}</code></pre></codemode-snippet>`;
const cells = (page: Page, ...ids: string[]): SnippetPage[] => ids.map((id) => new SnippetPage(page, id));

const fails = "const where = 'here';\nthrow new Error('boom ' + where)";

test('an error stands in its own snippet, also after Start over and after runs of the page', async ({ page }) => {
  await openSnippets(
    page,
    `<codemode-run-all session="guide"></codemode-run-all>` +
      snippet('first', 'session="guide"', 'const one = 1;') +
      snippet('second', 'session="guide"', fails),
  );
  const [first, second] = cells(page, 'first', 'second');
  await first!.run();
  await second!.run();
  await expect(second!.output).toContainText('at second:2:7');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(second!.output).toHaveCount(0);
  await page.evaluate(async () => {
    const { pageCodemode } = (await import('/dist/cdn/codemode-snippet.js' as string)) as {
      pageCodemode(): Promise<{ session(name: string): { execute(code: string): Promise<unknown> } }>;
    };
    const session = (await pageCodemode()).session('guide');
    await session.execute('console.log("of the page")');
    await session.execute('console.log("of the page")');
  });
  await second!.run();
  await expect(second!.output).toContainText('at second:2:7');
  await expect(second!.output).not.toContainText('of the page');
  await expect(second!.element.getByRole('img', { name: /line 2/ })).toBeVisible();
  await expect(first!.element.getByRole('img', { name: /line/ })).toHaveCount(0);
});

test('lines that readers do not see are not counted, and no position leads there', async ({ page }) => {
  const hidden = "// #region hidden\nfunction check() {\n  throw new Error('unseen')\n}\n// #endregion\n";
  await openSnippets(page, snippet('use', '', `${hidden}const a = 1;\ncheck();`));
  const [use] = cells(page, 'use');
  await use!.run();
  await expect(use!.output).toContainText('at use:2:1');
  await expect(use!.output).not.toContainText('check use');
  await expect(use!.element.getByRole('img', { name: /line 2/ })).toBeVisible();
  await use!.editButton.click();
  await use!.output.getByRole('button', { name: 'use:2:1' }).click();
  await expect(use!.field).toBeFocused();
});

test('two snippets of one name are told apart', async ({ page }) => {
  await openSnippets(
    page,
    snippet('same', 'session="guide"', "function load() {\n  throw new Error('of the one')\n}") +
      snippet('same', 'session="guide" class="other"', '\nload()'),
  );
  await page.locator('codemode-snippet').first().getByRole('button', { name: 'Run' }).click();
  const other = page.locator('codemode-snippet.other');
  await other.getByRole('button', { name: 'Run' }).click();
  const output = other.getByRole('group', { name: 'Output' });
  await expect(output).toContainText(/at load same:2:9/);
  await expect(output).toContainText(/at same \(2\):1:1/);
});

test('events name the snippet and its code', async ({ page }) => {
  await openSnippets(page, snippet('events', '', "console.log('a'); 1"));
  const seen = await page.evaluate(async () => {
    const details: unknown[] = [];
    for (const type of ['codemode-run', 'codemode-output', 'codemode-result'])
      document.body.addEventListener(type, ({ detail }: CustomEventInit<Record<string, unknown>>) =>
        details.push([type, detail?.['snippet'], detail?.['tab'], detail?.['fileName']]),
      );
    await document.querySelector<HTMLElementTagNameMap['codemode-snippet']>('#events')!.run();
    return details;
  });
  expect(seen).toEqual(
    ['codemode-run', 'codemode-output', 'codemode-result'].map((type) => [type, 'events', 'events', 'events']),
  );
});
