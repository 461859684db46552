import { createComponent, type EventName } from '@lit/react';
import * as react from 'react';
import { CodemodePlayground as PlaygroundElement, type PlaygroundEventDetails } from '../elements/index.js';

type PlaygroundEvent<Type extends keyof PlaygroundEventDetails> = EventName<CustomEvent<PlaygroundEventDetails[Type]>>;

/** `<codemode-playground>` as a React component (18 and later): its properties are props, its element is the `ref`. */
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
