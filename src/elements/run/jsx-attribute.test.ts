import { describe, expect, it } from 'vitest';
import { readJsxOptions } from './jsx-attribute.js';

describe('the attribute jsx', () => {
  it.each([
    ['preact', { importSource: 'preact' }],
    ['{"factory":"h","fragment":"Fragment"}', { factory: 'h', fragment: 'Fragment' }],
  ])('%s', (text, options) => expect(readJsxOptions(text)).toEqual(options));

  it('is refused where it begins like JSON and is none', () => {
    expect(() => readJsxOptions('{factory: h}')).toThrow('The attribute jsx must be a package or JSON');
  });
});
