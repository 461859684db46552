import type { Locator, Page } from '@playwright/test';
import { SnippetPage } from './fixtures/snippet-page.js';
import { expect, test } from './fixtures/test.js';

const guide = '/e2e/pages/snippet-guide.html';

const background = (locator: Locator): Promise<string> =>
  locator.evaluate((element) => getComputedStyle(element).backgroundColor);
const toolbar = (page: Page): Locator => new SnippetPage(page, 'first').element.locator('[part=toolbar]');

async function style(page: Page, text: string): Promise<void> {
  await page.addStyleTag({ content: text });
}

test('custom properties colour a snippet, and Monaco in it, also when they change', async ({ page }) => {
  await page.goto(guide);
  const first = new SnippetPage(page, 'first');
  await style(page, 'codemode-snippet { --codemode-surface: rgb(1, 2, 3); --codemode-background: rgb(4, 5, 6) }');
  await first.element.getByRole('button', { name: 'Edit', exact: true }).click();
  const monaco = first.element.locator('.monaco-editor-background').first();
  await expect.poll(() => background(monaco)).toBe('rgb(4, 5, 6)');
  expect(await background(toolbar(page))).toBe('rgb(1, 2, 3)');
  await style(page, 'codemode-snippet { --codemode-background: rgb(250, 251, 252) }');
  await expect.poll(() => background(monaco)).toBe('rgb(250, 251, 252)');
});

test('with forced colours, code has the colours of the system', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await page.goto('/');
  const playground = page.locator('codemode-playground');
  const code = playground.locator('.monaco-editor .view-line span > span').first();
  await expect(code).toBeVisible();
  const colorOf = (locator: Locator, property: 'color' | 'backgroundColor'): Promise<string> =>
    locator.evaluate((element, name) => getComputedStyle(element)[name], property);
  const behind = playground.locator('.monaco-editor-background').first();
  await expect.poll(() => colorOf(behind, 'backgroundColor')).toBe('rgb(0, 0, 0)');
  expect(await colorOf(code, 'color')).not.toBe('rgb(0, 0, 0)');
  const run = playground.getByRole('button', { name: 'Run', exact: true });
  expect(await colorOf(run, 'color')).not.toBe(await colorOf(run, 'backgroundColor'));
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' });
  await expect.poll(() => colorOf(behind, 'backgroundColor')).toBe('rgb(255, 255, 255)');
  await expect.poll(() => colorOf(code, 'color')).not.toBe('rgb(255, 255, 255)');
});

test('parts can be styled from the page', async ({ page }) => {
  await page.goto(guide);
  await style(page, 'codemode-snippet::part(run) { background-color: rgb(9, 9, 9) }');
  // The button goes over to another colour in a moment, not at once.
  await expect
    .poll(() => background(new SnippetPage(page, 'first').element.locator('[part=run]')))
    .toBe('rgb(9, 9, 9)');
});

test("the colour scheme is the page's: declared, painted or of one part of it", async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(guide);
  await style(page, ':root { color-scheme: light }');
  const light = await background(toolbar(page));
  await page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'dark'));
  const dark = await background(toolbar(page));
  expect(dark).not.toBe(light);

  await page.evaluate(() => {
    document.documentElement.style.setProperty('color-scheme', 'light');
    document
      .querySelector<HTMLElement>('codemode-snippet#first')!
      .parentElement!.style.setProperty('color-scheme', 'dark');
  });
  await expect.poll(() => background(toolbar(page))).toBe(dark);
});

test('a page that says nothing of schemes and paints itself dark is followed', async ({ page, site }) => {
  await page.goto('/e2e/pages/blank.html');
  await page.evaluate(async (address) => {
    document.body.innerHTML = '<codemode-snippet id="first"><pre><code>1</code></pre></codemode-snippet>';
    await import(address);
  }, `${site.origin}/dist/cdn/codemode-snippet.js`);
  await expect.poll(() => background(toolbar(page))).toBe('rgb(247, 247, 248)');
  await page.evaluate(() => document.body.style.setProperty('background', '#111'));
  await expect.poll(() => background(toolbar(page))).toBe('rgb(22, 24, 29)');
});

test('from right to left the buttons change sides, and code stays as it is', async ({ page }) => {
  await page.goto(guide);
  const first = new SnippetPage(page, 'first');
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const middle = await first.element.evaluate((element) => {
    const { left, width } = element.getBoundingClientRect();
    return left + width / 2;
  });
  const left = (name: string): Promise<number> =>
    first.element.getByRole('button', { name, exact: true }).evaluate((button) => button.getBoundingClientRect().left);
  expect(await left('Run')).toBeGreaterThan(middle);
  expect(await left('Copy')).toBeLessThan(middle);
  await first.run();
  await expect(first.output).toContainText('536.5');
});

test('on paper a snippet is its code and its last output', async ({ page }) => {
  await page.goto(guide);
  const first = new SnippetPage(page, 'first');
  await first.run();
  await expect(first.output).toContainText('536.5');
  await page.emulateMedia({ media: 'print' });
  await expect(first.authorCode).toBeVisible();
  await expect(first.output).toBeVisible();
  await expect(toolbar(page)).toBeHidden();
});

test('with forced colours the buttons have an outline', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(guide);
  const border = await new SnippetPage(page, 'first').element
    .getByRole('button', { name: 'Run', exact: true })
    .evaluate((button) => getComputedStyle(button).borderTopColor);
  expect(border).not.toBe('rgba(0, 0, 0, 0)');
});

test('reduced motion shortens every animation of the playground', async ({ playground, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const durations = await playground.runButton.evaluate((button) => getComputedStyle(button).transitionDuration);
  expect(Number.parseFloat(durations)).toBeLessThan(0.001);
});
