import { servePackages } from './fixtures/packages.js';
import { expect, PlaygroundPage, test } from './fixtures/test.js';

/** What a reader does with the examples: reads, runs, goes on in the console, stops. */

test('nothing runs by itself, at whatever address the page is opened', async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  for (const path of ['./', './?example=4', './?example=<b>']) {
    await playground.open(path);
    await expect(playground.editor, path).toBeVisible();
    await expect(playground.console, path).toContainText('Nothing logged yet');
    expect(await playground.call((element) => element.tabs.map((tab) => tab.state))).not.toContain('running');
    expect(page.frames(), path).toHaveLength(1);
  }
  expect(requested.filter((url) => url.includes('runner'))).toEqual([]);
});

test.describe('examples', () => {
  test.beforeEach(({ page }) => PlaygroundPage.withoutEditor(page));

  test('tools and two clients: the tools answer each tab for its own client', async ({ playground }) => {
    await playground.run();
    await expect(playground.console).toContainText('acme has open orders:');
    await expect(playground.console.getByRole('row')).toHaveCount(3);
    await expect(playground.console.getByRole('cell', { name: 'A-1001' })).toBeVisible();
    await expect(playground.console).toContainText('478');
    await playground.tab('Globex').click();
    await expect(playground.console).toContainText('Nothing logged yet');
    await playground.run();
    await expect(playground.console).toContainText('globex has open orders:');
    await expect(playground.console).not.toContainText('acme');
    await playground.enter('orders.length');
    await expect(playground.console).toContainText('1002.25');
  });

  test('concurrent clients: three runs interleave in one worker, each with its own context (A1)', async ({
    page,
    playground,
  }) => {
    await playground.open('./?example=2');
    await page.getByRole('button', { name: 'Three clients at once' }).click();
    await playground.whenIdle();
    for (const client of ['a', 'b', 'c']) {
      for (const step of ['first', 'second', 'third'])
        await expect(playground.console).toContainText(`${step}: I am client ${client}`);
      await expect(playground.console).toContainText(`['${client}', '${client}', '${client}']`);
      await expect(playground.console).toContainText(`a late callback of ${client}`);
    }
  });

  test('a namespace across cells: what a run declares is there in the console and in the next run', async ({
    playground,
  }) => {
    await playground.open('./?example=3');
    await playground.run();
    await expect(playground.console).toContainText('1 pending');
    await playground.enter('report.map(({ city }) => city).join()');
    await expect(playground.console).toContainText('Oslo,Rome,Lima,Kyoto');
    await playground.enter('await forecast');
    await expect(playground.console).toContainText("'milder'");
    await playground.runCode("const cities = ['Rome'];\naverage() + cities.length;");
    await expect(playground.console).toContainText('15');
    await playground.showPanel('Variables');
    await expect(
      playground.element.getByRole('list', { name: 'Variables' }).getByRole('listitem').filter({ hasText: 'cities' }),
    ).toContainText("['Rome']");
  });

  test('errors: what a tool refused can be caught, and an unknown tool names the nearest', async ({ playground }) => {
    await playground.open('./?example=4');
    await playground.run();
    await expect(playground.console).toContainText('Caught RefundRefused: Order A-1002 of acme has already been sent.');
    await expect(playground.console).toContainText('Did you mean "weather"?');
    await expect(playground.tab('Errors')).toHaveAccessibleDescription('failed');
  });

  test('cancellation: Stop runs finally, and the variables stay (C9)', async ({ playground }) => {
    await playground.open('./?example=4');
    await playground.tab('Cancellation').click();
    await expect(playground.stopButton).toBeDisabled();
    await playground.runButton.click();
    await expect(playground.console).toContainText('still here 2');
    await playground.stopButton.click();
    await expect(playground.console).toContainText(/cleaned up after \d/);
    await expect(playground.console).toContainText('The execution was stopped');
    await expect(playground.stopButton).toBeDisabled();
    await playground.enter('count >= 2');
    await expect(playground.console).toContainText('true');
  });

  test('Stop is offered while pending work of an ended run keeps the worker busy, and ends it (F8)', async ({
    playground,
  }) => {
    await playground.setCode('let kept = 42; setTimeout(() => { for (;;) ; }, 20); "ended"');
    await playground.run();
    await expect(playground.stopButton).toBeEnabled();
    await playground.stopButton.click();
    await expect(playground.stopButton).toBeDisabled();
    await playground.enter('kept + 1');
    await expect(playground.console).toContainText('43');
  });

  test('elements of React and of Preact are values and are shown, and the attribute jsx says how they are made', async ({
    page,
    playground,
  }) => {
    await servePackages(page);
    await playground.open('./?example=5');
    await playground.run();
    await expect(playground.console).toContainText('type: ƒ Orders(');
    await playground.tab('Preact').click();
    await playground.run();
    // Preact is in the import map, so its element is shown; React is, but not what renders it.
    const shown = playground.console.locator('codemode-output iframe').contentFrame().frameLocator('iframe');
    await expect(shown.locator('b.badge')).toHaveText('2 new');
    await playground.open();
    await playground.call((element) => Object.assign(element, { codemode: undefined, jsx: '{"factory":"h"}' }).tagName);
    await playground.runCode('const h = (...all: unknown[]) => all.join(); <p>{2}</p>');
    await expect(playground.console).toContainText("'p,,2'");
  });

  test('the list of examples changes what is open and the address, and back returns', async ({ page, playground }) => {
    await page.getByRole('combobox', { name: 'Example' }).selectOption({ label: '4. Errors and cancellation' });
    await expect(playground.tabs).toHaveText(['Errors', 'Cancellation']);
    await expect(page).toHaveURL(/\?example=4$/);
    await page.goBack();
    await expect(playground.tabs).toHaveText(['Acme', 'Globex']);
  });

  test("the reader's code is there after another example and a reload; Reset brings the author's back, and Undo the reader's", async ({
    page,
    playground,
  }) => {
    const example = page.getByRole('combobox', { name: 'Example' });
    const reset = page.getByRole('button', { name: 'Reset example' });
    await playground.code.fill('const mine = 1;');
    await playground.openTab({ name: 'Notes', code: 'const other = 2;' });
    await example.selectOption({ label: '4. Errors and cancellation' });
    await expect(playground.code).not.toHaveValue(/const mine/);
    await example.selectOption({ label: '1. Tools and two clients' });
    await expect(playground.tabs).toHaveText(['Acme', 'Globex', 'Notes']);
    await page.reload();
    await expect(playground.tabs).toHaveText(['Acme', 'Globex', 'Notes']);
    await expect(playground.code).toHaveValue('const mine = 1;');
    await reset.click();
    await expect(playground.tabs).toHaveText(['Acme', 'Globex']);
    await expect(playground.code).toHaveValue(/tools\./);
    await page.getByRole('button', { name: 'Undo reset' }).click();
    await expect(playground.tabs).toHaveText(['Acme', 'Globex', 'Notes']);
    await expect(playground.code).toHaveValue('const mine = 1;');
    await reset.click();
    await playground.code.fill('const later = 3;');
    await expect(reset).toBeVisible();
    await page.reload();
    await expect(playground.code).toHaveValue('const later = 3;');
  });
});

