import path from 'node:path';
import type { Page } from '@playwright/test';
import { createRenderer } from '../scripts/build/documentation/markdown.mjs';
import { blocksOf, readPages } from '../scripts/documentation/blocks.mjs';
import { bundlePage, canRun } from '../scripts/documentation/bundle-page.mjs';
import { codeInHtml } from '../scripts/documentation/html-code.mjs';
import { modulesOf } from '../scripts/documentation/modules.mjs';
import { findViolations } from './fixtures/accessibility.js';
import { expect, test } from './fixtures/test.js';

const pages = await readPages();

/** Names of the pages, from the navigation of the first. */
async function guidesOf(page: Page): Promise<string[]> {
  await page.goto('docs/');
  return page
    .getByRole('navigation', { name: 'Guides' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
}

/** Presses Run on every snippet of a page, one after the other. What an author expects has to come of it. */
async function runSnippets(page: Page, where: string): Promise<number> {
  const snippets = await page.locator('codemode-snippet:not([setup])').all();
  for (const [index, snippet] of snippets.entries()) {
    const block = `snippet ${index + 1} of ${where}`;
    const result = snippet.evaluate(
      (element) =>
        new Promise<{ ok: boolean; error?: { message: string } }>((resolve) => {
          (element as HTMLElement).addEventListener(
            'codemode-result',
            ({
              detail: {
                result: { ok, error },
              },
            }) => resolve(error === undefined ? { ok } : { ok, error }),
            { once: true },
          );
        }),
    );
    await snippet.getByRole('button', { name: 'Run', exact: true }).click();
    expect(await result, block).toMatchObject({ ok: true });
    await expect(snippet.locator('[part=expected]'), `expected output of ${block}`).toBeHidden();
  }
  return snippets.length;
}

test('every guide has a page whose live blocks run to their end, and every link on them leads somewhere', async ({
  page,
  baseURL,
}) => {
  const guides = await guidesOf(page);
  expect(guides.length).toBeGreaterThan(10);
  let liveBlocks = 0;
  const targets = new Set<string>();
  const fragments = new Map<string, string[]>();
  for (const guide of guides) {
    await page.goto(guide);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-current=page]')).toHaveAttribute('href', /./);
    const links = await page.evaluate(() => [...document.querySelectorAll('a')].map(({ href }) => href));
    for (const href of links) if (href.startsWith(baseURL!)) targets.add(href);
    fragments.set(guide, await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id)));
    liveBlocks += await runSnippets(page, guide);
  }
  const broken: string[] = [];
  for (const target of targets) {
    const [address = '', fragment] = target.split('#');
    if (fragment !== undefined && fragments.has(address)) {
      if (!fragments.get(address)!.includes(decodeURIComponent(fragment))) broken.push(target);
    } else if (!(await page.request.get(address)).ok()) broken.push(target);
  }
  expect(broken).toEqual([]);
  expect(liveBlocks).toBeGreaterThan(3);
});

for (const [name, source] of pages) {
  const modules = modulesOf(blocksOf(name, source).flatMap((block) => [block, ...codeInHtml(block)]));
  if (!modules.some(canRun)) continue;
  test(`the code of ${name} runs, and gives the values that it says`, async ({ page, site }) => {
    const sdk = `${site.origin}/dist/cdn/codemode-playground.js`;
    const script = await bundlePage(modules, sdk);
    await page.route('**/guide-code.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
    await page.goto(`${site.origin}/e2e/pages/blank.html`);
    const { documented, failures } = await page.evaluate(
      async (addresses) => {
        const values: { place: string; actual: unknown; expected: unknown }[] = [];
        const errors: string[] = [];
        Object.assign(globalThis, {
          documented: (place: string, actual: unknown, expected: unknown) => values.push({ place, actual, expected }),
          failed: (place: string, error: Error) => errors.push(`${place}: ${error.name}: ${error.message}`),
        });
        document.body.innerHTML = '<codemode-playground></codemode-playground>';
        for (const address of addresses) await import(address);
        return { documented: values, failures: errors };
      },
      [sdk, `${site.origin}/guide-code.js`],
    );
    expect(failures).toEqual([]);
    for (const { place, actual, expected } of documented)
      expect({ place, value: actual }).toEqual({ place, value: expected });
    expect(documented).toHaveLength(
      modules.filter(canRun).flatMap(({ place, checks }) => (place === 'cell' ? checks.slice(-1) : checks)).length,
    );
  });
}

test('the pages and fences that guides show run as they stand', async ({ page, site }) => {
  const render = await createRenderer();
  let count = 0;
  // The addresses that guides use for the files of the package.
  await page.route(/^(?:https:\/\/cdn\.example|http:\/\/localhost:\d+\/codemode)\//, async (route) => {
    const file = new URL(route.request().url()).pathname.replace(/^\/codemode(?=\/)/, '');
    await route.fulfill({
      path: path.join(import.meta.dirname, '../dist/cdn', file),
      headers: { 'access-control-allow-origin': '*' },
    });
  });
  for (const [name, source] of pages) {
    for (const { language, words, text, line } of blocksOf(name, source)) {
      if ((language !== 'html' && language !== 'md') || words.has('no-run') || !/<codemode-|\blive\b/.test(text))
        continue;
      const body = language === 'md' ? render(text).html.replace(/ (?:runner|playground)-url="[^"]*"/g, '') : text;
      const script =
        body.includes('codemode-snippet.js') || body.includes('codemode-playground.js')
          ? ''
          : '<script type="module" src="/codemode/codemode-playground.js"></script><script type="module" src="/codemode/codemode-snippet.js"></script>';
      await page.route('**/shown.html', (route) =>
        route.fulfill({
          contentType: 'text/html; charset=utf-8',
          body: `<!doctype html><link rel="icon" href="data:,">${script}${body}`,
        }),
      );
      await page.goto(`${site.origin}/shown.html`);
      await expect(page.locator(':not(:defined)')).toHaveCount(0);
      count += await runSnippets(page, `${name}:${line}`);
      await page.unroute('**/shown.html');
    }
  }
  expect(count).toBeGreaterThan(8);
});

test('the pages have no accessibility violations, light and dark', async ({ page }) => {
  // A page with a snippet, and one with the table, list and highlighted code that make up every guide.
  for (const name of ['', 'getting-started.html']) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(`docs/${name}`);
    expect(await findViolations(page), `${name}, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findViolations(page, { rules: 'colours' }), `${name}, dark`).toEqual([]);
  }
});
