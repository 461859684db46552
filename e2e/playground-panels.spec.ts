import { findViolations } from './fixtures/accessibility.js';
import { PlaygroundPage } from './fixtures/playground-page.js';
import { expect, test } from './fixtures/test.js';

test.beforeEach(async ({ page }) => PlaygroundPage.withoutEditor(page));

const panels = ['codemode-playground', '.panels'] as const;

test('C3, C4: the number of pending things opens their list, which is live and cancels them', async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.runCode(
    "const answer = new Promise(() => {}); setTimeout(() => {}, 1e9); addEventListener('message', () => {});",
  );
  await playground.element.getByRole('button', { name: '3 pending' }).click();
  const list = playground.element.getByRole('region', { name: 'Pending' }).getByRole('listitem');
  await expect(list).toHaveCount(3);
  await expect(list.filter({ hasText: 'Promise' })).toContainText('answer');
  await expect(list.filter({ hasText: 'Listener' })).toContainText('message');
  await expect(list.first()).toContainText('cell-1.ts');
  expect(await findViolations(page, { rules: 'all', within: panels })).toEqual([]);
  await playground.call(
    async ({ activeTab }) => void (await activeTab!.session!.execute('const more = new Promise(() => {});')),
  );
  await expect(list).toHaveCount(4);
  await playground.element.getByRole('button', { name: 'Cancel all' }).click();
  await expect(playground.element.getByText('Nothing is pending')).toBeVisible();
});

test('a name tells its declared type, size and cell, is pinned, copied and filtered, and a shown value gets a name', async ({
  page,
  playground,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open();
  await playground.runCode(`interface Order { id: string }
const orders: Order[] = [{ id: 'A-1' }, { id: 'A-2' }];
let total = 35;
({ kept: { deep: true } })`);
  await playground.console.getByRole('treeitem').first().click();
  await playground.console.getByRole('treeitem', { level: 2 }).first().press('Shift+Enter');
  await playground.whenIdle();
  await expect(playground.console.getByText('temp1', { exact: true })).toBeVisible();

  await playground.showPanel('Variables');
  const rows = playground.element.getByRole('list', { name: 'Variables' }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  const orders = rows.filter({ hasText: 'orders' });
  for (const fact of ['Order[]', '2 items', 'cell-1.ts']) await expect(orders).toContainText(fact);
  await expect(rows.filter({ hasText: 'temp1' })).toContainText('deep: true');
  await playground.element.getByRole('button', { name: 'Copy orders as JSON' }).focus();
  await page.keyboard.press('Enter');
  await expect(playground.element.getByRole('status').filter({ hasText: 'orders: copied as JSON' })).toBeAttached();
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual([{ id: 'A-1' }, { id: 'A-2' }]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(rows.first()).toContainText('total');
  await expect(playground.element.getByRole('button', { name: 'Pin total' })).toHaveAttribute('aria-pressed', 'true');
  await playground.element.getByRole('searchbox', { name: 'Filter names' }).fill('ord');
  await expect(rows).toHaveCount(1);
  expect(await findViolations(page, { rules: 'all', within: panels })).toEqual([]);
  await playground.element.getByRole('searchbox', { name: 'Filter names' }).fill('');
  await playground.resetButton.click();
  await expect(rows.filter({ hasText: 'total: has no value now' })).toBeVisible();
});
