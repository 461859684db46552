import { expect, test } from './fixtures/test.js';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const lines = Array.from({ length: 60 }, (_, index) => `const line${index + 1} = ${index + 1};`).join('\n');

test('on touch the code scrolls under a finger, is typed into and runs; each tab keeps its own', async ({ page }) => {
  await page.goto('/');
  const playground = page.locator('codemode-playground');
  const field = playground.getByRole('textbox', { name: 'Code' });
  const content = playground.locator('.cm-content');
  await content.waitFor();
  await playground.evaluate((element: HTMLElementTagNameMap['codemode-playground'], code) => {
    element.openTab({ name: 'Long', code });
  }, lines);
  await expect(content).toContainText('line1 ');
  const scroller = playground.locator('.cm-scroller');
  const box = (await scroller.boundingBox())!;
  const finger = await page.context().newCDPSession(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  for (let step = 1; step <= 10; step++)
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: y - 12 * step }] });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect.poll(() => scroller.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(50);

  await playground.evaluate((element: HTMLElementTagNameMap['codemode-playground']) => element.setCode('6 * 7'));
  await field.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' - 1');
  await playground.getByRole('button', { name: 'Run' }).click();
  await expect(playground.getByRole('log')).toContainText('41');
  await playground.getByRole('tab', { name: 'Acme' }).click();
  await expect(content).toContainText('searchOrders');
  await playground.getByRole('tab', { name: 'Long' }).click();
  await expect(content).toContainText('6 * 7 - 1');
});

test('an error marks its line in the light editor, and Monaco is there on request', async ({ page }) => {
  await page.goto('/');
  const playground = page.locator('codemode-playground');
  await playground.locator('.cm-content').waitFor();
  await playground.evaluate((element: HTMLElementTagNameMap['codemode-playground']) =>
    element.setCode("1;\nthrow new Error('no');"),
  );
  await playground.getByRole('button', { name: 'Run' }).click();
  await expect(playground.locator('.cm-line.marked')).toHaveText(/throw/);
  await playground.evaluate((element: HTMLElementTagNameMap['codemode-playground']) => (element.editor = 'monaco'));
  await expect(playground.locator('.monaco-editor[role=code]')).toBeVisible();
  await expect(playground.locator('.cm-content')).toHaveCount(0);
});
