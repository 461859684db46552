import { describe, expect, it } from 'vitest';
import type { ObjectPreview } from '../previews/preview.js';
import { makePreview } from '../previews/make-preview.js';
import { ValuePreview } from '../previews/value-preview.js';
import { decode, encode, encodeMessage, refusalOf } from './codec.js';

const roundTrip = <T>(value: T): T => decode(encode(value)) as T;

/** The preview that stands where a value could not be sent. */
function shown(value: unknown): ObjectPreview {
  expect(value).toBeInstanceOf(ValuePreview);
  return (value as ValuePreview).preview as ObjectPreview;
}

describe('bounds of a payload', () => {
  it('replaces what is too deep, too many, too long or too large by a preview', () => {
    let deep: { inner?: object } = {};
    for (let at = 0; at < 10_000; at++) deep = { inner: deep };
    let copy = roundTrip(deep);
    let levels = 0;
    for (; !(copy instanceof ValuePreview); levels++) copy = copy.inner as typeof copy;
    expect(levels).toBe(201);

    expect(shown(roundTrip(Array.from({ length: 2_000_000 }, () => 0))).size).toBe(2_000_000);
    expect(shown(roundTrip(new Set(Array(200_000).keys()))).kind).toBe('set');
    expect(shown(roundTrip('x'.repeat(3 << 20)))).toMatchObject({ type: 'string', length: 3 << 20 });
    expect(shown(roundTrip(new Uint8Array(40 << 20))).text).toBe(`Uint8Array(${40 << 20})`);
    expect(shown(roundTrip(1n << 10_000_000n)).type).toBe('bigint');
  });

  it('writes a message whose one field is too much, and keeps the rest of it', () => {
    const huge = Array.from({ length: 50_000 }, (_, at) => 'x'.repeat(100) + at);
    const copy = decode(
      encodeMessage({ value: huge, preview: makePreview(huge), names: ['a', 'b'], nested: { deep: [{ x: 1 }] } }),
    ) as { value: unknown[]; preview: unknown; names: string[]; nested: unknown };
    expect(copy.value.slice(-1)[0]).toBeInstanceOf(ValuePreview);
    expect(copy.preview).toEqual(makePreview(huge));
    expect(copy.names).toEqual(['a', 'b']);
    expect(copy.nested).toEqual({ deep: [{ x: 1 }] });
  });

  it.each<[string, unknown]>([
    ['an array of many', Array.from({ length: 100_000 }, (_, at) => ({ at }))],
    [
      'many large fields',
      Object.fromEntries(
        Array.from({ length: 50 }, (_, at) => [at, Array.from({ length: 9_000 }, () => Math.random())]),
      ),
    ],
    ['large strings', Array.from({ length: 50 }, () => 'x'.repeat(1 << 20))],
    ['long keys', Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, { ['x'.repeat(1 << 20)]: at }]))],
    ['numbers', Array.from({ length: 99_000 }, () => -Math.random() * 1e-200)],
    ['functions', Array.from({ length: 19_000 }, (_, at) => () => at)],
  ])('writes %s within what the host reads', (_, message) => {
    const payload = encodeMessage(message);
    expect(refusalOf(payload.text)).toBeUndefined();
    expect(() => decode(payload)).not.toThrow();
  });

  it('keeps its bounds with many things that need a preview', () => {
    const { text } = encode(
      Array.from(
        { length: 20_000 },
        (_, at) =>
          function named() {
            return at;
          },
      ),
    );
    expect(text.length).toBeLessThan(4_000_000);
  });
});
