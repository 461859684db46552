import { findViolations } from './fixtures/accessibility.js';
import { openSnippets, SnippetPage } from './fixtures/snippet-page.js';
import { expect, test } from './fixtures/test.js';

const guide = '/e2e/pages/snippet-guide.html';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page is what its author wrote', async ({ page }) => {
    await page.goto(guide);
    const { authorCode } = new SnippetPage(page, 'first');
    await expect(authorCode).toBeVisible();
    await expect(authorCode.locator('.k').first()).toHaveText('const');
    await expect(page.getByText('Sum of [129, 58.5, 349]')).toBeVisible();
  });
});

test('a run shows what was written and the value; the markup of the author stays', async ({ page }) => {
  await page.goto(guide);
  const first = new SnippetPage(page, 'first');
  const before = await first.authorCode.innerHTML();
  await first.run();
  await expect(first.output).toContainText('Sum of');
  await expect(first.output).toContainText('536.5');
  await expect(first.state).toContainText('As expected');
  expect(await first.authorCode.innerHTML()).toBe(before);
  await expect(first.element.getByRole('status')).toContainText('536.5');
});

test('an error marks its line in the code as text', async ({ page }) => {
  await page.goto(guide);
  const fails = new SnippetPage(page, 'fails');
  await fails.run();
  await expect(fails.output).toContainText("TypeError: Cannot read properties of undefined (reading 'id')");
  const mark = fails.element.getByRole('img', { name: 'Error in line 3' });
  const line = await fails.authorCode
    .getByText('orders[', { exact: false })
    .last()
    .evaluate((code) => {
      const range = document.createRange();
      range.selectNodeContents(code);
      return range.getBoundingClientRect().bottom;
    });
  const box = (await mark.boundingBox())!;
  expect(box.y + box.height).toBeGreaterThan(line - 30);
  expect(box.y + box.height).toBeLessThanOrEqual(line + 1);
});

test('Stop ends a run, keeps its variables and the focus', async ({ page }) => {
  await page.goto(guide);
  const endless = new SnippetPage(page, 'endless');
  await endless.runButton.click();
  await expect(endless.stopButton).toBeFocused();
  await expect(endless.output).toContainText('started');
  await expect(endless.state).toHaveText('Running');
  await endless.stopButton.press('Enter');
  await expect(endless.state).toHaveText('Stopped');
  await expect(endless.runButton).toBeFocused();
  expect(
    await endless.call(async (snippet) => {
      snippet.code = 'kept';
      return (await snippet.run()).value;
    }),
  ).toBe(1);
});

test('by keyboard alone: run, edit, run from the editor, leave it with Escape', async ({ page }) => {
  await page.goto(guide);
  const use = new SnippetPage(page, 'use');
  await use.runButton.focus();
  await page.keyboard.press('Enter');
  await expect(use.output).toContainText('25');
  await page.keyboard.press('Tab');
  await expect(use.editButton).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(use.element.locator('.monaco-editor[role=code]')).toBeVisible();
  await expect(use.field).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' + 17');
  await page.keyboard.press('Control+Enter');
  await expect(use.output).toContainText('42');
  await page.keyboard.press('Escape');
  await expect(use.editButton).toBeFocused();
});

test('an editor without changes gives its place back to the code of the author', async ({ page }) => {
  await page.goto(guide);
  const use = new SnippetPage(page, 'use');
  await use.editButton.click();
  await expect(use.field).toBeFocused();
  await expect(use.authorCode).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(use.authorCode).toBeVisible();
  await expect(use.field).toHaveCount(0);
});

test('code that is read-only runs and is copied, but not edited', async ({ page }) => {
  await page.goto(guide);
  const fixed = new SnippetPage(page, 'fixed');
  await expect(fixed.copyButton).toBeVisible();
  await expect(fixed.editButton).toHaveCount(0);
  await fixed.run();
  await expect(fixed.editButton).toHaveCount(0);
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 380, height: 740 } });

  test('Edit opens the light editor, and Tab leaves it', async ({ page }) => {
    await page.goto(guide);
    const use = new SnippetPage(page, 'use');
    await use.editButton.click();
    await expect(use.element.locator('codemode-light-editor')).toBeVisible();
    await expect(use.field).toBeFocused();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' * 2');
    await page.keyboard.press('Control+Enter');
    await expect(use.output).toContainText('50');
    await page.keyboard.press('Tab');
    await expect(use.field).not.toBeFocused();
    await use.field.focus();
    await page.keyboard.press('Escape');
    await expect(use.editButton).toBeFocused();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(380);
  });
});

