import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { CodemodePlayground } from './playground.js';

describe('CodemodePlayground for React', () => {
  it('renders on a server, without a DOM', () => {
    expect(typeof globalThis.document).toBe('undefined');
    expect(renderToString(createElement(CodemodePlayground, { theme: 'dark', onRun: () => undefined }))).toMatch(
      /^<codemode-playground/,
    );
  });
});
