import type { Codemode } from '../src/sdk/index.js';
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

test('E8, A6: a form made from the schema calls a tool as code does, with messages at its fields', async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.call((element) => {
    const { registry } = element.codemode as Codemode;
    registry.registerTools('bookings', {
      create: {
        description: 'Books a table.',
        needsApproval: true,
        inputSchema: {
          type: 'object',
          properties: {
            restaurant: { type: 'string', minLength: 3, description: 'Its name' },
            guests: { type: 'integer', maximum: 12, default: 2 },
            at: { type: 'string', format: 'date' },
            kind: { enum: ['lunch', 'dinner'] },
            names: { type: 'array', items: { type: 'string' } },
            contact: { type: 'object', properties: { mail: { type: 'string' } }, required: ['mail'] },
            extra: {},
          },
          required: ['restaurant', 'guests', 'kind'],
        },
        execute: (input: object) => input,
      },
    });
    registry.registerTool('who', {
      inputSchema: { type: 'object', properties: { loud: { type: 'boolean' } } },
      execute: (input: object, { context }: { context: { get(key: string): unknown } }) => ({
        ...input,
        client: context.get('client_id'),
      }),
    });
  });
  await playground.showPanel('Tools');
  const tool = (name: RegExp) => playground.element.getByRole('list', { name: 'Tools' }).getByRole('button', { name });
  await tool(/^who/).click();
  const field = (name: string) => playground.element.getByLabel(name);
  const press = async (name: string): Promise<void> =>
    await playground.element.getByRole('button', { name, exact: true }).click();
  await field('loud').selectOption('true');
  await press('Call');
  await expect(playground.element.getByRole('tree', { name: 'result' })).toContainText("{loud: true, client: 'acme'}");
  await tool(/^bookings\.create/).click();
  await expect(tool(/^bookings\.create/)).toContainText('asks first');

  await field('guests').fill('40');
  await press('Call');
  await expect(field('kind')).toBeFocused();
  await expect(field('kind')).toHaveAccessibleDescription('Choose one.');
  await field('kind').selectOption('dinner');
  await field('restaurant').fill('X');
  await press('Call');
  await expect(field('restaurant')).toBeFocused();
  await expect(field('restaurant')).toHaveAccessibleDescription(/^Its name .*too short/);
  await expect(field('guests')).toHaveAccessibleDescription(/greater than 12/);
  expect(await findViolations(page, { rules: 'all', within: panels })).toEqual([]);

  await field('restaurant').fill('Maaemo');
  await field('guests').fill('3');
  await field('at').fill('2026-03-01');
  await press('Add to names');
  await press('Add to names');
  await playground.element.getByRole('textbox', { name: 'names 1' }).fill('Ada');
  await press('Remove names 2');
  await expect(playground.element.getByRole('button', { name: 'Add to names' })).toBeFocused();
  await field('mail').fill('a@b.example');
  await field('extra').fill('[1]');
  await press('Insert as code');
  const call = `await tools.bookings.create({
  restaurant: "Maaemo",
  guests: 3,
  at: "2026-03-01",
  kind: "dinner",
  names: ["Ada"],
  contact: { mail: "a@b.example" },
  extra: [1],
})`;
  expect(await playground.call(({ activeTab }) => activeTab!.code)).toContain(call);
  await press('Call');
  await expect(playground.element.locator('codemode-tools-panel').getByText(/ToolDeniedError/)).toBeVisible();

  await playground.showPanel('History');
  const cells = playground.element.getByRole('list', { name: 'History' }).getByRole('listitem');
  await expect(cells).toHaveCount(2);
  await expect(cells.first()).toContainText("client: 'acme'");
  expect(await findViolations(page, { rules: 'all', within: panels })).toEqual([]);
  await playground.element.getByRole('searchbox', { name: 'Filter history' }).fill('who');
  await expect(cells).toHaveCount(1);
  await playground.element.getByRole('searchbox', { name: 'Filter history' }).fill('');
  await press('Put into the editor: 2');
  expect(await playground.call(({ activeTab }) => activeTab!.code.split('bookings.create').length)).toBe(3);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(cells).toHaveCount(3);
  await expect(cells.nth(2)).toContainText("client: 'acme'");
});