test('Open in playground shows the code with what it needs, and runs nothing', async ({ page, context }) => {
  await openSnippets(
    page,
    `
    <codemode-snippet session="a" setup><pre><code>const rate = 2;</code></pre></codemode-snippet>
    <codemode-snippet id="linked" session="a" playground-url="/"><pre><code>console.log('größe', rate)</code></pre></codemode-snippet>`,
  );
  const [opened] = await Promise.all([context.waitForEvent('page'), new SnippetPage(page, 'linked').openLink.click()]);
  const playground = opened.locator('codemode-playground');
  await expect(playground.getByRole('tab', { name: 'linked' })).toBeVisible();
  expect(
    await playground.evaluate((element) =>
      (element as unknown as { tabs: { code: string; state: string }[] }).tabs.map(({ code, state }) => [code, state]),
    ),
  ).toEqual([["const rate = 2;\n\nconsole.log('größe', rate)", 'created']]);
  expect(opened.workers().filter((worker) => worker.url().startsWith('data:'))).toEqual([]);
});

test('nothing moves while the page loads: CLS is 0', async ({ page }) => {
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.route('**/codemode-snippet.js', async (route) => {
    // The page is painted before the script has come: what the script adds must have had its place.
    await page.locator('#end').waitFor();
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(resolve));
        }),
    );
    await route.continue();
  });
  await page.goto(guide);
  await expect(new SnippetPage(page, 'wrong').runButton).toBeVisible();
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
  );
  expect(await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift)).toBe(0);
});

test('axe finds nothing, with output, errors, offers and editors: light, dark, narrow', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(guide);
  for (const id of ['first', 'fails', 'wrong', 'regions']) await new SnippetPage(page, id).run();
  await new SnippetPage(page, 'client').call((snippet) => {
    snippet.code = 'const client = 1';
  });
  await new SnippetPage(page, 'use').editButton.click();
  await expect(new SnippetPage(page, 'use').field).toBeFocused();
  const monaco = new SnippetPage(page, 'use').element.locator('.monaco-editor[role=code]');
  await expect(monaco).not.toHaveClass(/vs-dark/);
  await new SnippetPage(page, 'first').call((snippet) => {
    snippet.editor = 'light';
    return snippet.edit();
  });
  expect(await findViolations(page), 'light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(monaco).toHaveClass(/vs-dark/);
  expect(await findViolations(page, { rules: 'colours' }), 'dark').toEqual([]);
  await page.setViewportSize({ width: 380, height: 740 });
  expect(await findViolations(page, { rules: 'layout' }), 'narrow').toEqual([]);
});

test('events leave shadow roots and say which snippet', async ({ page }) => {
  await page.goto(guide);
  const events = await page.evaluate(async () => {
    const seen: unknown[] = [];
    document.body.addEventListener('codemode-run', ({ detail, composed }) =>
      seen.push(['run', detail.tab, detail.source, composed]),
    );
    document.body.addEventListener('codemode-output', ({ detail }) =>
      seen.push(['output', detail.tab, String(detail.entry.text)]),
    );
    document.body.addEventListener('codemode-result', ({ detail }) =>
      seen.push(['result', detail.tab, detail.result.value]),
    );
    await document.querySelector<HTMLElementTagNameMap['codemode-snippet']>('#wrong')!.run();
    return seen;
  });
  expect(events).toEqual([
    ['run', 'wrong', 'editor', true],
    ['output', 'wrong', 'four'],
    ['result', 'wrong', 4],
  ]);
});

test('a snippet that leaves the page takes its worker along; one that comes back runs anew', async ({ page }) => {
  await page.goto(guide);
  const use = new SnippetPage(page, 'use');
  await use.run();
  expect(page.frames()).toHaveLength(2);
  const detached = page.waitForEvent('framedetached');
  const main = await page.locator('main').evaluateHandle((element) => {
    element.remove();
    return element;
  });
  await detached;
  expect(page.frames()).toHaveLength(1);
  await page.evaluate((element) => document.body.append(element), main);
  await use.run();
  await expect(use.output).toContainText('25');
});
