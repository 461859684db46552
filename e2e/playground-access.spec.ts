import { findViolations } from './fixtures/accessibility.js';
import { expect, test } from './fixtures/test.js';

const output = `console.log('a line', { city: 'Oslo' }, new Map([['a', 1]]));
console.info('an info'); console.warn('a warning'); console.debug('a debug');
console.group('a group'); console.log('in it'); console.groupEnd();
console.table([{ name: 'a', value: 1 }]);
console.log('%cstyled', 'font-weight: bold');
for (let i = 0; i < 3; i++) console.log('again');
console.error(new Error('shown'));
const kept = ['a', { b: 1 }];
throw new RangeError('the end');`;

const panels = ['codemode-playground', '.panels'] as const;

/** Colours, and what there is room for, follow what the page is in; nothing else does. */
const surroundings = [
  { name: 'light', rules: 'all', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', rules: 'colours', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'narrow', rules: 'layout', colorScheme: 'light', viewport: { width: 360, height: 740 } },
] as const;

test.describe('light, dark and narrow', () => {
  test.use({ colorScheme: 'light' });

  test('axe finds nothing, with output, variables and context shown', async ({ page, playground }) => {
    await expect(playground.editor).toBeVisible();
    await playground.runCode(output);
    await playground.enter('({ value: 1 })');
    await playground.whenIdle();
    await playground.console.getByRole('treeitem').last().click();
    for (const [index, { name, rules, colorScheme, viewport }] of surroundings.entries()) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      const editor = expect(playground.editor);
      await (colorScheme === 'dark' ? editor : editor.not).toHaveClass(/vs-dark/);
      if (index > 0) await playground.showPanel('Console');
      await expect(playground.console).toBeVisible();
      expect(await findViolations(page, { rules }), name).toEqual([]);
      await playground.showPanel('Variables');
      await expect(playground.element.locator('codemode-namespace-panel')).toBeVisible();
      expect(await findViolations(page, { rules, within: panels }), name).toEqual([]);
      await playground.showPanel('Context');
      await expect(playground.element.getByRole('textbox', { name: 'Key' })).toBeVisible();
      expect(await findViolations(page, { rules, within: panels }), name).toEqual([]);
    }
  });
});

test.describe('at 360 pixels', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('everything can be reached, and nothing is wider than the page', async ({ page, playground }) => {
    await playground.open('./?example=2');
    const controls = [
      playground.runButton,
      playground.resetButton,
      playground.consoleInput,
      playground.code,
      page.getByRole('button', { name: 'Three clients at once' }),
      page.getByRole('combobox', { name: 'Example' }),
      playground.element.getByRole('combobox', { name: 'Mode' }),
      playground.element.getByRole('button', { name: 'New tab' }),
    ];
    for (const control of controls) await expect(control).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await playground.runCode(
      "const report = [{ city: 'Oslo', temperature: 4 }, { city: 'Rome', temperature: 19 }]; console.log('x'.repeat(500)); report;",
    );
    await playground.showPanel('Variables');
    const variable = playground.element.getByRole('list', { name: 'Variables' }).getByRole('listitem').first();
    expect((await variable.boundingBox())!.height, 'a variable is a few lines, not a column of letters').toBeLessThan(
      120,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

test.describe('dark', () => {
  test.use({ colorScheme: 'dark' });

  test('it follows the system, and the button chooses and remembers', async ({ page, playground }) => {
    const isDark = (): Promise<boolean> =>
      playground.element.evaluate((element) => {
        const [red = 255] = getComputedStyle(element.shadowRoot!.querySelector('.frame')!)
          .backgroundColor.match(/\d+/g)!
          .map(Number);
        return red < 80;
      });
    expect(await isDark()).toBe(true);
    await expect(playground.editor).toHaveClass(/vs-dark/);
    await page.getByRole('button', { name: 'Colour scheme: auto' }).click();
    await expect(page.getByRole('button', { name: 'Colour scheme: light' })).toBeVisible();
    expect(await isDark()).toBe(false);
    await expect(playground.editor).not.toHaveClass(/vs-dark/);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Colour scheme: light' })).toBeVisible();
    await expect(playground.editor).toBeVisible();
    expect(await isDark()).toBe(false);
  });
});

test('by keyboard alone: from loading the page to a run, its output and a value in it', async ({
  page,
  playground,
}) => {
  await expect(playground.editor).toBeVisible();
  const press = async (key: string): Promise<void> => await page.keyboard.press(key);
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });
  /** Tab until a control has the focus; a page that traps it has no end. */
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let stops = 0; stops < 25; stops++) {
      await press('Tab');
      if (name.test(await focused())) return;
    }
    throw new Error(`Tab never reached ${name}: it is at ${await focused()}.`);
  };

  await tabTo(/^Code$/);
  await press('Control+a');
  await page.keyboard.type("console.log('typed');\n({ seen: true })");
  await press('Tab');
  expect(await focused(), 'Tab indents in the editor').toBe('Code');
  await press('Control+Enter');
  await expect(playground.console).toContainText('typed');
  await press('Escape');
  await tabTo(/^Value$|seen/);
  await press('ArrowRight');
  await expect(playground.console.getByRole('treeitem').filter({ hasText: 'seen: true' }).last()).toBeVisible();
  await tabTo(/^Console input$/);
  await page.keyboard.type('1 + 2');
  await press('Enter');
  await expect(playground.console).toContainText('3');
});
