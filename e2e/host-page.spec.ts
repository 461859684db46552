import { openSnippets, SnippetPage } from './fixtures/snippet-page.js';
import { expect, PlaygroundPage, test } from './fixtures/test.js';

/** What pages do to the built-in objects: additions of old libraries, polyfills, mocks of tests. */
const patches: Readonly<Record<string, string>> = {
  'a function on Object.prototype': `Object.prototype.extra = function () {}`,
  'data on Object.prototype': `Object.prototype.extra = { nested: [1] }; Object.prototype.version = '1.7'`,
  'names of our messages on Object.prototype': `for (const name of ['type', 'id', 'name', 'message', 'cause', 'path', 'pending', 'transfer', 'frames', 'preview', 'length', 'size', 'more', 'state', 'stack', 'handle', 'source']) Object.prototype[name] = function () {}`,
  'toJSON of arrays, texts and dates': `for (const { prototype } of [Array, String, Number, Date]) prototype.toJSON = function () { return '"patched"' }`,
  'functions on Array.prototype': `for (const name of ['last', 'remove', 'clone', 'extra']) Array.prototype[name] = function () {}`,
  'functions on the prototypes of texts, numbers and functions': `for (const { prototype } of [String, Number, Function, Boolean, Date, RegExp]) prototype.extra = function () {}`,
  'timers that a test mocks': `window.setTimeout = () => 0; window.clearTimeout = () => {}; window.setInterval = () => 0; window.requestAnimationFrame = () => 0; window.queueMicrotask = () => {}; Date.now = () => 0; performance.now = () => 0`,
  'a polyfill of Promise': `const Native = Promise; window.Promise = class Promise extends Native { constructor(executor) { super(executor) } static get [Symbol.species]() { return this } }`,
  'an iterator of arrays that is slower': `const native = Array.prototype[Symbol.iterator]; Array.prototype[Symbol.iterator] = function* () { for (let i = 0; i < this.length; i++) yield this[i] }`,
};

for (const [name, patch] of Object.entries(patches)) {
  test(`F2: a page works that has ${name}`, async ({ page, site }) => {
    await page.addInitScript(patch);
    await page.goto(`${site.origin}/e2e/pages/blank.html`);
    const outcome = await page.evaluate(async () => {
      window.sdk = (await import('/dist/cdn/codemode-playground.js' as string)) as typeof window.sdk;
      const codemode = new window.sdk.Codemode();
      codemode.registry.registerTool('echo', (input: unknown) => input);
      const session = codemode.session('s');
      const first = await session.execute(
        `let kept = [1, 2]; console.log('line', { a: 1 }); await tools.echo({ n: [1] })`,
        {
          context: { client_id: 'a' },
        },
      );
      const second = await session.execute(`kept.push(3); [kept, context.get('client_id')]`, {
        context: { client_id: 'b' },
      });
      const failed = await session.execute(`throw new TypeError('thrown')`);
      await session.reset();
      const names = await session.namespace.list();
      await codemode.close();
      return {
        first: first.ok ? first.value : String(first.error),
        lines: first.output.length,
        second: second.ok ? second.value : String(second.error),
        failed: failed.error?.name,
        names: names.length,
      };
    });
    expect(outcome).toEqual({ first: { n: [1] }, lines: 1, second: [[1, 2, 3], 'b'], failed: 'TypeError', names: 0 });
  });
}

/** What Prototype.js, MooTools and zone.js replace, each in one way. */
const libraries = `
  Object.prototype.extra = function () {};
  Array.prototype.last = function () { return this[this.length - 1] };
  Array.prototype.entries = function () { return [...this] };
  Array.from = (item) => [...item];
  for (const name of ['map', 'filter', 'find', 'some', 'every']) {
    const native = Array.prototype[name];
    Array.prototype[name] = function (callback, context) { let index = 0; return native.call(this, (value) => callback.call(context, value, index++)) };
  }
  window.Document = function Document() {};
  const { setTimeout: start, fetch: load, MutationObserver: Observer } = window;
  window.setTimeout = (callback, ...more) => start(() => callback(), ...more);
  window.fetch = (...request) => load(...request).then((response) => response);
  window.MutationObserver = class extends Observer { constructor(callback) { super((...records) => callback(...records)) } };
`;

test('F2: the elements work in a page whose built-ins old libraries have changed', async ({ page, problems }) => {
  // Monaco reads inherited keys itself; without it the code is edited as plain text.
  problems.expect(/Monaco could not be loaded|is not iterable/);
  await page.addInitScript(libraries);
  await openSnippets(
    page,
    `<codemode-snippet id="one" session="s" playground-url="/"><pre><code>// #region hidden
let hidden = 40;
// #endregion
let shown = 2;</code></pre></codemode-snippet>
    <codemode-snippet id="two" depends-on="one" session="s"><pre><code>[{ sum: hidden + shown }]</code></pre></codemode-snippet>
    <codemode-playground style="display: block; height: 400px"></codemode-playground>`,
    { head: '<script type="module" src="/dist/cdn/codemode-playground.js"></script>' },
  );
  const one = new SnippetPage(page, 'one');
  const two = new SnippetPage(page, 'two');
  await expect(one.element.getByText('let hidden = 40;')).toBeHidden();
  await two.run();
  await expect(two.output).toContainText('sum: 42');
  await two.output.getByRole('treeitem').first().click();
  await expect(two.output).toContainText('0: {sum: 42}');
  await one.openLink.hover();
  await expect(one.openLink).toHaveAttribute('href', /#/);
  await one.editButton.click();
  await one.field.fill('let shown = 3;');
  await two.run();
  await expect(two.output).toContainText('sum: 43');

  const playground = new PlaygroundPage(page);
  await playground.runCode(`console.log({ a: 1 }); console.table([{ x: 1 }]); ['shown', 2]`);
  await expect(page.getByText("'shown'", { exact: true })).toBeVisible();
  await playground.enter('6 * 7');
  await expect(playground.console).toContainText('42');
  await playground.showPanel('Context');
  await expect(playground.element.getByText('No context yet')).toBeVisible();
});
