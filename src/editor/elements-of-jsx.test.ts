import { describe, expect, it } from 'vitest';
import { hasElements } from './elements-of-jsx.js';

describe('hasElements', () => {
  it.each([
    '<a/>',
    "const a = <p>it's</p>",
    '<>x</>',
    'f(<a.b c="1" {...d} />)',
    '<a b={() => 1} />',
    '`${1}`; <my-tag></my-tag>',
  ])('sees them in %s', (code) => {
    expect(hasElements(code)).toBe(true);
  });

  it.each([
    '<T>x',
    'a < b / c > d',
    's.replace(/>/g, "")',
    'el.innerHTML = "<b>x</b>"',
    '// <b/>',
    '/* <b/> */',
    '`<b>${x}</b>`',
    'f<string>(x)',
    '',
  ])('sees none in %s', (code) => {
    expect(hasElements(code)).toBe(false);
  });

  it('takes time that grows with the length of the code', () => {
    for (const text of ['<a ', '/*', "'", '`\\', '"\\"', '</', '//', '<a /'])
      expect(hasElements(text.repeat(200_000))).toBe(false);
  });
});
