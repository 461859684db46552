import type { FrameLocator, Page } from '@playwright/test';
import { libraryFiles, libraryModules } from '../scripts/components/library-modules.js';
import { expect, PlaygroundPage, test } from './fixtures/test.js';

/** The page of a component, two frames deep. */
const componentOf = (playground: PlaygroundPage, index = 0): FrameLocator =>
  playground.console.locator('codemode-output iframe').nth(index).contentFrame().frameLocator('iframe');

let modules: ReadonlyMap<string, string>;
test.beforeAll(async () => {
  modules = await libraryModules();
});

/** A playground whose import map has the libraries, with a tool. */
async function open(page: Page): Promise<PlaygroundPage> {
  await PlaygroundPage.withoutEditor(page);
  await page.route('**/libraries/*', (route) => {
    const body = modules.get(new URL(route.request().url()).pathname.split('/').at(-1)!);
    return route.fulfill(body === undefined ? { status: 404 } : { body, contentType: 'text/javascript' });
  });
  await page.evaluate(async (files) => {
    const imports = Object.fromEntries(
      Object.entries(files).map(([name, file]) => [name, new URL(`/libraries/${file}`, location.href).href]),
    );
    const codemode = new window.sdk.Codemode({ importMap: { imports } });
    const element = document.createElement('codemode-playground');
    element.style.height = '90vh';
    element.codemode = codemode;
    document.body.append(element);
  }, libraryFiles);
  return new PlaygroundPage(page);
}

const react = `import { useState } from 'react';
function App() {
  const [count, setCount] = useState(0), [text, setText] = useState(''), [rows, setRows] = useState(1_000);
  return <main>
    <button onClick={() => { setCount(count + 1); console.log('clicked in ' + typeof context.runId) }}>count {count}</button>
    <input aria-label="text" value={text} onChange={(event) => setText(event.target.value.toUpperCase())} /><output>{text}</output>
    <label><input type="checkbox" checked={rows > 1_000} onChange={() => setRows(rows > 1_000 ? 1_000 : 1_001)} />more</label>
    <select aria-label="pick" value={count > 0 ? 'b' : 'a'} onChange={() => {}}><option>a</option><option>b</option></select>
    <button onClick={() => { for (;;); }}>spin</button>
    <ul>{Array.from({ length: rows }, (_, n) => <li key={n}>row {n * (count + 1)}</li>)}</ul>
    <a href="https://example.com/">away</a><img src="https://example.com/x.png" alt="" />
  </main>;
}
`;

test.describe('components', () => {
  test('G1: React keeps its code in the worker, with state, rows, fields and a handler that spins', async ({
    sdkPage: page,
    problems,
  }) => {
    // The picture has an image of another site, which its policy refuses.
    problems.expect(/Content Security Policy/);
    const playground = await open(page);
    await playground.runCode(`${react} display(<App />)`);
    const app = componentOf(playground);
    await expect(app.getByRole('listitem')).toHaveCount(1_000);
    await app.getByRole('button', { name: 'count 0' }).click();
    await expect(app.getByRole('button', { name: 'count 1' })).toBeVisible();
    await expect(app.getByRole('listitem').nth(999)).toHaveText('row 1998');
    await expect(app.getByRole('combobox')).toHaveValue('b');
    await app.getByRole('textbox').pressSequentially('hello');
    await expect(app.locator('output')).toHaveText('HELLO');
    await expect(app.getByRole('textbox')).toHaveValue('HELLO');
    await app.getByRole('checkbox').check();
    await expect(app.getByRole('listitem')).toHaveCount(1_001);
    await app.getByRole('checkbox').uncheck();
    await expect(app.getByRole('listitem')).toHaveCount(1_000);
    await app.getByRole('link').click();
    await expect(app.getByRole('listitem')).toHaveCount(1_000);
    await app.getByRole('button', { name: 'spin' }).click();
    await expect(playground.console).toContainText('the code of the component has ended');
    const texts = await playground.call((element) => element.output().map(({ text }) => text));
    expect(texts).toContain('clicked in string');
    expect(texts.at(-1)).toMatch(/was stopped: it kept the worker busy/);
    await playground.setCode('1 + 1');
    expect(await playground.call(async (element) => (await element.run()).value)).toBe(2);
  });

  test('G1: Preact, Lit, d3 and plain elements are shown, and end with their session and their place', async ({
    sdkPage: page,
  }) => {
    const playground = await open(page);
    await playground.runCode(`
      /** @jsxImportSource preact */
      import { useState, useEffect } from 'preact/hooks';
      import { LitElement, html, css } from 'lit';
      import { create } from 'd3';
      function Counter() {
        const [n, set] = useState(0);
        useEffect(() => () => console.log('unmounted'), []);
        return <button class="preact" onClick={() => set(n + 1)}>preact {n}</button>;
      }
      const counter = display(<Counter />);
      class LitCounter extends LitElement {
        static properties = { n: {} };
        static styles = css\`button { color: rgb(1, 2, 3) }\`;
        constructor() { super(); this.n = 0; }
        render() { return html\`<button @click=\${() => this.n++}>lit \${this.n}</button>\`; }
      }
      customElements.define('lit-counter', LitCounter);
      display(html\`<lit-counter></lit-counter>\`);
      const svg = create('svg').attr('viewBox', '0 0 100 20');
      svg.append('rect').attr('width', 100).attr('height', 20).on('click', function () { this.setAttribute('fill', 'red'); });
      display(svg.node());
      const form = document.createElement('form');
      form.innerHTML = '<input name="a" required><button>send</button>';
      form.addEventListener('submit', () => form.append('sent ' + form.querySelector('input').value));
      form`);
    const preact = componentOf(playground, 0).getByRole('button');
    await preact.click();
    await expect(preact).toHaveText('preact 1');
    const lit = componentOf(playground, 1).getByRole('button');
    await lit.click();
    await expect(lit).toHaveText('lit 1');
    await expect(lit).toHaveCSS('color', 'rgb(1, 2, 3)');
    await componentOf(playground, 2).locator('rect').click();
    await expect(componentOf(playground, 2).locator('rect')).toHaveAttribute('fill', 'red');
    const form = componentOf(playground, 3);
    await form.getByRole('button').click();
    await form.getByRole('textbox').fill('me');
    await form.getByRole('textbox').press('Enter');
    await expect(form.locator('body')).toContainText('sent me');
    await playground.runCode('counter.update("gone")');
    await expect(playground.console).toContainText('unmounted');
    await playground.resetButton.click();
    await expect(playground.console.getByText('the code of the component has ended')).toHaveCount(3);
  });
});

