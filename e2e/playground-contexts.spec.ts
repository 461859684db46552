import { expect, PlaygroundPage, test } from './fixtures/test.js';

/** Namespace and context, through the page: by its buttons, and by the methods of the element. Running never waits for Monaco. */

test.beforeEach(({ page }) => PlaygroundPage.withoutEditor(page));

test('C1: a value passes from an async run to the next and on to a sync one', async ({ playground }) => {
  await playground.runCode('x = 42');
  await playground.runCode('y = x * 2; y');
  await expect(playground.console).toContainText('84');
  await playground.element.getByRole('combobox', { name: 'Mode' }).selectOption('sync');
  await playground.runCode('z = x + y; z');
  await expect(playground.console).toContainText('126');
});

test('C2: a function of one input waits 100 ms in the next', async ({ playground }) => {
  await playground.runCode(`async function fetchData() {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return 'data';
  }`);
  await playground.enter('await fetchData()');
  await expect(playground.console).toContainText("'data'");
});

for (const { name, delays } of [
  { name: 'three clients at 100, 50 and 150 ms', delays: [100, 50, 150] },
  { name: 'five clients at 20 to 150 ms', delays: [100, 50, 150, 20, 80] },
  { name: 'fifty clients at 1 to 50 ms', delays: Array.from({ length: 50 }, (_, index) => 1 + ((index * 37) % 50)) },
]) {
  test(`A1: ${name} in one tab read their own id after the wait`, async ({ playground }) => {
    await playground.setCode(`const wait = context.require<number>('delay');
      await new Promise((resolve) => setTimeout(resolve, wait));
      context.get('client_id');`);
    const handle = await playground.element.elementHandle();
    const values = await handle!.evaluate(async (element, all) => {
      const results = await Promise.all(
        all.map((delay, index) =>
          (element as HTMLElementTagNameMap['codemode-playground']).run(undefined, {
            context: { client_id: `client-${index}`, delay },
          }),
        ),
      );
      return results.map((result) => result.value);
    }, delays);
    expect(values).toEqual(delays.map((_, index) => `client-${index}`));
  });
}

test('A2: ending one run at 50 ms leaves the context of another intact at 100 ms', async ({ playground }) => {
  await playground.setCode(`const id = context.get('client_id');
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (id === 'ended') { console.log('half way'); await new Promise(() => {}); }
    await new Promise((resolve) => setTimeout(resolve, 50));
    context.get('client_id');`);
  const outcome = await playground.call(async (element) => {
    const controller = new AbortController();
    element.addEventListener('codemode-output', () => controller.abort(), { once: true });
    const [ended, other] = await Promise.all([
      element.run(undefined, { context: { client_id: 'ended' }, signal: controller.signal }),
      element.run(undefined, { context: { client_id: 'other' } }),
    ]);
    return [ended.error?.name, other.value];
  });
  expect(outcome).toEqual(['CancelledError', 'other']);
});

test('A11: three runs at once give three results, one that failed among them', async ({ playground }) => {
  await playground.setCode(`const n = context.require<number>('n');
    await new Promise((resolve) => setTimeout(resolve, 30 / n));
    if (n === 2) throw new RangeError('two');
    n * 10;`);
  const results = await playground.call(async (element) => {
    const runs = [1, 2, 3].map((n) => element.run(undefined, { context: { n } }));
    return (await Promise.all(runs)).map((result) => (result.ok ? result.value : result.error?.message));
  });
  expect(results).toEqual([10, 'two', 30]);
});

test('two pages of four tabs each run at once, and none sees anything of another', async ({ context, page }) => {
  const pages = [new PlaygroundPage(page), new PlaygroundPage(await context.newPage())];
  const seen = await Promise.all(
    pages.map(async (playground, number) => {
      await playground.open();
      for (const tab of ['north', 'east', 'south', 'west']) {
        await playground.openTab({
          name: tab,
          context: { client_id: `${tab}-${number}` },
          code: `const id = context.get('client_id');
          globalThis.visitors = [...(globalThis.visitors ?? []), id];
          await new Promise((resolve) => setTimeout(resolve, 20));
          const orders = await tools.searchOrders({});
          console.log('I am', context.get('client_id'), orders.length);
          visitors;`,
        });
      }
      return await playground.call(async (element) => {
        const tabs = element.tabs.slice(-4);
        const results = await Promise.all(tabs.map((tab) => element.run(tab)));
        await element.whenIdle();
        return results.map((result, index) => ({
          value: result.value,
          output: element.output(tabs[index]!).map(String),
        }));
      });
    }),
  );
  expect(seen).toEqual(
    pages.map((_, number) =>
      ['north', 'east', 'south', 'west'].map((tab) => ({
        value: [`${tab}-${number}`],
        output: [`I am ${tab}-${number} 0`],
      })),
    ),
  );
});

test('the context of a tab is edited in rows and as JSON, and goes with the next run', async ({ playground }) => {
  await playground.setCode("console.log(JSON.stringify(context.variables)); context.get('client_id');");
  await playground.showPanel('Context');
  const { element } = playground;
  await element.getByRole('textbox', { name: 'Value' }).fill('initech');
  await element.getByRole('button', { name: 'Add key' }).click();
  await element.getByRole('textbox', { name: 'Key' }).nth(1).fill('limit');
  await element.getByRole('textbox', { name: 'Value' }).nth(1).fill('5');
  await playground.run();
  await expect(playground.console).toContainText('{"client_id":"initech","limit":5}');

  await playground.showPanel('Context');
  await element.getByRole('button', { name: 'JSON' }).click();
  const json = element.getByRole('textbox', { name: 'Context as JSON' });
  await json.fill('[1, 2]');
  const complaint = element.getByRole('alert').filter({ hasText: 'must be an object' });
  await expect(complaint).toBeVisible();
  await json.fill('{ "client_id": "hooli" }');
  await expect(complaint).toHaveCount(0);
  await playground.run();
  await expect(playground.console).toContainText("'hooli'");
  await playground.tab('Globex').click();
  await playground.run();
  await expect(playground.console).toContainText('globex has open orders');
});

test('a key that is typed counts when it is complete: on leaving the field, or with Enter', async ({
  page,
  playground,
}) => {
  await playground.setCode('Object.keys(context.variables).join()');
  await playground.showPanel('Context');
  const { element } = playground;
  const key = element.getByRole('textbox', { name: 'Key' });
  const context = (): Promise<unknown> => playground.call((made) => made.activeTab?.context);
  await key.fill('client');
  expect(await context()).toEqual({ client_id: 'acme' });
  await key.press('Enter');
  expect(await context()).toEqual({ client: 'acme' });
  await key.fill('customer');
  await page.keyboard.press('Control+Enter');
  await expect(playground.console).toContainText("'customer'");
});
