import type { Locator, Page } from '@playwright/test';
import { editorScripts, expect, PlaygroundPage, test } from './fixtures/test.js';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Puts the cursor at the end of the code, where typing goes. Monaco is typed into, never filled. */
async function typeAtEnd(playground: PlaygroundPage, text: string): Promise<void> {
  await expect(playground.editor).toBeVisible();
  await playground.code.focus();
  await playground.page.keyboard.press('Control+End');
  await playground.page.keyboard.type(text);
}

function codeOf(playground: PlaygroundPage): Promise<string | undefined> {
  return playground.call((element) => element.activeTab?.code);
}

/** Their role is another on Windows. */
function suggestionsOf(playground: PlaygroundPage): Locator {
  return playground.element.getByRole('listbox', { name: 'Suggest' }).locator('.monaco-list-row');
}

/** Where a word of the shown code stands on the page. */
async function hover(playground: PlaygroundPage, word: string): Promise<void> {
  const box = await playground.editor.locator('.view-lines').evaluate((lines, text) => {
    const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.nodeValue?.indexOf(text) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error(`The editor doesn't show ${text}.`);
  }, word);
  await playground.page.mouse.move(box.x - 4, box.y);
  await playground.page.mouse.move(box.x, box.y, { steps: 3 });
}

async function addBelowTheFold(page: Page): Promise<PlaygroundPage> {
  await page.evaluate(() => {
    const space = Object.assign(document.createElement('div'), { style: 'height: 3000px' });
    document.body.append(space, document.createElement('codemode-playground'));
  });
  return new PlaygroundPage(page);
}

test('Monaco is not requested before the editor comes into view; code runs without it', async ({ sdkPage }) => {
  const requested: string[] = [];
  sdkPage.on('request', (request) => requested.push(request.url()));
  const playground = await addBelowTheFold(sdkPage);
  const value = await playground.call(async (element) => (await element.run(element.openTab({ code: '6 * 7' }))).value);
  expect(value).toBe(42);
  expect(requested.filter((url) => editorScripts.test(url))).toEqual([]);
  await playground.element.scrollIntoViewIfNeeded();
  await expect(playground.editor).toBeVisible();
  expect(requested.some((url) => editorScripts.test(url))).toBe(true);
});

test('what is typed while Monaco loads is there when it has, with the cursor, and nothing moves', async ({ page }) => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(editorScripts, async (route) => {
    await released;
    await route.continue();
  });
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.code.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('let typed = 1;\n');
  const before = await playground.element.locator('codemode-code-editor').boundingBox();
  release();
  await expect(playground.editor).toBeVisible();
  await expect(playground.code).toBeFocused();
  await page.keyboard.type('typed += 1;\n');
  expect(await codeOf(playground)).toMatch(/^let typed = 1;\ntyped \+= 1;\n\/\/ `tools`/);
  expect(await playground.element.locator('codemode-code-editor').boundingBox()).toEqual(before);
});

test('where Monaco cannot be loaded, the plain field stays and says so', async ({ page, problems }) => {
  problems.expect(/Monaco could not be loaded/, /Failed to load resource/);
  await page.route(editorScripts, (route) => route.abort());
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(playground.element.getByRole('status').filter({ hasText: 'could not be loaded' })).toBeVisible();
  await playground.code.fill('6 * 7');
  await playground.code.press('Control+Enter');
  await expect(playground.console).toContainText('42');
});

test('it suggests the tools with their types, completes, and shows parameters', async ({ page, playground }) => {
  await playground.setCode('');
  await typeAtEnd(playground, 'const found = await tools.');
  const suggestions = suggestionsOf(playground);
  await expect(suggestions).toHaveCount(3);
  await expect(suggestions.filter({ hasText: 'weather' })).toBeVisible();
  await page.keyboard.type('wea');
  await expect(suggestions).toHaveCount(1);
  await page.keyboard.press('Enter');
  await page.keyboard.type('(');
  await expect(playground.element.locator('.parameter-hints-widget')).toContainText('weather(args: { city: string; })');
  await page.keyboard.type("{ city: 'Oslo' }); found.");
  await expect(suggestions.filter({ hasText: 'temperature' })).toBeVisible();
  await page.keyboard.type('sky');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await expect(playground.console).toContainText("'snow'");
});

test('it shows the type under the mouse, and keeps it there for a look', async ({ page, playground }) => {
  await playground.setCode("await tools.weather({ city: 'Oslo' });");
  await expect(playground.editor).toBeVisible();
  await hover(playground, 'weather');
  const shown = playground.element.locator('.monaco-hover:visible');
  await expect(shown).toContainText('temperature: number');
  await expect(shown).toContainText('Current weather of a city');
  const box = (await shown.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 6 });
  await expect(shown).toBeVisible();
  await expect(shown).toContainText('temperature: number');
});

test('it knows the variables of earlier runs, and those of no other tab', async ({ page, playground }) => {
  await playground.runCode('const onlyHere = { deep: 1 }; onlyHere.deep;');
  await playground.setCode('');
  await typeAtEnd(playground, 'onlyHere.');
  await expect(suggestionsOf(playground).filter({ hasText: 'deep' })).toBeVisible();
  await page.keyboard.press('Escape');
  await playground.openTab({ name: 'Other', code: 'const onlyHere: string = 1 as never; missing;' });
  const wrong = playground.element.locator('.squiggly-error');
  await expect(wrong).toHaveCount(1);
});