test.describe('the file of components', () => {
  test('G1: one that is missing, cut off or of another build is told, and the next run tries again', async ({
    sdkPage: page,
    problems,
  }) => {
    problems.expect(/404|integrity|runner-dom/);
    let answer: 'missing' | 'cut off' | 'whole' = 'missing';
    await page.route('**/runner-dom.js', async (route) => {
      if (answer === 'missing') return route.fulfill({ status: 404 });
      const response = await route.fetch();
      const body = await response.text();
      await route.fulfill({ response, body: answer === 'whole' ? body : body.slice(0, -10) });
    });
    const run = (): Promise<unknown> =>
      page.evaluate(async () => {
        const codemode = ((window as { codemode?: InstanceType<typeof window.sdk.Codemode> }).codemode ??=
          new window.sdk.Codemode());
        const { value, error } = await codemode.execute('document.createElement("b").outerHTML');
        return error === undefined ? value : `${error.name}: ${error.message}`;
      });
    expect(await run()).toMatch(/^WorkerPartError: Components need .*runner-dom\.js, which could not be loaded/);
    answer = 'cut off';
    expect(await run()).toMatch(/^WorkerPartError: .*not of the build/);
    answer = 'whole';
    expect(await run()).toBe('<b></b>');
  });
});

test.describe('plots', () => {
  test('G1: a Vega-Lite specification is drawn without evaluation and without network, saved, and its errors are told', async ({
    sdkPage: page,
    problems,
  }) => {
    // Vega tells on the console of its frame that its data could not be loaded.
    problems.expect(/an output has no network/);
    const playground = await open(page);
    await playground.runCode(`
      const spec = (more) => ({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json', width: 200, height: 100,
        data: { values: [{ a: 'x', b: 2 }, { a: 'y', b: 5 }, { a: 'z', b: 3 }] }, transform: [{ calculate: 'datum.b * 2', as: 'c' }],
        mark: { type: 'bar', tooltip: true }, encoding: { x: { field: 'a' }, y: { field: 'c', type: 'quantitative' } }, ...more });
      display({ 'application/vnd.vegalite.v6+json': spec(), 'text/plain': 'a plot' }, { raw: true });
      display({ 'application/vnd.vegalite.v5+json': spec({ mark: 'no such mark' }) }, { raw: true });
      display({ 'application/vnd.vegalite.v5+json': spec({ data: { url: 'https://example.com/data.json' } }) }, { raw: true });`);
    const plot = componentOf(playground).locator('svg');
    await expect(plot.locator('.mark-rect path')).toHaveCount(3);
    await expect(playground.console.getByRole('alert')).toContainText([
      'The plot could not be drawn',
      'Put the data into the specification',
    ]);
    for (const [button, name] of [
      ['Download', 'output.svg'],
      ['Download as PNG', 'output.png'],
    ] as const) {
      const download = page.waitForEvent('download');
      await playground.console.getByRole('button', { name: button, exact: true }).first().click();
      expect((await download).suggestedFilename()).toBe(name);
    }
  });
});
