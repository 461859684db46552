import { createComponent, type EventName } from '@lit/react';
import * as react from 'react';
import type { PlaygroundEventDetails } from '../elements/run/run-events.js';
import { CodemodeSnippet as SnippetElement } from '../elements/snippet/index.js';

type SnippetEvent<Type extends keyof PlaygroundEventDetails> = EventName<CustomEvent<PlaygroundEventDetails[Type]>>;

/**
 * `<codemode-snippet>` as a React component (React 18 and later). The properties of the element are props, the `ref` is the element, and
 * the child is the code block, `<pre><code>…</code></pre>`.
 */
export const CodemodeSnippet = createComponent({
  react,
  tagName: 'codemode-snippet',
  elementClass: SnippetElement,
  displayName: 'CodemodeSnippet',
  events: {
    onRun: 'codemode-run' as SnippetEvent<'codemode-run'>,
    onOutput: 'codemode-output' as SnippetEvent<'codemode-output'>,
    onResult: 'codemode-result' as SnippetEvent<'codemode-result'>,
  },
});

export { registerStrings, registerTools, setLocale } from '../elements/snippet/index.js';
