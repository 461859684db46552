import type { Locator } from '@playwright/test';
import { expect, PlaygroundPage, test } from './fixtures/test.js';

test.beforeEach(({ page }) => PlaygroundPage.withoutEditor(page));

/** Opens the value whose line holds `text`. */
async function openValue(playground: PlaygroundPage, text: string): Promise<Locator> {
  const tree = playground.console.getByRole('tree').filter({ hasText: text });
  await tree.getByRole('treeitem').first().click();
  await expect(tree.getByRole('treeitem').first()).toHaveAttribute('aria-expanded', 'true');
  return tree;
}

/** Runs code whose output takes a busy machine longer than code, and a test, may take by default. */
async function runFlood(playground: PlaygroundPage, code: string): Promise<void> {
  await playground.setCode(code);
  await playground.call(async (element) => void (await element.run(undefined, { timeout: 300_000 })));
  await playground.whenIdle();
}

test('values open into what they hold: entries, properties, cycles, causes, source', async ({ playground }) => {
  await playground.runCode(`
    class Point { constructor(public x: number, public y: number) {} }
    const cycle: Record<string, unknown> = { name: 'cycle' };
    cycle.self = cycle;
    console.log(new Map<unknown, unknown>([['a', 1], [{ key: true }, new Set([2])]]));
    console.log(new Point(3, 4), cycle);
    console.log(new Error('outer', { cause: new TypeError('inner') }));
    console.log(function add(a: number, b: number) { return a + b; });
    console.log([1, , 3]);`);
  await expect(playground.console).toContainText("Map(2) {'a' => 1, {key: true} => Set(1)}");
  await expect(playground.console).toContainText('[1, empty, 3]');

  const map = await openValue(playground, 'Map(2)');
  await expect(map.getByRole('treeitem').nth(1)).toHaveText("'a' => 1");
  await map.getByRole('treeitem').nth(2).click();
  await expect(map).toContainText('0: 2');
  await expect(await openValue(playground, 'Point')).toContainText('y: 4');
  await expect(await openValue(playground, "name: 'cycle'")).toContainText('self: [Circular]');
  const error = await openValue(playground, 'Error: outer');
  await expect(error).toContainText(/at\s+cell-1\.ts:7:\d+/);
  await expect(error).toContainText('cause: TypeError: inner');
  await expect(await openValue(playground, 'ƒ add(')).toContainText('{ return a + b; }');
});

test('a long array opens in ranges, each once', async ({ playground }) => {
  await playground.runCode('Array.from({ length: 250 }, (_, index) => index * 2);');
  const tree = await openValue(playground, '(250)');
  await expect(tree.getByRole('treeitem').nth(1)).toHaveText('[0…99]');
  await tree.getByRole('treeitem').filter({ hasText: '[200…249]' }).click();
  await expect(tree).toContainText('249: 498');
});

