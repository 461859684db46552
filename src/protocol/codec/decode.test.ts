import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodecError } from './codec-errors.js';
import { decode, decodeInSteps, encode, refusalOf } from './codec.js';
import { maxDigits } from './format.js';

describe('F5: symbols that the page registers for a sender', () => {
  const copies = (keys: readonly string[], symbols?: Set<string>): unknown[] =>
    decode(encode(keys.map((key) => Symbol.for(key))), symbols === undefined ? {} : { symbols }) as unknown[];
  const registered = (values: readonly unknown[]): number =>
    values.filter((value) => Symbol.keyFor(value as symbol) !== undefined).length;

  it('have short keys; one with a long key comes as a local symbol of the same description', () => {
    const long = 's'.repeat(101);
    const [short, local] = copies(['short', long]);
    expect(short).toBe(Symbol.for('short'));
    expect(Symbol.keyFor(local as symbol)).toBeUndefined();
    expect((local as symbol).description).toBe(long);
  });

  it('are a hundred at most, which stay the same', () => {
    const symbols = new Set<string>();
    const keys = Array.from({ length: 150 }, (_, at) => `key ${at}`);
    expect(registered(copies(keys))).toBe(100);
    expect(registered(copies(keys, symbols))).toBe(100);
    expect(registered(copies(['another'], symbols))).toBe(0);
    expect(registered(copies(keys.slice(0, 100), symbols))).toBe(100);
  });
});

describe('decode, of what no encoder wrote', () => {
  it.each([
    '',
    '{}',
    '[]',
    '[[0]]',
    '[[5],["object"]]',
    '[[0],["unknown"]]',
    '[["bigint","0x10"]]',
    '[[0],["regexp","(",""]]',
    '[[0],"node"]',
    '[[0],["view","Uint8Array",0,0,8]]',
    '[[0],["view","Function",1,0,8],["buffer",""]]',
    '[[0],["buffer",3]]',
    '[[0],["sparse",4294967295]]',
    '[{"a":1}]',
    '[[0],["error","Object","x","y"]]',
    '[[0],["object",1,2]]',
    '[[-1],["object"]]',
    '[[0.5],["object"]]',
    '[[0],["box",["undefined"]]]',
    '[[0],["object"]]\n',
    '[[0],["object"]]\n\n',
    '[[1],["object"]]\n{}',
    '\n[[0],["object"]]',
  ])('rejects the forged text %s', (text) => {
    expect(() => decode({ text, buffers: [] })).toThrow(CodecError);
  });

  it.each([
    ['a million arrays', `[0${',[]'.repeat(1_000_000)}]`],
    ['a million numbers', `[${'1,'.repeat(1_000_000)}1]`],
    ['five million characters', JSON.stringify(['x'.repeat(5_000_000)])],
  ])('reads no text of %s', (_, text) => {
    expect(refusalOf(text)).toBeDefined();
    expect(() => decode({ text, buffers: [] })).toThrow('a text within the limits');
  });

  it('reads no text in which one group holds too much to parse in one go', () => {
    const group = `[["array"${',1'.repeat(330_000)}]]`;
    expect(refusalOf(`[[0]]\n${group}`)).toBeUndefined();
    expect(() => decode({ text: `[[0]]\n${group}`, buffers: [] })).toThrow('more than 320000 parts');
  });

  it('reads no text whose groups hold too much together, though each is small enough', () => {
    const group = `[["array"${',1'.repeat(290_000)}]]`;
    const text = ['[[0]]', group, group, group].join('\n');
    expect(() => decode({ text, buffers: [] })).toThrow('more than 800000 parts');
  });

  it('reads no integer of more digits than are written', () => {
    const integer = (digits: number): string => `[["bigint","${'9'.repeat(digits)}"]]`;
    expect(decode({ text: integer(maxDigits), buffers: [] })).toBe(BigInt('9'.repeat(maxDigits)));
    expect(() => decode({ text: integer(maxDigits + 2), buffers: [] })).toThrow('expected digits');
  });

  it('reads a large value in steps, each of which is small', () => {
    const value = Array.from({ length: 25_000 }, (_, index) => ({ text: `number ${index}` }));
    const payload = encode(value);
    const steps = decodeInSteps(payload);
    let count = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) count++;
    expect(step.value).toEqual(value);
    // The text comes in groups, and nodes are made and filled by the thousand.
    expect(payload.text.split('\n').length).toBeGreaterThan(20);
    expect(count).toBeGreaterThan(payload.text.split('\n').length + 20);
  });

  it('takes brackets in a string for what they are', () => {
    const text = '\\"[,{'.repeat(300_000);
    expect(decode(encode(text))).toBe(text);
  });

  it('decodes any forged text to data or a CodecError', () => {
    const slot = fc.oneof(
      fc.integer(),
      fc.string(),
      fc.constant(['undefined']),
      fc.nat(5).map((index) => [index]),
    );
    const tag = fc.constantFrom(
      'object',
      'null',
      'array',
      'sparse',
      'map',
      'set',
      'error',
      'date',
      'regexp',
      'url',
      'box',
      'buffer',
      'view',
      'preview',
    );
    const node = fc.tuple(tag, fc.array(slot, { maxLength: 6 })).map(([first, rest]) => [first, ...rest]);
    fc.assert(
      fc.property(slot, fc.array(node, { maxLength: 6 }), (root, nodes) => {
        try {
          decode(
            { text: JSON.stringify([root, ...nodes]), buffers: [] },
            { checkPreview: () => ({ type: 'null', text: 'null' }) },
          );
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
