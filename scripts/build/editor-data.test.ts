import { describe, expect, it } from 'vitest';
import { htmlCustomData } from './editor-data.mjs';

const declare = (
  tagName: string,
  attributes: { name: string; description?: string; type?: { text: string } }[] = [],
) => ({ tagName, description: `About ${tagName}`, attributes });

const manifest = (...snippet: Parameters<typeof declare>[1] & object[]) => ({
  modules: [
    {
      declarations: [
        declare('codemode-playground'),
        declare('codemode-snippet', snippet),
        declare('codemode-run-all'),
        declare('codemode-tab-bar'),
      ],
    },
  ],
});

describe('htmlCustomData', () => {
  it('tells of the elements that authors write, and not of those inside them', () => {
    expect(htmlCustomData(manifest()).tags.map(({ name }) => name)).toEqual([
      'codemode-playground',
      'codemode-snippet',
      'codemode-run-all',
    ]);
  });

  it('gives the values of an attribute, and none for one that is there or not', () => {
    const data = htmlCustomData(
      manifest(
        { name: 'theme', description: 'As the page', type: { text: "'auto' | 'dark'" } },
        { name: 'setup', type: { text: 'boolean' } },
      ),
    );
    expect(data.tags[1]?.attributes).toEqual([
      { name: 'theme', description: 'As the page', values: [{ name: 'auto' }, { name: 'dark' }] },
      { name: 'setup', description: '', valueSet: 'v', values: [] },
    ]);
  });

  it('fails where an element has gone', () => {
    expect(() => htmlCustomData({ modules: [] })).toThrow('codemode-playground');
  });
});
