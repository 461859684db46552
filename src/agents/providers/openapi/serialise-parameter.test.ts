import { describe, expect, it } from 'vitest';
import type { Parameter } from './openapi-document.js';
import { serialiseParameter } from './serialise-parameter.js';

const parameter = (part: Partial<Parameter>): Parameter => ({
  name: 'color',
  in: 'query',
  required: false,
  description: undefined,
  schema: {},
  style: 'form',
  explode: true,
  allowReserved: false,
  mediaType: undefined,
  ...part,
});

const text = 'blue';
const list = ['blue', 'black', 'brown'];
const record = { R: 100, G: 200, B: 150 };

/** The table of OpenAPI 3.1.1, section 4.8.12.5. */
describe('styles of parameters (E12)', () => {
  it.each<[Parameter['in'], string, boolean, unknown, string]>([
    ['path', 'matrix', false, '', ';color='],
    ['path', 'matrix', false, text, ';color=blue'],
    ['path', 'matrix', false, list, ';color=blue,black,brown'],
    ['path', 'matrix', false, record, ';color=R,100,G,200,B,150'],
    ['path', 'matrix', true, text, ';color=blue'],
    ['path', 'matrix', true, list, ';color=blue;color=black;color=brown'],
    ['path', 'matrix', true, record, ';R=100;G=200;B=150'],
    ['path', 'label', false, '', '.'],
    ['path', 'label', false, text, '.blue'],
    ['path', 'label', false, list, '.blue,black,brown'],
    ['path', 'label', false, record, '.R,100,G,200,B,150'],
    ['path', 'label', true, list, '.blue.black.brown'],
    ['path', 'label', true, record, '.R=100.G=200.B=150'],
    ['path', 'simple', false, text, 'blue'],
    ['path', 'simple', false, list, 'blue,black,brown'],
    ['path', 'simple', false, record, 'R,100,G,200,B,150'],
    ['path', 'simple', true, list, 'blue,black,brown'],
    ['path', 'simple', true, record, 'R=100,G=200,B=150'],
    ['query', 'form', false, '', 'color='],
    ['query', 'form', false, text, 'color=blue'],
    ['query', 'form', false, list, 'color=blue,black,brown'],
    ['query', 'form', false, record, 'color=R,100,G,200,B,150'],
    ['query', 'form', true, list, 'color=blue&color=black&color=brown'],
    ['query', 'form', true, record, 'R=100&G=200&B=150'],
    ['query', 'form', true, [], ''],
    ['query', 'spaceDelimited', false, list, 'color=blue%20black%20brown'],
    ['query', 'spaceDelimited', false, record, 'color=R%20100%20G%20200%20B%20150'],
    ['query', 'spaceDelimited', true, list, 'color=blue&color=black&color=brown'],
    ['query', 'pipeDelimited', false, list, 'color=blue%7Cblack%7Cbrown'],
    ['query', 'pipeDelimited', false, record, 'color=R%7C100%7CG%7C200%7CB%7C150'],
    ['query', 'deepObject', true, record, 'color[R]=100&color[G]=200&color[B]=150'],
    ['query', 'deepObject', true, { a: { b: [1, 2] } }, 'color[a][b]=1&color[a][b]=2'],
    ['header', 'simple', false, list, 'blue,black,brown'],
    ['header', 'simple', true, record, 'R=100,G=200,B=150'],
    ['cookie', 'form', false, list, 'color=blue,black,brown'],
  ])('%s, %s, exploded %s: %j is %s', (place, style, explode, value, written) => {
    expect(serialiseParameter(parameter({ in: place, style, explode }), value)).toBe(written);
  });

  it('encodes what an address reserves, unless the document allows it', () => {
    expect(serialiseParameter(parameter({}), "a/b&c=d!é'")).toBe('color=a%2Fb%26c%3Dd%21%C3%A9%27');
    expect(serialiseParameter(parameter({ allowReserved: true }), 'a/b?c é')).toBe('color=a/b?c%20%C3%A9');
    expect(serialiseParameter(parameter({ in: 'path', style: 'simple' }), 'a/b')).toBe('a%2Fb');
  });

  it('writes a parameter with content as JSON', () => {
    const json = parameter({ name: 'filter', mediaType: 'application/json' });
    expect(serialiseParameter(json, { a: 1 })).toBe('filter=%7B%22a%22%3A1%7D');
  });
});
