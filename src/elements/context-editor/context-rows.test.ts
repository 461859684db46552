import { describe, expect, it } from 'vitest';
import { contextStrings } from './context-strings.js';
import { summarize, toRows } from './context-rows.js';
import { fromJson, fromRows, toJson } from './read-context.js';

describe('context rows', () => {
  it.each([
    { client_id: 'acme' },
    { number: 1, text: '1', nothing: null, yes: true, no: 'true' },
    { list: [1, 'a'], nested: { deep: { er: 1 } }, empty: '', spaced: ' a ' },
    { quoted: '"x"', broken: '{' },
    JSON.parse('{"__proto__": {"x": 1}}') as Record<string, unknown>,
  ])('read back what they show of %j', (context) => {
    expect(fromRows(toRows(context), contextStrings)).toEqual({ ok: true, context });
    expect(fromJson(toJson(context), contextStrings)).toEqual({ ok: true, context });
  });

  it('leave out empty rows, and refuse a value without a key and a key that is there twice', () => {
    expect(fromRows([{ key: '', value: ' ' }], contextStrings)).toEqual({ ok: true, context: {} });
    expect(fromRows([{ key: '', value: 'x' }], contextStrings)).toMatchObject({ ok: false });
    expect(
      fromRows(
        [
          { key: 'a', value: '1' },
          { key: ' a', value: '2' },
        ],
        contextStrings,
      ),
    ).toMatchObject({ ok: false, message: expect.stringContaining('a') });
  });

  it('cut a summary to its length', () => {
    expect(summarize({ client_id: 'acme', retries: 3 })).toBe('client_id: acme, retries: 3');
    expect(summarize({ client_id: 'x'.repeat(90) }, 20)).toHaveLength(20);
  });
});

describe('context as JSON', () => {
  it.each(['[]', '1', 'null', '{', '"x"'])('refuses %s with a message', (text) => {
    expect(fromJson(text, contextStrings)).toMatchObject({ ok: false, message: expect.any(String) });
  });

  it('takes empty text for the empty context', () => {
    expect(fromJson(' \n', contextStrings)).toEqual({ ok: true, context: {} });
  });
});
