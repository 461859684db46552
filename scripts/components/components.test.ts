import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { libraryFiles, libraryModules } from './library-modules.js';
import { bundleClassicScript } from '../build/runner.mjs';
import { buildParts } from '../build/worker-parts.mjs';
import { componentType } from '../../src/protocol/messages/mime-bundle.js';
import type { WireOutput } from '../../src/protocol/messages/wire.js';
import { PublicError } from '../../src/protocol/endpoint/call-errors.js';
import { compiledText } from '../../workers/kernel/modules/module-text.js';
import { ServedKernel } from '../../workers/kernel/testing/served-kernel.js';

// Before a kernel changes this realm.
const { dom } = await buildParts(bundleClassicScript);
const libraries = await libraryModules();
const served = new ServedKernel(
  Object.fromEntries([...libraries].map(([file, text]) => [`https://page.example/${file}`, text])),
);
beforeAll(async () => {
  served.part = () => dom!.code;
  const imports = Object.fromEntries(Object.entries(libraryFiles).map(([name, file]) => [name, `/${file}`]));
  await served.start({ importMap: { imports } });
});
beforeEach(() => {
  served.arrived.length = 0;
  served.mutations.length = 0;
});
afterAll(() => served.close());

const decoder = new TextDecoder();
const latest = (): WireOutput[] => {
  const entries = served.arrived.filter((one): one is WireOutput => 'sequence' in one);
  return [...new Map(entries.map((entry) => [entry.id ?? entry, entry])).values()];
};

async function shown(code: string, runId?: string): Promise<{ id: string; html: string; entry: WireOutput }> {
  const report = await served.run(code, runId === undefined ? {} : { context: served.context(runId) });
  expect(report.error).toBeUndefined();
  const entry = latest().find(({ bundle }) => bundle?.[componentType] !== undefined)!;
  expect(entry, served.texts.join('\n')).toBeDefined();
  const { id } = entry.bundle![componentType] as { id: string };
  return { id, html: entry.bundle!['text/html'] as string, entry };
}

type Tree = [number, string, Record<string, string>, Tree[], Record<string, unknown>];

async function open(id: string): Promise<{ tree: Tree; listens: string[]; version: number }> {
  const { data } = await served.host.call('component', { context: served.context(), id, action: 'open' });
  return JSON.parse(decoder.decode(data));
}

const find = ([number, name, attributes, children]: Tree, wanted: string): number | undefined =>
  name === wanted || attributes?.['id'] === wanted
    ? number
    : (children ?? []).map((child) => find(child, wanted)).find((found) => found !== undefined);

async function send(id: string, target: number, type: string, more: object = {}): Promise<void> {
  const event = { target, type, init: { bubbles: true, cancelable: true }, ...more };
  await served.host.call('component', { context: served.context(), id, action: 'event', event });
}

