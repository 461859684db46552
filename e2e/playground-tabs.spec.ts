import { expect, PlaygroundPage, test } from './fixtures/test.js';

test.beforeEach(({ page }) => PlaygroundPage.withoutEditor(page));

test('a new tab is empty, has the focus in its code, and runs in a session of its own', async ({
  page,
  playground,
}) => {
  await playground.runCode('const mine = 1; mine;');
  await playground.element.getByRole('button', { name: 'New tab' }).click();
  await expect(playground.tabs).toHaveText(['Acme', 'Globex', 'Tab 1']);
  await expect(playground.tab('Tab 1')).toHaveAttribute('aria-selected', 'true');
  await expect(playground.code).toBeFocused();
  await page.keyboard.type('typeof mine');
  await page.keyboard.press('Control+Enter');
  await expect(playground.console).toContainText("'undefined'");
  await playground.tab('Acme').click();
  await playground.enter('mine');
  await expect(playground.console).not.toContainText("'undefined'");
});

test('a double click or F2 renames; Escape leaves the name', async ({ page, playground }) => {
  await playground.tab('Acme').dblclick();
  const field = playground.element.getByRole('textbox', { name: 'Rename tab' });
  await expect(field).toBeFocused();
  await field.fill('Initech');
  await field.press('Enter');
  await expect(playground.tabs).toHaveText(['Initech', 'Globex']);
  await expect(playground.tab('Initech')).toBeFocused();
  await page.keyboard.press('F2');
  await field.fill('Nobody');
  await field.press('Escape');
  await expect(playground.tabs).toHaveText(['Initech', 'Globex']);
});

test('a closed tab comes back with its place, its code and its variables', async ({ page, playground }) => {
  await playground.runCode('const kept = 42; kept;');
  await playground.tab('Acme').focus();
  await page.keyboard.press('Delete');
  await expect(playground.tabs).toHaveText(['Globex']);
  await expect(playground.tab('Globex')).toBeFocused();
  await playground.element.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(playground.tabs).toHaveText(['Acme', 'Globex']);
  await expect(playground.code).toHaveValue('const kept = 42; kept;');
  await playground.enter('kept + 1');
  await expect(playground.console).toContainText('43');
});

test('the last tab can be closed, and what is left says how to go on', async ({ playground }) => {
  const { element } = playground;
  await element.getByRole('button', { name: 'Close Acme' }).press('Enter');
  await element.getByRole('button', { name: 'Close Globex' }).press('Enter');
  await expect(playground.tabs).toHaveCount(0);
  await expect(element).toContainText('No tab is open');
  await element.getByRole('button', { name: 'New tab' }).last().click();
  await expect(playground.tabs).toHaveText(['Tab 1']);
});

test('the arrow keys, Home and End go between tabs and show them', async ({ page, playground }) => {
  await playground.openTab({ name: 'Third', code: '3' });
  await playground.tab('Third').focus();
  for (const [key, name] of [
    ['ArrowRight', 'Acme'],
    ['ArrowLeft', 'Third'],
    ['Home', 'Acme'],
    ['End', 'Third'],
    ['ArrowLeft', 'Globex'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(playground.tab(name)).toBeFocused();
    await expect(playground.tab(name)).toHaveAttribute('aria-selected', 'true');
  }
  await expect(playground.element.getByRole('tabpanel', { name: 'Globex' })).toBeVisible();
});

test('tabs are put in order with the keyboard and the mouse', async ({ page, playground }) => {
  await playground.openTab({ name: 'Third', code: '3' });
  await playground.tab('Third').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(playground.tabs).toHaveText(['Acme', 'Third', 'Globex']);
  await page.keyboard.press('Control+Shift+PageUp');
  await expect(playground.tabs).toHaveText(['Third', 'Acme', 'Globex']);
  await expect(playground.tab('Third')).toBeFocused();
  const target = (await playground.tab('Globex').boundingBox())!;
  await playground
    .tab('Third')
    .dragTo(playground.tab('Globex'), { targetPosition: { x: target.width - 2, y: target.height / 2 } });
  await expect(playground.tabs).toHaveText(['Acme', 'Globex', 'Third']);
});

test('a tab says how its last run went', async ({ playground }) => {
  const tab = playground.tab('Acme');
  await expect(tab).toHaveAccessibleDescription('');
  await playground.setCode('await new Promise(() => {})');
  await playground.runButton.click();
  await expect(tab).toHaveAccessibleDescription('running');
  await playground.stopButton.click();
  await playground.runCode('1');
  await expect(tab).toHaveAccessibleDescription('succeeded');
  await playground.runCode('throw new Error()');
  await expect(tab).toHaveAccessibleDescription('failed');
});

test('what stands in the console input stays with its tab', async ({ playground }) => {
  await playground.consoleInput.fill('not yet');
  await playground.tab('Globex').click();
  await expect(playground.consoleInput).toHaveValue('');
  await playground.tab('Acme').click();
  await expect(playground.consoleInput).toHaveValue('not yet');
});