test.describe('a session that is lost', () => {
  test.beforeEach(({ page }) => PlaygroundPage.withoutEditor(page));

  test('a busy loop ends with Stop, the page stays alive, and a banner says what became of the session', async ({
    playground,
  }) => {
    await playground.runCode('const kept = 42; kept;');
    await playground.setCode('for (;;) {}');
    await playground.runButton.click();
    await expect(playground.stopButton).toBeEnabled();
    await playground.stopButton.click();
    await playground.whenIdle();
    await expect(playground.console).toContainText('The execution was stopped');
    await playground.enter('kept + 1');
    await expect(playground.console).toContainText('43');
  });

  test('a worker that is gone is replaced, and the banner can be dismissed', async ({ page, playground }) => {
    await playground.runCode('const kept = 42; kept;');
    await playground.setCode('await new Promise(() => {})');
    await playground.runButton.click();
    await expect(playground.stopButton).toBeEnabled();
    await page.evaluate(() => document.querySelector('iframe')!.remove());
    await expect(playground.console).toContainText('SessionCrashedError');
    const banner = playground.element.getByRole('status').filter({ hasText: 'restarted' });
    await expect(banner).toContainText('kept');
    await playground.enter('kept * 2');
    await expect(playground.console).toContainText('84');
    await banner.getByRole('button', { name: 'Dismiss' }).click();
    await expect(banner).toBeHidden();
  });

  test('Reset gives a new worker without variables', async ({ playground }) => {
    await playground.runCode('const gone = 1;');
    await playground.resetButton.click();
    await expect(playground.console).toContainText('Reset: all variables were removed');
    await playground.enter('typeof gone');
    await expect(playground.console).toContainText("'undefined'");
  });
});
