import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServedKernel } from './served-kernel.js';

const recorder = (name: string): string =>
  `export const Fragment = 'Fragment'; const make = (maker) => (type, props, key) => ({ maker: '${name} ' + maker, type, props, key });
   export const jsx = make('jsx'), jsxs = make('jsxs'), createElement = make('createElement');`;

/** React's packages in one module, since they share their state. */
const bundle = await build({
  stdin: {
    contents: `
      import * as react from 'react'; import * as runtime from 'react/jsx-runtime'; import * as server from 'react-dom/server.edge';
      export default react; export const { createElement, createContext, useContext, useState, useMemo } = react;
      export const { jsx, jsxs, Fragment } = runtime; export const { renderToStaticMarkup } = server;`,
    resolveDir: import.meta.dirname,
  },
  bundle: true,
  format: 'esm',
  define: { 'process.env.NODE_ENV': '"production"' },
  write: false,
});
const react = bundle.outputFiles[0]!.text;

const kernel = new ServedKernel({
  'https://cdn.example/real/': react,
  'https://cdn.example/react.js': recorder('react'),
  'https://cdn.example/react/jsx-runtime': recorder('react'),
  'https://cdn.example/preact.js': recorder('preact'),
  'https://cdn.example/view.tsx': 'export const View = ({ name }: { name: string }) => <b>{name}</b>',
});
const imports = {
  react: 'https://cdn.example/react.js',
  'react/': 'https://cdn.example/react/',
  preact: 'https://cdn.example/preact.js',
  view: 'https://cdn.example/view.tsx',
  'view/jsx-runtime': 'https://cdn.example/view.tsx',
  'real/': 'https://cdn.example/real/',
  'real/jsx-runtime': 'https://cdn.example/real/',
  'real/all': 'https://cdn.example/real/',
};

beforeAll(async () => {
  await kernel.start({ importMap: { imports } });
});
afterAll(() => kernel.close());

async function valueOf(code: string, fileName?: string): Promise<unknown> {
  const report = await kernel.run(code, fileName === undefined ? {} : { fileName });
  if (!report.ok) throw new Error(report.error!.message);
  return report.value;
}

describe('elements in cells', () => {
  it('are values, by the import map', async () => {
    expect(await valueOf('<p id="a">{1 + 1}</p>')).toEqual({
      maker: 'react jsx',
      type: 'p',
      props: { id: 'a', children: 2 },
      key: undefined,
    });
  });

  it('take components of earlier cells and of modules', async () => {
    await valueOf('import { View } from "view"; const Twice = ({ n }: { n: number }) => <i>{n * 2}</i>');
    expect(await valueOf('const e = <Twice n={2}/>; e.type(e.props)')).toMatchObject({
      type: 'i',
      props: { children: 4 },
    });
    expect(await valueOf('View(<View name="x"/>.props)')).toMatchObject({ type: 'b', props: { children: 'x' } });
    expect(await valueOf('Twice.toString()')).toBe('({ n }: { n: number }) => <i>{n * 2}</i>');
  });

  it('take the function that a comment names from an earlier cell', async () => {
    await valueOf('import * as preact from "preact"; const h = preact.createElement');
    expect(await valueOf('/** @jsx h */ <b/>')).toMatchObject({ maker: 'preact createElement', type: 'b' });
  });

  it('are what React renders', async () => {
    const code = `/** @jsxImportSource real */
      import { createContext, renderToStaticMarkup, useContext, useState } from 'real/all';
      const Theme = createContext('light');
      function Greeting({ name, children }: { name: string; children?: unknown }) {
        const [count] = useState(() => name.length);
        return <>
          <h1 className={useContext(Theme)} aria-label="a &amp; b">Hello, {name}!</h1>
          {count > 2 && <p style={{ color: 'red' }}>{count} letters</p>}
          <ul>{['a', 'b'].map((item) => <li key={item}>{item}</li>)}</ul>
          {children}
        </>;
      }
      renderToStaticMarkup(<Theme value="dark"><Greeting name="Ada"><hr /></Greeting></Theme>)`;
    expect(await valueOf(code)).toBe(
      '<h1 class="dark" aria-label="a &amp; b">Hello, Ada!</h1><p style="color:red">3 letters</p><ul><li>a</li><li>b</li></ul><hr/>',
    );
  });

  it('say by the name of their file that no type assertion is meant', async () => {
    expect(await valueOf('let unknown1 = 1; <any>unknown1')).toBe(1);
    await expect(valueOf('<any>unknown1', 'a.tsx')).rejects.toThrow('The end of the JSX contents is missing.');
  });

  it('report errors of expressions at their places', async () => {
    const { error } = await kernel.run('const a = 1;\nconst b = (\n  <p\n    title={missing.name}\n  />);', {
      fileName: 'x.tsx',
    });
    expect(error).toMatchObject({
      message: 'missing is not defined',
      position: { fileName: 'x.tsx', line: 4, column: 12 },
    });
  });

  it('name the entry that the import map lacks', async () => {
    const { error } = await kernel.run('/** @jsxImportSource solid */ <p/>');
    expect(error!.message).toContain('"solid/jsx-runtime"');
    expect(error!.message).toContain(
      'Add it: importMap: { imports: { "solid/jsx-runtime": "https://esm.sh/solid/jsx-runtime" } }',
    );
    expect(error!.message).toContain('JSX');
  });

  it('need a module that lacks what they take from it, or time that their mode does not have', async () => {
    const lacking = await kernel.run('/** @jsxImportSource view */\n const a = <p/>;');
    expect(lacking.error).toMatchObject({ position: { line: 2, column: 12 } });
    expect(lacking.error!.message).toContain('jsx');
    const sync = await kernel.run('1;\n<p/>', { mode: 'sync' });
    expect(sync.error).toMatchObject({
      message: expect.stringContaining('mode "sync"'),
      position: { line: 2, column: 1 },
    });
  });

  it('keep their context across an await in an expression', async () => {
    const code = `const read = () => context.get('client');
      const view = async () => <ul><li key={await Promise.resolve(read())}>{await 0, read()}</li>{...[await 1, read()]}</ul>;
      const { props: { children: [item, , last] } } = await view(); [item.key, item.props.children, last]`;
    const run = (client: string): Promise<unknown> =>
      kernel
        .run(`{ ${code} }`, { context: { ...kernel.context(), variables: { client } } })
        .then(({ value, error }) => value ?? error);
    expect(await Promise.all([run('a'), run('b')])).toEqual([
      ['a', 'a', 'a'],
      ['b', 'b', 'b'],
    ]);
  });
});
