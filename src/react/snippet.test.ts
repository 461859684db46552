import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { CodemodeSnippet } from './index.js';

describe('CodemodeSnippet for React', () => {
  it("renders the author's code on a server, without a DOM", () => {
    expect(typeof globalThis.document).toBe('undefined');
    const code = createElement('pre', null, createElement('code', null, 'await 1'));
    expect(renderToString(createElement(CodemodeSnippet, { session: 'guide', onRun: () => undefined }, code))).toMatch(
      /^<codemode-snippet[^>]*><pre><code>await 1<\/code><\/pre><\/codemode-snippet>$/,
    );
  });
});
