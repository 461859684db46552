import { describe, expect, it } from 'vitest';
import { ImportMapError } from './errors.js';
import { parseImportMap, readImportMap } from './import-map.js';

const parse = (text: string): unknown => parseImportMap(text, '#map', 'https://docs.example/guide/map.json');

describe('import maps of a page', () => {
  it('lead to addresses counted from where the map is', () => {
    expect(
      parse(
        '{"imports":{"sdk":"../sdk.js","lib/":"/lib/"},"scopes":{"./old/":{"sdk":"https://cdn.example/sdk@1.js"}}}',
      ),
    ).toEqual({
      imports: { sdk: 'https://docs.example/sdk.js', 'lib/': 'https://docs.example/lib/' },
      scopes: { 'https://docs.example/guide/old/': { sdk: 'https://cdn.example/sdk@1.js' } },
    });
  });

  it.each(['', '[]', '42', '{"imports":[]}', '{"imports":{"sdk":1}}', '{"scopes":3}', '{"scopes":{"/a/":"x"}}'])(
    'are an error where they are %j',
    (text) => expect(() => parse(text)).toThrow(ImportMapError),
  );

  it('say which id is missing', async () => {
    const page = { getElementById: () => null, baseURI: 'https://docs.example/' } as unknown as Document;
    await expect(readImportMap('#map', page)).rejects.toThrow(
      'The import map “#map” could not be read: no element of the page has this id.',
    );
  });
});