test('it marks nothing that a cell may write: the context, a new name, a type of an earlier cell', async ({
  playground,
}) => {
  await playground.runCode('interface Order {\n  id: string;\n}');
  const lines = [
    'context.with({ a: 1 }).run(() => 1);',
    'getCurrentContext()?.keys();',
    'new AsyncContext.Variable<string>().get();',
    'RuntimeContext.from({ a: 1 }).child();',
    'total = 42;',
    "const order: Order = { id: 'A-1' };",
  ];
  const wrong = playground.element.locator('.squiggly-error');
  await playground.setCode([...lines, 'missing;'].join('\n'));
  await expect(playground.editor).toBeVisible();
  await expect(wrong).toHaveCount(1);
  await playground.runCode(lines.join('\n'));
  await expect(playground.console).toContainText('42');
  await expect(wrong).toHaveCount(0);
});

test('it reads elements of JSX once there are some, and marks only what is wrong in them', async ({
  page,
  playground,
}) => {
  const wrong = playground.element.locator('.squiggly-error');
  await playground.setCode('const name = <string>"Ada";\nmissing;');
  await expect(wrong).toHaveCount(1);
  const card =
    '/** @jsx h */\nconst h = (...all: unknown[]) => all;\nconst Card = ({ title }: { title: string }) => <b>{title}</b>;\n';
  await playground.setCode(card);
  await expect(wrong).toHaveCount(0);
  await typeAtEnd(playground, '<Card key="1" title={missing} /');
  await page.keyboard.type('>;');
  await expect(wrong).toHaveCount(1);
  await playground.setCode('const text = 1;');
  await expect(wrong).toHaveCount(0);
  await typeAtEnd(playground, 'const html = <p class="x">it is {text}</p');
  await page.keyboard.type('>;');
  await expect.poll(() => codeOf(playground)).toContain('it is {text}</p>;');
  await expect(wrong).toHaveCount(0);
});

test('the next problem (F8) has its buttons in the title', async ({ page, playground }) => {
  await playground.setCode('const wrong: string = 1;\n\nawait tools.');
  await expect(playground.element.locator('.squiggly-error').first()).toBeVisible();
  await playground.code.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  const panel = playground.element.locator('.peekview-widget');
  await expect(panel).toContainText("Type 'number' is not assignable to type 'string'.");
  const title = (await panel.locator('.peekview-title').boundingBox())!;
  const close = (await panel.getByRole('button', { name: 'Close' }).boundingBox())!;
  expect(close.x).toBeGreaterThan(title.x + title.width);
  expect(Math.abs(close.y + close.height / 2 - title.y - title.height / 2)).toBeLessThan(title.height / 2);
});

test('the details of the first suggestion show all their text', async ({ page, playground }) => {
  await playground.setCode('');
  await typeAtEnd(playground, 'await tools.');
  await expect(suggestionsOf(playground)).toHaveCount(3);
  const body = playground.element.locator('.suggest-details .body');
  await expect(async () => {
    await page.keyboard.press('Control+Space');
    await expect(body).toContainText('Requires in the context: client_id.', { timeout: 2_000 });
  }).toPass();
  await expect.poll(() => body.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeLessThan(4);
});

test('find, clipboard and undo work in the editor', async ({ page, playground }) => {
  await playground.setCode('alpha beta alpha');
  await typeAtEnd(playground, ' gamma');
  await page.keyboard.press('Control+f');
  const find = playground.element.getByRole('textbox', { name: 'Find' });
  await expect(find).toBeFocused();
  await page.keyboard.type('alpha');
  await expect(playground.element.locator('.find-widget')).toContainText('of 2');
  await page.keyboard.press('Escape');
  await expect(playground.code).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+x');
  expect(await codeOf(playground)).toBe('');
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Control+v');
  expect(await codeOf(playground)).toBe('alpha beta alpha gamma'.repeat(2));
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await codeOf(playground)).toBe('alpha beta alpha gamma');
});

test('composed text of an input method arrives whole', async ({ page, playground }) => {
  await playground.setCode('');
  await typeAtEnd(playground, "const greeting = '");
  const input = await page.context().newCDPSession(page);
  for (const text of ['に', 'にほ', 'にほん'])
    await input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await input.send('Input.insertText', { text: '日本' });
  await expect.poll(() => codeOf(playground)).toMatch(/^const greeting = '日本'?$/);
});

test('a failed run marks its place, and the mark goes when the code changes', async ({ page, playground }) => {
  await playground.setCode("const fine = 1;\nthrow new RangeError('no');");
  await expect(playground.editor).toBeVisible();
  await playground.run();
  await expect(playground.element.locator('.squiggly-error')).toBeVisible();
  await hover(playground, 'new');
  await expect(playground.element.locator('.monaco-hover:visible')).toContainText('RangeError: no');
  await page.keyboard.press('Escape');
  await playground.console.getByRole('button', { name: 'cell-1.ts:2:7' }).click();
  await expect(playground.code).toBeFocused();
  await page.keyboard.type('x');
  expect(await codeOf(playground)).toContain('throw xnew');
});

test('each tab keeps its own code, cursor and undo', async ({ page, playground }) => {
  await typeAtEnd(playground, '\nfirst();');
  await playground.tab('Globex').click();
  await typeAtEnd(playground, '\nsecond();');
  await playground.tab('Acme').click();
  await playground.code.focus();
  await page.keyboard.type('third();');
  expect(await codeOf(playground)).toMatch(/first\(\);third\(\);$/);
  await playground.tab('Globex').click();
  await playground.code.focus();
  await page.keyboard.press('Control+z');
  expect(await codeOf(playground)).not.toContain('third');
});