test('a value is opened and walked with the keyboard', async ({ page, playground }) => {
  await playground.runCode('({ first: { deep: 1 }, second: 2 });');
  const items = playground.console.getByRole('treeitem');
  await items.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(items.filter({ hasText: 'second' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(items.nth(2)).toHaveText('deep: 1');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(items).toHaveCount(1);
});

test('levels, groups, tables, counts and formats are shown as a browser shows them', async ({ playground }) => {
  const log = playground.console;
  await playground.runCode(`
    console.debug('a debug'); console.info('an info'); console.warn('a warning'); console.error('an error');
    console.group('outer'); console.groupCollapsed('inner'); console.log('hidden'); console.groupEnd(); console.groupEnd();
    for (let i = 0; i < 4; i++) console.log('again');
    console.log('%cstyled%c then %s and %d', 'color: rgb(200, 0, 0)', '', 'text', 42);
    console.table([{ name: 'a', value: 1 }, { name: 'b', value: 2 }]);
    console.assert(false, 'not so'); console.count(); console.count();`);
  for (const level of ['Debug', 'Info', 'Warning', 'Error'])
    await expect(log.getByRole('img', { name: level }).first()).toBeVisible();
  await expect(log).not.toContainText('hidden');
  await log.getByRole('button', { name: 'inner' }).click();
  await expect(log).toContainText('hidden');
  await expect(log.getByLabel('4 times')).toBeVisible();
  await expect(log.getByText('styled', { exact: true })).toHaveCSS('color', 'rgb(200, 0, 0)');
  await expect(log).toContainText('styled then text and 42');
  await expect(log.getByRole('columnheader')).toHaveText(['(index)', 'name', 'value']);
  await expect(log.getByRole('row')).toHaveCount(3);
  await expect(log).toContainText('Assertion failed: not so');
  await expect(log).toContainText('default: 2');

  await playground.element.getByRole('searchbox', { name: 'Filter' }).fill('warn');
  await expect(log).toContainText('a warning');
  await expect(log).not.toContainText('an info');
  await playground.element.getByRole('searchbox', { name: 'Filter' }).fill('');
  await playground.element.getByRole('combobox', { name: 'Level' }).selectOption('Errors');
  await expect(log).toContainText('an error');
  await expect(log).not.toContainText('a warning');
  await playground.element.getByRole('button', { name: 'Clear console' }).click();
  await expect(log).toContainText('Nothing logged yet');
});

test('an error leads to its line in the code, also one of syntax', async ({ playground }) => {
  await playground.runCode("const one = 1;\nfunction fail() {\n  throw new RangeError('no');\n}\nfail();");
  await playground.console.getByRole('button', { name: 'cell-1.ts:3:9' }).click();
  await expect(playground.code).toBeFocused();
  expect(
    await playground.code.evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart)),
  ).toMatch(/^new RangeError/);
  await playground.runCode('const two = 2;\nconst three = ;');
  await expect(playground.console).toContainText('SyntaxError');
  await playground.console.getByRole('button', { name: 'cell-2.ts:2:15' }).click();
  expect(await playground.code.evaluate((field: HTMLTextAreaElement) => field.selectionStart)).toBe(
    'const two = 2;\nconst three = '.length,
  );
});

test('the console input keeps a history, takes several lines, and completes names', async ({ page, playground }) => {
  const input = playground.consoleInput;
  await playground.enter('const longName = 20');
  await playground.enter('longName + 1');
  await expect(playground.console).toContainText('21');
  await input.fill('draft');
  await input.press('ArrowUp');
  await expect(input).toHaveValue('longName + 1');
  await input.press('ArrowUp');
  await expect(input).toHaveValue('const longName = 20');
  await input.press('ArrowDown');
  await input.press('ArrowDown');
  await expect(input).toHaveValue('draft');
  await input.fill('longN');
  await input.press('Tab');
  await expect(input).toHaveValue('longName');
  await page.keyboard.type(' *');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await expect(playground.console).toContainText('40');
  await input.press('Control+l');
  await expect(playground.console).toContainText('Nothing logged yet');
});

test('what comes late says so, and stays with the run that caused it', async ({ playground }) => {
  await playground.runCode(
    "setTimeout(() => { console.log('late', context.get('client_id')); }, 50);\nPromise.reject(new Error('left alone'));\n1;",
  );
  await expect(playground.console).toContainText('late acme');
  await expect(playground.console).toContainText(/Uncaught.*left alone/);
});

/** Lines in view, as numbers. */
async function linesInView(log: Locator): Promise<number[]> {
  return await log.evaluate((scroller) => {
    const { top, bottom } = scroller.getBoundingClientRect();
    return [...scroller.querySelectorAll('[role=listitem]')]
      .filter((row) => row.getBoundingClientRect().bottom > top && row.getBoundingClientRect().top < bottom)
      .map((row) => Number(/line (\d+)/.exec(row.textContent ?? '')?.[1] ?? Number.NaN));
  });
}

test('a flood keeps the page alive, and the end of the list in view until somebody scrolls', async ({ playground }) => {
  const log = playground.console;
  await runFlood(playground, "for (let i = 0; i < 400_000; i++) console.log('line', i);\n'the end';");
  await expect(log.getByText("'the end'")).toBeInViewport();
  await expect(log.getByText('line 399999')).toBeInViewport();
  await expect(log).toContainText(/\d{3},\d{3} earlier entries were dropped/);
  await playground.enter('1 + 1');
  await expect(log.getByText('1 + 1')).toBeInViewport();

  await test.step('a few of 100,000 lines are in the document', async () => {
    expect(await log.evaluate((scroller) => scroller.querySelectorAll('*').length)).toBeLessThan(2_500);
    expect(await log.evaluate((scroller) => scroller.scrollHeight)).toBeGreaterThan(99_000 * 20);
  });

  await test.step('what is in view stays there while lines are added below, until somebody goes to the end', async () => {
    await log.evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight / 2;
    });
    await expect.poll(async () => (await linesInView(log)).at(-1)).toBeLessThan(399_000);
    const before = await linesInView(log);
    expect(before.every((line, index) => index === 0 || line === before[index - 1]! + 1)).toBe(true);
    // More than there is room for: the oldest are forgotten above what is in view.
    await playground.runCode("for (let i = 0; i < 5_000; i++) console.log('more', i); 'more of it'");
    expect(await linesInView(log)).toEqual(before);
    await playground.element.getByRole('button', { name: 'To the end' }).click();
    await expect(log.getByText("'more of it'", { exact: true })).toBeInViewport();
  });
});

