import { describe, expect, it } from 'vitest';
import { ImportMapResolver, ModuleResolutionError } from './import-map.js';

const base = 'https://docs.example/guide/page.html';

describe('the import map', () => {
  const resolver = new ImportMapResolver(
    {
      imports: {
        lodash: 'https://cdn.example/lodash@4/index.js',
        'lodash/': 'https://cdn.example/lodash@4/',
        'lodash/fp/': 'https://cdn.example/fp/',
        sdk: './sdk/index.js',
        'https://old.example/a.js': 'https://new.example/a.js',
      },
      scopes: { 'https://cdn.example/': { lodash: 'https://cdn.example/lodash@3/index.js' } },
    },
    base,
  );

  it.each([
    ['lodash', base, 'https://cdn.example/lodash@4/index.js'],
    ['lodash/map.js', base, 'https://cdn.example/lodash@4/map.js'],
    ['lodash/fp/map.js', base, 'https://cdn.example/fp/map.js'],
    ['sdk', base, 'https://docs.example/guide/sdk/index.js'],
    ['./own.js', base, 'https://docs.example/guide/own.js'],
    ['/root.js', base, 'https://docs.example/root.js'],
    ['../up.js', 'https://cdn.example/a/b.js', 'https://cdn.example/up.js'],
    ['lodash', 'https://cdn.example/other.js', 'https://cdn.example/lodash@3/index.js'],
    ['https://old.example/a.js', base, 'https://new.example/a.js'],
    ['https://any.example/x.js', base, 'https://any.example/x.js'],
  ])('resolves %s from %s', (specifier, importer, expected) => {
    expect(resolver.resolve(specifier, importer)).toBe(expected);
  });

  it('says what to do about a specifier that is not mapped', () => {
    expect(() => resolver.resolve('left-pad')).toThrow(ModuleResolutionError);
    expect(() => resolver.resolve('left-pad')).toThrow(
      /"left-pad" imported from .*page\.html: it is not in the import map\. Add it/,
    );
  });

  it('does not let a path back out of the folder that a key maps to', () => {
    expect(() => resolver.resolve('lodash/../../secret.js')).toThrow(ModuleResolutionError);
  });
});
