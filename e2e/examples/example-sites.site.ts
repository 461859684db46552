import { exampleSites, expect, sandboxes, snippet, test } from './example-sites.js';

/** The sites of `examples/`. In all of them nothing may leave the site's own origin. */

for (const site of exampleSites) {
  test.describe(site.name, () => {
    test('snippets of a session share what they declare, and run what they need first', async ({ page, serveSite }) => {
      await page.goto((await serveSite(site)) + site.guide);
      expect(sandboxes(page)).toEqual({ frames: 0, workers: 0 });
      await snippet(page, 'quote').run();
      await expect(snippet(page, 'quote').output).toContainText('14');
      await expect(snippet(page, 'list').output).toContainText('apple, pear');
      expect(sandboxes(page)).toEqual({ frames: 1, workers: 1 });
    });

    test('two sets of tools stand side by side', async ({ page, serveSite }) => {
      await page.goto((await serveSite(site)) + site.guide);
      await snippet(page, 'stock').run();
      await snippet(page, 'stock-mocked').run();
      await expect(snippet(page, 'stock').output).toContainText('12');
      await expect(snippet(page, 'stock-mocked').output).toContainText('100');
    });

    test('a visit to another page leaves nothing behind, and the way back finds snippets that run', async ({
      page,
      serveSite,
    }) => {
      await page.goto((await serveSite(site)) + site.guide);
      await snippet(page, 'list').run();
      await expect(snippet(page, 'list').output).toContainText('apple, pear');
      await site.leave(page);
      await expect(page.getByRole('heading', { name: 'About' })).toBeVisible();
      await expect.poll(() => sandboxes(page)).toEqual({ frames: 0, workers: 0 });
      await site.enter(page);
      await snippet(page, 'list').run();
      await expect(snippet(page, 'list').output).toContainText('apple, pear');
      expect(sandboxes(page)).toEqual({ frames: 1, workers: 1 });
    });

    test("the snippets and their editor follow the site's dark mode", async ({ page, serveSite }) => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto((await serveSite(site)) + site.guide);
      const { toolbar, edit, element } = snippet(page, 'list');
      await edit();
      const monaco = element.locator('.monaco-editor-background').first();
      await monaco.waitFor();
      const isDark = (locator: typeof toolbar): Promise<boolean> =>
        locator.evaluate((part) => {
          const channels =
            getComputedStyle(part)
              .backgroundColor.match(/[\d.]+/g)
              ?.slice(0, 3)
              .map(Number) ?? [];
          return channels.every((channel) => channel < 110);
        });
      expect([await isDark(toolbar), await isDark(monaco)]).toEqual([false, false]);
      await site.darken(page);
      await expect.poll(async () => [await isDark(toolbar), await isDark(monaco)]).toEqual([true, true]);
    });

    test('what a reader changes in the editor runs', async ({ page, serveSite }) => {
      await page.goto((await serveSite(site)) + site.guide);
      const { edit, element, output, run } = snippet(page, 'stock');
      await edit();
      await element.locator('.monaco-editor-background').first().waitFor();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText("await tools.stock({ fruit: 'quince' })");
      await run();
      await expect(output).toContainText('5');
    });

    if (site.isPrerendered) {
      test('without JavaScript the code is there to read', async ({ browser, serveSite }) => {
        const context = await browser.newContext({ javaScriptEnabled: false });
        try {
          const page = await context.newPage();
          await page.goto((await serveSite(site)) + site.guide);
          const code = page.locator('codemode-snippet#list pre').first();
          await expect(code).toBeVisible();
          await expect(code).toContainText('const cheap = await orchard.list({ below: 5 });');
        } finally {
          await context.close();
        }
      });
    }
  });
}
