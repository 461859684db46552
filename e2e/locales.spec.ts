import { expect, test } from './fixtures/test.js';

const snippet = (attributes: string): string =>
  `<codemode-snippet ${attributes}><pre><code>1 + 1</code></pre></codemode-snippet>`;

test('each snippet speaks the language of its place, which loads when it is needed', async ({ page, site }) => {
  const locales: string[] = [];
  page.on('request', (request) => {
    const [, locale] = /\/cdn\/(de|ja)-[\w-]+\.js$/.exec(request.url()) ?? [];
    if (locale !== undefined) locales.push(locale);
  });
  await page.goto('/e2e/pages/blank.html');
  await page.evaluate(
    async ({ address, body }) => {
      document.body.innerHTML = body;
      await import(address);
    },
    {
      address: `${site.origin}/dist/cdn/codemode-snippet.js`,
      body: `${snippet('id="en"')}<section lang="de-AT">${snippet('id="de"')}</section>`,
    },
  );
  await expect(page.locator('#de').getByRole('button', { name: 'Ausführen' })).toBeVisible();
  await expect(page.locator('#en').getByRole('button', { name: 'Run' })).toBeVisible();
  expect(locales).toEqual(['de']);

  await page.evaluate(() => (document.documentElement.lang = 'ja'));
  await expect(page.locator('#en').getByRole('button', { name: '実行' })).toBeVisible();
  await expect(page.locator('#de').getByRole('button', { name: 'Ausführen' })).toBeVisible();
  expect(locales).toEqual(['de', 'ja']);
});

test('a page sets the language of all elements, replaces texts and adds languages', async ({ sdkPage: page }) => {
  await page.evaluate(() => {
    document.body.innerHTML = '<codemode-playground lang="en"></codemode-playground>';
    window.sdk.registerStrings('en', { run: 'Execute' });
  });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await expect(button('Execute')).toBeVisible();
  await page.evaluate(() => window.sdk.setLocale('de'));
  await expect(button('Ausführen')).toBeVisible();
  await expect(page.getByRole('log', { name: 'Konsole' })).toBeVisible();
  await page.evaluate(() => {
    window.sdk.registerStrings('fr', async () => ({ run: 'Lancer' }));
    return window.sdk.setLocale('fr');
  });
  await expect(button('Lancer')).toBeVisible();
  await expect(button('Reset')).toBeVisible();
  await page.evaluate(() => window.sdk.setLocale(undefined));
  await expect(button('Execute')).toBeVisible();
});