describe('components', () => {
  it('G1: a module whose text came compiled asks for the document, and does without where there is none', async () => {
    const part = vi.fn(() => Promise.reject(new PublicError('There is no file.')));
    served.part = part;
    const url = 'https://page.example/compiled.js';
    const compiled = compiledText({ context: served.context(), url, source: 'export const kind = typeof document' });
    served.modules[url] = { source: '', compiled, needsDocument: true };
    expect((await served.run(`import { kind } from '${url}'; kind`)).value).toBe('undefined');
    expect(part).toHaveBeenCalledOnce();
    expect(latest()).toMatchObject([{ method: 'notice', text: 'There is no file.' }]);
  });

  it('G1: tells what is missing where the document cannot be loaded, and the next run tries again', async () => {
    served.part = () => Promise.reject(new PublicError('There is no file.'));
    const { error } = await served.run('document.createElement("b")');
    expect(error).toMatchObject({ name: 'PublicError', message: 'There is no file.' });
    served.part = () => dom!.code;
    expect((await served.run('document.createElement("b").localName')).value).toBe('b');
  });

  it('G1: shows an element, as a component and as HTML', async () => {
    const { id, html } = await shown(`
      const list = document.createElement('ul'); list.className = 'a b'; list.style.color = 'red';
      for (const text of ['<1>', '2']) { const item = document.createElement('li'); item.textContent = text; list.append(item); }
      list`);
    expect(html).toBe('<ul class="a b" style="color: red;"><li>&lt;1&gt;</li><li>2</li></ul>');
    expect((await open(id)).tree).toMatchObject([
      expect.any(Number),
      'ul',
      { class: 'a b', style: 'color: red;' },
      [[expect.any(Number), 'li', {}, [[expect.any(Number), '<1>']], {}, 0], expect.anything()],
      {},
      0,
    ]);
  });

  it('G1: gives events to the execution that displayed, and tells what they change', async () => {
    const { id } = await shown(
      `var button = document.createElement('button'); button.onclick = () => { button.textContent = context.runId; console.log('clicked') }; display(button)`,
      'shows',
    );
    const { tree, listens } = await open(id);
    expect(listens).toEqual(['click']);
    await send(id, tree[0], 'click');
    await expect.poll(() => served.mutations.length).toBe(1);
    expect(JSON.parse(decoder.decode(served.mutations[0]!.data))).toMatchObject([
      [1, tree[0], 0, [expect.any(Number), 'shows']],
    ]);
    await expect.poll(() => latest().at(-1)).toMatchObject({ runId: 'shows', text: 'clicked' });
  });

  it('C3: a component ends with its execution, and when something else is displayed in its place', async () => {
    const first = await shown(`var handle = display(document.createElement('p'))`, 'ends');
    await served.run(`handle.update('text')`);
    await expect.poll(() => served.mutations.at(-1)).toMatchObject({ id: first.id, version: 0 });
    const second = await shown(`display(document.createElement('i'))`, 'stops');
    const error = { name: 'CancelledError', message: 'stopped', stack: '', frames: [] };
    await served.host.call('cancelPending', { context: served.context(), error });
    await expect.poll(() => served.mutations.at(-1)).toMatchObject({ id: second.id, version: 0 });
    expect(await served.host.call('component', { context: served.context(), id: second.id, action: 'open' })).toEqual({
      data: new ArrayBuffer(),
    });
  });

  it('F1: refuses a tree that is too large', async () => {
    const { error } = await served.run(
      `const wide = document.createElement('div'); for (let n = 0; n < 50_001; n++) wide.append('x'); display(wide)`,
    );
    expect(error).toBeUndefined();
    expect(latest().at(-1)).toMatchObject({ method: 'error', text: expect.stringContaining('at most 50000 nodes') });
  });

  it.each([
    ['react', `import { useState, useEffect } from 'react';`, 'onChange', 'onClick'],
    [
      'preact',
      `/** @jsxImportSource preact */ import { useState, useEffect } from 'preact/hooks';`,
      'onInput',
      'onClick',
    ],
  ])('G1: renders %s, with state, effects, tools and fields', async (_name, imports, onInput, onClick) => {
    const { id, html } = await shown(
      `${imports}
      function App({ step }) {
        const [count, setCount] = useState(0), [text, setText] = useState('a'), [who, setWho] = useState('');
        useEffect(() => { console.log('effect of ' + context.runId); return () => console.log('gone') }, []);
        return <><button class="b" ${onClick}={async () => { setCount(count + step); setWho(await tools.ask({ who: context.runId }).then((it) => it.who)) }}>{count}</button>
          <input value={text} ${onInput}={(event) => setText(event.target.value.toUpperCase())} /><output>{text} {who}</output></>
      }
      var app = display(<App step={2} />)`,
      `of-${_name}`,
    );
    expect(html).toMatch(/<button class="b">0<\/button><input[^>]*><output>a <\/output>/);
    await expect.poll(() => served.texts).toContain(`effect of of-${_name}`);
    const { tree } = await open(id);
    await send(id, find(tree, 'button')!, 'click');
    const words = (): string => served.mutations.map(({ data }) => decoder.decode(data)).join('\n');
    await expect.poll(words).toContain('"2"');
    await expect.poll(words).toContain(`of-${_name}`);
    await send(id, find(tree, 'input')!, 'input', { properties: { value: 'ab' }, input: 1 });
    await expect.poll(words).toContain('AB');
    await served.run(
      `${imports.includes('preact') ? '/** @jsxImportSource preact */' : ''} app.update(<App step={3} />); await 0`,
    );
    expect(latest().at(-1)).toMatchObject({ runId: `of-${_name}` });
    await served.host.call('component', { context: served.context(), id, action: 'unmount' });
    await expect.poll(() => served.texts).toContain('gone');
  });

  it('G1: renders templates of Lit, and its elements', async () => {
    const { id, html } = await shown(`
      import { LitElement, html, css } from 'lit';
      class MyCount extends LitElement {
        static properties = { number: {} }; static styles = css\`b { color: red }\`;
        render() { return html\`<b @click=\${() => this.number++}>\${this.number}</b>\` }
      }
      customElements.define('my-count', MyCount);
      const shown = display(html\`<my-count .number=\${5}></my-count><ul>\${[1, 2].map((n) => html\`<li>\${n}</li>\`)}</ul>\`);
      shown`);
    expect(html.replaceAll(/<!--.*?-->/g, '')).toBe(
      '<div><my-count><template shadowrootmode="open"><b>5</b><style>b { color: red }</style></template></my-count><ul><li>1</li><li>2</li></ul></div>',
    );
    const { tree } = await open(id);
    const counter = tree[3].find(([, name]) => name === 'my-count') as unknown as [number, ...unknown[]];
    const shadow = JSON.stringify(counter[6]);
    expect(shadow).toContain('"5"');
    expect(shadow).toContain('color: red');
  });

  it('G1: draws with d3', async () => {
    const { html, id } = await shown(`
      import { create, scaleLinear, axisBottom } from 'd3';
      const svg = create('svg').attr('viewBox', '0 0 100 50');
      svg.selectAll('circle').data([1, 2, 3]).join('circle').attr('r', 4).attr('cx', (d) => d * 10)
        .on('click', (event, d) => svg.select('circle').attr('r', d * 10));
      svg.append('g').call(axisBottom(scaleLinear([0, 1], [0, 90])).ticks(3));
      svg.node()`);
    expect(html).toMatch(/^<svg viewBox="0 0 100 50"><circle r="4" cx="10"><\/circle>.*<g fill="none"/);
    const { tree } = await open(id);
    await send(id, (tree[3][2] as Tree)[0], 'click');
    await expect.poll(() => served.mutations.length).toBe(1);
    expect(JSON.parse(decoder.decode(served.mutations[0]!.data))).toEqual([[5, (tree[3][0] as Tree)[0], 'r', '30']]);
  });

  it('F4: components of two executions that render at once have each its own context', async () => {
    const app = `import { useState } from 'react'; globalThis.apps ??= [];
      let Shared = () => { const [n, set] = useState(0); apps.push(set); console.log('rendered ' + n + ' in ' + context.runId); return <b>{n}</b> };`;
    await shown(`${app} display(<Shared />)`, 'one');
    await shown(`${app} display(<Shared />)`, 'two');
    expect(served.texts.filter((text) => text.startsWith('rendered 0'))).toEqual([
      'rendered 0 in one',
      'rendered 0 in two',
    ]);
  });
});
