import { createComponent, type EventName } from '@lit/react';
import * as react from 'react';
import { CodemodePlayground as PlaygroundElement, type PlaygroundEventDetails } from '../elements/index.js';

type PlaygroundEvent<Type extends keyof PlaygroundEventDetails> = EventName<CustomEvent<PlaygroundEventDetails[Type]>>;

/** `<codemode-playground>` as a React component (React 18 and later). The properties of the element are props, the `ref` is the element. */
export const CodemodePlayground = createComponent({
  react,
  tagName: 'codemode-playground',
  elementClass: PlaygroundElement,
  displayName: 'CodemodePlayground',
  events: {
    onRun: 'codemode-run' as PlaygroundEvent<'codemode-run'>,
    onOutput: 'codemode-output' as PlaygroundEvent<'codemode-output'>,
    onResult: 'codemode-result' as PlaygroundEvent<'codemode-result'>,
  },
});
