import { SnippetPage } from './fixtures/snippet-page.js';
import { expect, test } from './fixtures/test.js';

/** A page of `http:`, where browsers offer neither `crypto.randomUUID` nor the clipboard. */

test.use({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP docs.test 127.0.0.1'];
      await use({ ...launchOptions, args });
    },
    { scope: 'worker' },
  ],
});

test.skip(({ browserName }) => browserName !== 'chromium', 'the name is resolved by an option of Chromium');

const insecure = (origin: string): string => origin.replace('localhost', 'docs.test').replace('127.0.0.1', 'docs.test');

test('a snippet runs, is edited and copied, and the edit is kept', async ({ page, site }) => {
  await page.goto(`${insecure(site.origin)}/e2e/pages/snippet-guide.html`);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  const first = new SnippetPage(page, 'first');
  await first.run();
  await expect(first.output).toContainText('536.5');
  await first.copyButton.click();
  await expect(first.element.getByRole('button', { name: 'Copied' })).toBeVisible();
  await first.editButton.click();
  await expect(first.element.locator('.monaco-editor[role=code]')).toBeVisible();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// mine\n');
  await expect.poll(() => page.evaluate(() => Object.values(localStorage).join())).toContain('// mine');
});

test('the playground runs code in Monaco', async ({ page, site }) => {
  await page.goto(insecure(site.origin));
  const playground = page.locator('codemode-playground');
  await expect(playground.locator('.monaco-editor[role=code]')).toBeVisible();
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(playground.getByRole('log')).toContainText('acme has open orders');
});
