import { describe, expect, it } from 'vitest';
import { maxFormStructure } from '../bounds.js';
import { bundleBytes } from '../messages/bundle-bytes.js';
import type { WireOutput } from '../messages/wire.js';
import { MessageShapeError } from './message-shape-error.js';
import { readOutput } from './read-output.js';

const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const shown = { sequence: 1, method: 'display', level: 'log', parts: [], text: 'x', depth: 0, time: 1, id: 'd1' };
const read = (forms: unknown, data?: ArrayBuffer, more: object = {}): WireOutput =>
  readOutput(JSON.stringify([{ ...shown, forms, ...more }]), data)[0]!;

describe('bundles of output', () => {
  it('are read from the data of their message, in the order of the entries', () => {
    const text = [{ type: 'text/html', encoding: 'text', bytes: 2 }];
    const image = [
      { type: '__proto__', encoding: 'bytes', bytes: 1 },
      { type: 'a/json', encoding: 'json', bytes: 3 },
    ];
    const [first, second] = readOutput(
      JSON.stringify([
        { ...shown, forms: text },
        { ...shown, forms: image },
      ]),
      bytesOf('hix[1]'),
    );
    expect(first!.bundle).toEqual({ 'text/html': 'hi' });
    expect(Object.entries(second!.bundle!)).toEqual([
      ['__proto__', new Uint8Array([120])],
      ['a/json', [1]],
    ]);
    expect(bundleBytes(second!.bundle!)).toBe(4);
    expect(Object.isFrozen(first!.bundle)).toBe(true);
  });

  it('are text where an entry of `display` has no forms, and absent elsewhere', () => {
    expect(read(undefined).bundle).toEqual({ 'text/plain': 'x' });
    expect(read(undefined, undefined, { method: 'log' })).not.toHaveProperty('bundle');
  });

  it('have no data that is no JSON, or of too many parts', () => {
    const json = (text: string): unknown =>
      read([{ type: 'a/json', encoding: 'json', bytes: text.length }], bytesOf(text)).bundle!['a/json'];
    expect(json('{"a":1}')).toEqual({ a: 1 });
    expect(json('{')).toBeUndefined();
    expect(json('['.repeat(maxFormStructure + 1))).toBeUndefined();
  });

  it.each([
    [[{ type: 'text/html', encoding: 'text', bytes: 3 }], {}],
    [[{ type: 'text/html', encoding: 'text', bytes: 1 }], {}],
    [[{ type: 'text/html', encoding: 'text', bytes: -1 }], {}],
    [[{ type: 'text/html', encoding: 'eval', bytes: 2 }], {}],
    [[{ type: 'x'.repeat(201), encoding: 'text', bytes: 2 }], {}],
    [Array.from({ length: 21 }, () => ({ type: 'a/b', encoding: 'text', bytes: 0 })), {}],
    [undefined, {}],
    [[{ type: 'text/html', encoding: 'text', bytes: 2 }], { id: 'x'.repeat(41) }],
    [[{ type: 'text/html', encoding: 'text', bytes: 2 }], { isUpdate: 1 }],
    [[{ type: 'text/html', encoding: 'text', bytes: 2 }], { method: 'log' }],
  ])('F1: are refused where they are not what they say: %j', (forms, more) => {
    expect(() => read(forms, bytesOf('hi'), more)).toThrow(MessageShapeError);
  });
});