test('many lines can be walked, filtered and copied', async ({ page, context, playground }) => {
  const log = playground.console;
  await runFlood(playground, "for (let i = 0; i < 20_000; i++) console.log('line', i);\n'the end';");
  await expect(log.getByText("'the end'")).toBeInViewport();

  await test.step('a few of them are in the document, and each knows its place among all', async () => {
    expect(await log.evaluate((scroller) => scroller.querySelectorAll('*').length)).toBeLessThan(2_500);
    const last = log.getByRole('listitem').last();
    await expect(last).toHaveAttribute('aria-posinset', '20002');
    await expect(last).toHaveAttribute('aria-setsize', '20002');
  });

  await test.step('keys lead to the beginning, the end, and a page up and down', async () => {
    await log.focus();
    await page.keyboard.press('Home');
    await expect(log.getByText('line 0', { exact: true })).toBeInViewport();
    const first = await linesInView(log);
    await page.keyboard.press('PageDown');
    await expect.poll(async () => (await linesInView(log)).at(0)).toBeGreaterThan(first.at(-3)!);
    const second = await linesInView(log);
    expect(second.at(0)!).toBeLessThanOrEqual(first.at(-1)!);
    await page.keyboard.press('End');
    await expect(log.getByText("'the end'")).toBeInViewport();
    await page.keyboard.press('PageUp');
    await expect(log.getByText("'the end'")).not.toBeInViewport();
    await expect.poll(async () => (await linesInView(log)).at(-1)).toBeGreaterThan(19_900);
    await expect(log).toBeFocused();
  });

  await test.step('a filter finds a line that is far away, and all lines can be copied', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await log.focus();
    await page.keyboard.press('Control+f');
    await expect(playground.element.getByRole('searchbox', { name: 'Filter' })).toBeFocused();
    await page.keyboard.type('line 424');
    await expect(log.getByRole('listitem')).toHaveCount(11);
    await expect(log.getByText('line 4249')).toBeVisible();
    await playground.element.getByRole('button', { name: 'Copy console' }).click();
    expect((await page.evaluate(() => navigator.clipboard.readText())).split('\n')).toHaveLength(11);
    await playground.element.getByRole('searchbox', { name: 'Filter' }).fill('');
    await log.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    const all = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
    expect(all.filter((line) => line.startsWith('line '))).toHaveLength(20_000);
  });
});

test('a value that was opened is open when it comes back into view', async ({ page, playground }) => {
  await playground.runCode(
    "console.log({ kept: { deep: 1 } });\nfor (let i = 0; i < 1_000; i++) console.log('line', i);",
  );
  const log = playground.console;
  await log.focus();
  await page.keyboard.press('Home');
  const tree = await openValue(playground, 'kept');
  await expect(tree.getByRole('treeitem')).toHaveCount(3);
  await log.focus();
  await page.keyboard.press('End');
  await expect(log.getByText('line 999')).toBeInViewport();
  await expect(log.getByRole('tree')).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(log.getByRole('tree').getByRole('treeitem')).toHaveCount(3);
});

test('a line of the console is shown where the list was scrolled up', async ({ page, playground }) => {
  await playground.runCode("for (let i = 0; i < 500; i++) console.log('line', i);");
  await playground.console.focus();
  await page.keyboard.press('Home');
  await expect(playground.console.getByText('line 0', { exact: true })).toBeInViewport();
  await playground.consoleInput.fill('6 * 7');
  await playground.consoleInput.press('Enter');
  await expect(playground.console.getByText('42', { exact: true })).toBeInViewport();
});
