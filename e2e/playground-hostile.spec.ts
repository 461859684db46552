import { expect, test, type PlaygroundPage } from './fixtures/test.js';

/** Code that comes from a link may be hostile: what it writes is text, and makes no request (regression 25). */

const sink = 'https://sink.invalid/';

async function settlesWithout(playground: PlaygroundPage, requests: readonly string[]): Promise<void> {
  // Anything that could load has begun to by the time two frames were drawn.
  await playground.page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  expect(requests.filter((url) => url.startsWith(sink))).toEqual([]);
  expect(await playground.page.evaluate(() => 'owned' in window)).toBe(false);
}

test('output that looks like HTML, links, styles or terminal codes stays text', async ({ page, playground }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await playground.runCode(`
    const attacks = [
      '<img src="${sink}1" onerror="owned = 1">', '<script>owned = 2</script>', '<a href="javascript:owned = 3">click</a>',
      'javascript:owned = 4', '\\u001b[31mred\\u001b[0m \\u001b]8;;javascript:owned = 5\\u0007link\\u001b]8;;\\u0007',
    ];
    for (const attack of attacks) { console.log(attack); console.error(new Error(attack)); display({ [attack]: attack }); }
    console.log('%cstyled', 'background: url(${sink}2); background-image: url(${sink}3); color: green; position: fixed; inset: 0');
    console.log('%cescaped', 'background: u\\\\rl(${sink}4)');
    console.table([{ [attacks[0]!]: attacks[0] }]);
    console.group(attacks[0]);
    const error = new Error('x'); error.name = attacks[0]!; throw error;`);
  const log = playground.console;
  await expect(log).toContainText(`<img src="${sink}1" onerror="owned = 1">`);
  await expect(log.locator('img, script, a, iframe, object')).toHaveCount(0);
  const styled = log.getByText('styled', { exact: true });
  await expect(styled).toHaveCSS('background-image', 'none');
  await expect(styled).toHaveCSS('position', 'static');
  await expect(log.getByText('escaped', { exact: true })).toHaveCSS('background-image', 'none');
  for (const tree of await log.getByRole('tree').all()) await tree.getByRole('treeitem').first().click();
  await playground.showPanel('Variables');
  await settlesWithout(playground, requests);
});

test('an image in the documentation of hostile code is not loaded by looking at it', async ({ page, playground }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await playground.setCode(`/**
 * Harmless ![image](${sink}markdown.png) <img src="${sink}html.png"> [link](javascript:owned)
 * @param input ![image](${sink}parameter.png)
 */
function look(input: string) { return input; }
look`);
  await expect(playground.editor).toBeVisible();
  await playground.code.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+i');
  const shown = playground.element.locator('.monaco-hover:visible');
  await expect(shown).toContainText('Harmless');
  await expect(shown.locator('img')).toHaveCount(0);
  await expect(shown.locator('a[href^="javascript"], a[data-href^="javascript"]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('(');
  await expect(playground.element.locator('.parameter-hints-widget')).toContainText('look(input');
  await settlesWithout(playground, requests);
});

test('F5: text that takes long to lay out is shown in part, with its length, and copied whole', async ({
  page,
  context,
  playground,
}) => {
  await playground.runCode(`
    const costly = {
      accents: '\\u0301', points: '\\u05b0', tones: '\\u0e49', skins: '\\u{1f3fb}', joined: '\\u{1f3fb}\\u200d', directions: 'a\\u05d0',
      random: Array.from({ length: 500 }, (_, i) => String.fromCodePoint(0x300 + i * 97)).join(''),
    };
    for (const [name, text] of Object.entries(costly)) {
      const long = text.repeat(10_000 / text.length);
      console.log(name, ...Array(10).fill(long));
      console.log({ [name]: long }, [long], new Map([[long, long]]));
      console.table([{ [long]: long }]);
      console.log('%c' + long, 'color: red');
      globalThis[name] = long;
      class Long extends Error { override name = long }
      console.error(new Long(long));
    }
    'as plain text is '.repeat(500)`);
  const rows = playground.console.getByRole('listitem');
  await expect(rows.last()).toContainText('as plain text is '.repeat(500));
  await playground.console.press('Home');
  await expect(rows.nth(1)).toContainText(`accents ${'\u0301'.repeat(8)}… (10,000 characters)`);
  const longest = await playground.console.evaluate((log) =>
    Math.max(...[...log.querySelectorAll('[role=listitem]')].map((row) => row.textContent.length)),
  );
  expect(longest).toBeLessThan(12_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.element.getByRole('button', { name: 'Copy console' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`accents ${'\u0301'.repeat(9_900)}`);
  expect(copied).toContain('a\u05d0'.repeat(4_900));
  await playground.showPanel('Variables');
  await expect(playground.element.getByRole('tree').or(playground.element.locator('.leaf')).first()).toBeVisible();
});

test('F5: what is wide, deep or much takes few elements and little room', async ({ playground }) => {
  const names = Array.from({ length: 450 }, (_, at) => `v${at} = { at: '\u0301'.repeat(900) }`).join(', ');
  await playground.runCode(`
    const ${names};
    console.log('%cpadded', 'padding: 99999px');
    console.log('%cgood', 'padding: 4px');
    console.table(Array.from({ length: 200 }, (_, row) => Object.fromEntries(Array.from({ length: 40 }, (_, column) => ['c' + column, row * column]))));
    for (let at = 0; at < 200; at++) console.group('group ' + at);
    console.log('as deep as can be');`);
  const rows = playground.console.getByRole('listitem');
  const height = (text: string): Promise<number> =>
    rows.filter({ hasText: text }).evaluate((row) => row.getBoundingClientRect().height);
  expect(await height('as deep as can be')).toBeLessThan(40);
  await playground.console.press('Home');
  expect(await height('padded')).toBeLessThan(40);
  await expect(playground.console.getByText('good', { exact: true })).toHaveCSS('padding-left', '4px');
  await expect(playground.console.getByRole('rowheader').last()).toHaveText(/^… 1\d\d more$/);
  expect(await playground.console.evaluate((log) => log.querySelectorAll('*').length)).toBeLessThan(5_000);
  await playground.showPanel('Variables');
  const variables = playground.element.getByRole('list', { name: 'Variables' }).getByRole('listitem');
  await expect(variables).toHaveCount(101);
  await variables.getByRole('button', { name: '… 350 more' }).click();
  await expect(variables).toHaveCount(201);
});
