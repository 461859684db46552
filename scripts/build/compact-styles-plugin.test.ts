import { describe, expect, it } from 'vitest';
import { compactStyles } from './compact-styles-plugin.mjs';

describe('compactStyles', () => {
  it.each([
    ['\n  :host {\n    color: red;\n  }\n', ':host{color: red;}'],
    ['a > b,\n  c d { margin: 0 auto }', 'a > b, c d{margin: 0 auto}'],
    ["/* why; { } */ a::before { content: '  ;  '; }", "a::before{content: '  ;  ';}"],
    ['@media (width < 40em) { a { b: calc(1px + 2px); } }', '@media (width < 40em){a{b: calc(1px + 2px);}}'],
    ['a { border: ${width} solid; }', 'a{border: ${width} solid;}'],
  ])('makes %j %j', (css, compact) => {
    expect(compactStyles(css)).toBe(compact);
  });
});
