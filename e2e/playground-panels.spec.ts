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
