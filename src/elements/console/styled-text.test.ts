import { describe, expect, it } from 'vitest';
import { sanitizeStyle } from './styled-text.js';

describe('sanitizeStyle', () => {
  it.each([
    ['color: red; font-weight: bold', 'color: red; font-weight: bold'],
    [
      'COLOR:#fff;background:linear-gradient(90deg, #f00, rgb(0 0 255 / 50%))',
      'color: #fff; background: linear-gradient(90deg, #f00, rgb(0 0 255 / 50%))',
    ],
    ['padding: 2px 6px; border-radius: 4px', 'padding: 2px 6px; border-radius: 4px'],
    ['padding: 0 1.5em 99px 0.5rem', 'padding: 0 1.5em 99px 0.5rem'],
  ])('keeps %s', (style, expected) => {
    expect(sanitizeStyle(style)).toBe(expected);
  });

  it.each([
    'background: url(https://example.com/a.png)',
    'background: URL(//example.com)',
    'background: u\\72l(//example.com)',
    'background: image-set("a.png" 1x)',
    'background: -webkit-image-set(a 1x)',
    'background: element(#x)',
    'background: ur/**/l(a)',
    'color: var(--x)',
    'position: fixed',
    'font-size: 900px',
    'display: none',
    'padding: 100px',
    'padding: 12312px',
    'padding: 1e9px',
    'padding: 10em',
    'padding: 90vh',
    'padding: calc(9px * 999)',
    'padding: 1px 1px 1px 1px 1px',
    'line-height: 900',
    'transform: scale(99)',
    'margin: -900px',
    'filter: blur(99px)',
    'color',
    '',
  ])('drops %s', (style) => {
    expect(sanitizeStyle(style)).toBe('');
  });

  it('keeps what is good beside what is not', () => {
    expect(sanitizeStyle('position: fixed; color: teal; background: url(x)')).toBe('color: teal');
  });
});
