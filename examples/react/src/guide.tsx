import 'codemode-playground/codemode-snippet.css';
import { CodemodeSnippet } from 'codemode-playground/react';
import { useState, type ComponentProps } from 'react';

const site = { runnerUrl: '/codemode/runner.html', importMap: '/orchard/import-map.json' };

type LiveProps = ComponentProps<typeof CodemodeSnippet> & { code: string };

/** A snippet with what holds for all of this site. */
function Live({ code, ...props }: LiveProps) {
  return (
    <CodemodeSnippet {...site} {...props}>
      <pre>
        <code className="language-ts">{code}</code>
      </pre>
    </CodemodeSnippet>
  );
}

export function Guide() {
  const [last, setLast] = useState('');
  return (
    <>
      <h1>Orders</h1>
      <p>The snippets of this page share one session: what one declares, the next can use.</p>
      <Live
        setup
        session="orders"
        code={"import { Orchard } from 'orchard';\nconst orchard = new Orchard({ region: 'north' });"}
      />
      <Live
        id="list"
        session="orders"
        code={"const cheap = await orchard.list({ below: 5 });\ncheap.map((fruit) => fruit.name).join(', ')"}
        onResult={({ detail }) => setLast(detail.result.preview.text)}
      />
      <p>
        The last list: <output>{last}</output>
      </p>
      <Live
        id="quote"
        session="orders"
        dependsOn={['list']}
        code={'const order = Object.fromEntries(cheap.map((fruit) => [fruit.name, 2]));\nawait orchard.quote(order)'}
      />
      <p>Tools of this site run in the page:</p>
      <Live id="stock" session="stock" tools="/orchard/tools.js" code="await tools.stock({ fruit: 'apple' })" />
      <Live
        id="stock-mocked"
        session="stock"
        tools="/orchard/mocked-tools.js"
        code="await tools.stock({ fruit: 'apple' })"
      />
    </>
  );
}
