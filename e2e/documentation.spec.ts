import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures/test.js';

/** Names of the pages, from the navigation of the first. */
async function guidesOf(page: import('@playwright/test').Page): Promise<string[]> {
  await page.goto('docs/');
  return page
    .getByRole('navigation', { name: 'Guides' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
}

test('every guide has a page, and every link on them leads somewhere', async ({ page, baseURL }) => {
  const guides = await guidesOf(page);
  expect(guides.length).toBeGreaterThan(10);
  const targets = new Set<string>();
  const fragments = new Map<string, string[]>();
  for (const guide of guides) {
    await page.goto(guide);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-current=page]')).toHaveAttribute('href', /./);
    const links = await page.evaluate(() => [...document.querySelectorAll('a')].map(({ href }) => href));
    for (const href of links) if (href.startsWith(baseURL!)) targets.add(href);
    fragments.set(guide, await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id)));
  }
  const broken: string[] = [];
  for (const target of targets) {
    const [address = '', fragment] = target.split('#');
    if (fragment !== undefined && fragments.has(address)) {
      if (!fragments.get(address)!.includes(decodeURIComponent(fragment))) broken.push(target);
    } else if (!(await page.request.get(address)).ok()) broken.push(target);
  }
  expect(broken).toEqual([]);
});

test('every live block of the guides runs to its end', async ({ page }) => {
  let count = 0;
  for (const guide of await guidesOf(page)) {
    await page.goto(guide);
    for (const snippet of await page.locator('codemode-snippet').all()) {
      const result = snippet.evaluate(
        (element) =>
          new Promise<{ ok: boolean; error?: { message: string } | undefined }>((resolve) => {
            (element as HTMLElement).addEventListener('codemode-result', ({ detail }) => resolve(detail.result), {
              once: true,
            });
          }),
      );
      await snippet.getByRole('button', { name: 'Run', exact: true }).click();
      expect(await result, `block ${++count}, on ${guide}`).toMatchObject({ ok: true });
    }
  }
  expect(count).toBeGreaterThan(3);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the pages have no accessibility violations (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const name of ['', 'sessions.html', 'getting-started.html']) {
      await page.goto(`docs/${name}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
    }
  });
}
