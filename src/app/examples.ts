import type { RunOptions, TabOptions } from '../elements/index.js';
import cancellation from './examples/cancellation.example.ts?raw';
import concurrentClients from './examples/concurrent-clients.example.ts?raw';
import elements from './examples/elements.example.tsx?raw';
import errors from './examples/errors.example.ts?raw';
import cells from './examples/namespace.example.ts?raw';
import preactElements from './examples/preact-elements.example.tsx?raw';
import twoClients from './examples/two-clients.example.ts?raw';

export interface Example {
  readonly title: string;
  /** Suggestion for the reader, in a sentence or two. */
  readonly lesson: string;
  readonly tabs: readonly TabOptions[];
  /** A button that runs the first tab several times at once, each run in its own context. */
  readonly action?: { readonly label: string; readonly runs: readonly RunOptions[] };
}

export const examples: readonly [Example, ...Example[]] = [
  {
    title: 'Tools and two clients',
    lesson:
      'Two tabs hold the same code, each with the context of its own client. Run both: the tools of this page answer each client with its own orders.',
    tabs: [
      { name: 'Acme', code: twoClients.trimEnd(), context: { client_id: 'acme' } },
      { name: 'Globex', code: twoClients.trimEnd(), context: { client_id: 'globex' } },
    ],
  },
  {
    title: 'Concurrent clients',
    lesson:
      'Three clients in one tab and one worker, at the same time. Each reads its own context after every await, however they interleave: Timeline shows how.',
    tabs: [{ name: 'Clients', code: concurrentClients.trimEnd(), context: { client_id: 'a', delay: 100 } }],
    action: {
      label: 'Three clients at once',
      runs: [
        { context: { client_id: 'a', delay: 100 } },
        { context: { client_id: 'b', delay: 50 } },
        { context: { client_id: 'c', delay: 150 } },
      ],
    },
  },
  {
    title: 'A namespace across cells',
    lesson:
      'Variables stay after a run. Run the code, then continue in the console: average(), report, await forecast. Change a const and run again.',
    tabs: [{ name: 'Cells', code: cells.trimEnd(), context: { client_id: 'acme' } }],
  },
  {
    title: 'Errors and cancellation',
    lesson:
      'Errors point at your own lines, and code can catch the error of a tool. In the second tab, press Stop: finally still runs, and the count is kept.',
    tabs: [
      { name: 'Errors', code: errors.trimEnd(), context: { client_id: 'acme' } },
      { name: 'Cancellation', code: cancellation.trimEnd(), context: { client_id: 'acme' } },
    ],
  },
  {
    title: 'Elements of React and Preact',
    lesson:
      'Elements of JSX become calls of the package that the import map names: React in the first tab, Preact in the second. They are values. The first run loads the package from esm.sh.',
    tabs: [
      { name: 'React', code: elements.trimEnd(), context: { client_id: 'acme' } },
      { name: 'Preact', code: preactElements.trimEnd(), context: { client_id: 'acme' } },
    ],
  },
];

/** What the examples import. Nothing is loaded before an example that imports it runs. */
export const importMap = {
  imports: {
    react: 'https://esm.sh/react@19',
    'react/': 'https://esm.sh/react@19/',
    preact: 'https://esm.sh/preact@10',
    'preact/': 'https://esm.sh/preact@10/',
    '@preact/signals-core': 'https://esm.sh/@preact/signals-core@1',
  },
};

/** The example with the number in `?example=`, from 1; the first example for any other value. */
export function exampleNumber(search: string): number {
  const number = Number(new URLSearchParams(search).get('example'));
  return Number.isInteger(number) && number >= 1 && number <= examples.length ? number : 1;
}
