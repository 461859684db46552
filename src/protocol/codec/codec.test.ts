import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectPreview } from '../previews/preview.js';
import { ValuePreview } from '../previews/value-preview.js';
import { type CodecOptions, decode, encode } from './codec.js';
import { maxBuffers, minBufferBytes } from './format.js';

const roundTrip = <T>(value: T, options?: CodecOptions): T => decode(encode(value, options)) as T;

/** The preview that stands where a value could not be sent. */
function shown(value: unknown): ObjectPreview {
  expect(value).toBeInstanceOf(ValuePreview);
  return (value as ValuePreview).preview as ObjectPreview;
}

describe('codec', () => {
  it('keeps any data that fast-check can think of', () => {
    const data = fc
      .anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withNullPrototype: true,
        withBoxedValues: true,
        withUnicodeString: true,
      })
      .filter((value) => !mentions(value, '__proto__'));
    fc.assert(
      fc.property(data, (value) => {
        expect(roundTrip(value)).toStrictEqual(value);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it.each([undefined, null, NaN, -0, Infinity, -Infinity, 10n ** 50n, -1n, '', 'lone \ud800', true, Symbol.for('x')])(
    'keeps %s',
    (value) => {
      expect(Object.is(roundTrip(value), value)).toBe(true);
    },
  );

  it('keeps dates, regular expressions and addresses', () => {
    const value = {
      valid: new Date(1e12),
      invalid: new Date(NaN),
      regexp: /a"\/b/giu,
      url: new URL('https://example.com/?q=1#x'),
    };
    const copy = roundTrip(value);
    expect(copy).toStrictEqual(value);
    expect(copy.url.href).toBe(value.url.href);
  });

  it('keeps cycles and repeated references', () => {
    const shared = { name: 'shared' };
    const value: Record<string, unknown> = {
      first: shared,
      second: shared,
      map: new Map<unknown, unknown>([[shared, 1]]),
    };
    value['self'] = value;
    (value['map'] as Map<unknown, unknown>).set('back', value);
    const copy = roundTrip(value);
    expect(copy['self']).toBe(copy);
    expect(copy['first']).toBe(copy['second']);
    expect((copy['map'] as Map<unknown, unknown>).get(copy['first'])).toBe(1);
    expect((copy['map'] as Map<unknown, unknown>).get('back')).toBe(copy);
  });

  it('keeps an error with its cause, its own properties and a cycle through them', () => {
    const cause = new RangeError('inner');
    const error: TypeError & { code?: number; self?: unknown } = new TypeError('outer', { cause });
    error.code = 7;
    error.self = error;
    const copy = roundTrip(error);
    expect(copy).toBeInstanceOf(TypeError);
    expect({ name: copy.name, message: copy.message, code: copy.code }).toEqual({
      name: 'TypeError',
      message: 'outer',
      code: 7,
    });
    expect(copy.cause).toBeInstanceOf(RangeError);
    expect(copy.self).toBe(copy);
    expect(Object.keys(copy)).toEqual(['code', 'self']);
    expect(copy.stack).toBe('TypeError: outer');
  });

  it('keeps the errors of an AggregateError, the name of a DOMException and of a class of the author', () => {
    class QuotaError extends Error {
      override name = 'QuotaError';
    }
    const copy = roundTrip([
      new AggregateError([new Error('a')], 'all'),
      new DOMException('stop', 'AbortError'),
      new QuotaError('full'),
    ] as const);
    expect(copy[0]).toBeInstanceOf(AggregateError);
    expect((copy[0].errors[0] as Error).message).toBe('a');
    expect([copy[1].name, copy[1].message]).toEqual(['AbortError', 'stop']);
    expect(copy[1]).toBeInstanceOf(DOMException);
    expect([copy[2].name, copy[2].message]).toEqual(['QuotaError', 'full']);
  });

  it('keeps binary data small and large, views of one buffer and of a part of one', () => {
    const large = new Uint8Array(minBufferBytes).map((_, at) => at);
    const { buffer } = new Uint8Array([1, 2, 3, 4]);
    const value = {
      large,
      bytes: new Uint8Array(buffer),
      view: new DataView(buffer),
      part: new Uint8Array(buffer, 1, 2),
    };
    const payload = encode(value);
    expect(payload.buffers.map((sent) => sent.byteLength)).toEqual([minBufferBytes]);
    expect(payload.buffers[0]).not.toBe(large.buffer);
    const copy = decode(payload) as typeof value;
    expect(Buffer.compare(copy.large, large)).toBe(0);
    expect(copy.bytes.buffer).toBe(copy.view.buffer);
    expect(copy.part).toEqual(new Uint8Array([2, 3]));
    expect(copy.part.buffer.byteLength).toBe(2);
    expect(large.byteLength).toBe(minBufferBytes);
  });

  it('sends no more buffers beside the text than a frame takes', () => {
    const value = Array.from({ length: maxBuffers + 3 }, (_, at) => new Uint8Array(minBufferBytes).fill(at));
    const payload = encode(value);
    expect(payload.buffers).toHaveLength(maxBuffers);
    const copy = decode(payload) as typeof value;
    expect(copy.map((bytes) => [bytes[0], bytes.length])).toEqual(value.map((bytes) => [bytes[0], bytes.length]));
  });

  it('keeps holes, and long arrays with few elements short', () => {
    const value: unknown[] = [1, , 3];
    value.length = 100_000;
    value[99_999] = 'last';
    const payload = encode(value);
    expect(payload.text.length).toBeLessThan(100);
    const copy = decode(payload) as unknown[];
    expect(copy).toHaveLength(100_000);
    expect(Object.keys(copy)).toEqual(['0', '2', '99999']);
  });

  it('strips keys __proto__ on both sides (regression 9)', () => {
    const value = JSON.parse('{"safe":{"__proto__":{"polluted":true},"a":1}}') as { safe: object };
    expect(encode(value).text).not.toContain('polluted');
    const copy = decode({ text: '[[0],["object","__proto__",[1],"a",1],["object","polluted",true]]', buffers: [] }) as {
      polluted?: boolean;
    };
    expect(copy).toStrictEqual({ a: 1 });
    expect(copy.polluted).toBeUndefined();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('runs no getter, no trap, no toJSON and no iterator of the author', () => {
    const ran: string[] = [];
    const proxies = new WeakSet<object>();
    const proxy = new Proxy(
      {},
      {
        get: () => ran.push('get'),
        ownKeys: () => {
          ran.push('ownKeys');
          return [];
        },
        getPrototypeOf: () => {
          ran.push('getPrototypeOf');
          return null;
        },
        getOwnPropertyDescriptor: () => {
          ran.push('descriptor');
          return undefined;
        },
      },
    );
    proxies.add(proxy);
    class Tagged {
      get [Symbol.toStringTag]() {
        ran.push('tag');
        return 'x';
      }
    }
    const map = Object.assign(new Map([[1, 2]]), {
      [Symbol.iterator]: () => {
        ran.push('iterator');
        return [].values();
      },
    });
    Object.defineProperty(map, 'size', {
      get: () => {
        ran.push('size');
        return 0;
      },
    });
    const regexp = /x/g;
    Object.defineProperty(regexp, 'flags', {
      get: () => {
        ran.push('flags');
        return '';
      },
    });
    const bytes = new Uint8Array(3);
    Object.defineProperty(bytes, 'byteLength', {
      get: () => {
        ran.push('byteLength');
        return 0;
      },
    });
    const value = {
      proxy,
      map,
      regexp,
      bytes,
      tagged: new Tagged(),
      child: Object.create(proxy) as object,
      get accessor() {
        ran.push('accessor');
        return 1;
      },
      toJSON() {
        ran.push('toJSON');
        return {};
      },
      then() {
        ran.push('then');
      },
    };
    const copy = roundTrip(value, { isProxy: (object) => proxies.has(object) });
    expect(ran).toEqual([]);
    expect(shown(copy.proxy).kind).toBe('proxy');
    expect(shown(copy.accessor).kind).toBe('getter');
    expect(shown(copy.toJSON).kind).toBe('function');
    expect(copy.map).toEqual(new Map([[1, 2]]));
    expect(copy.regexp.flags).toBe('g');
    expect(copy.bytes).toEqual(new Uint8Array(3));
  });

  it('replaces what cannot be sent by a preview, where it stands', () => {
    class Point {
      x = 1;
    }
    const copy = roundTrip({
      fn: (a: number) => a,
      type: Point,
      point: new Point(),
      promise: Promise.resolve(1),
      weak: new WeakMap(),
      symbol: Symbol('local'),
      generator: (function* () {
        yield 1;
      })(),
      kept: 1,
    });
    const kinds = [copy.fn, copy.type, copy.point, copy.promise, copy.weak, copy.generator].map(
      (value) => shown(value).kind,
    );
    expect(kinds).toEqual(['function', 'class', 'object', 'promise', 'weak', 'generator']);
    expect(String(copy.point)).toBe('Point {x: 1}');
    expect(shown(copy.point).properties).toMatchObject([{ name: 'x', value: { text: '1' } }]);
    expect(shown(copy.symbol)).toEqual({ type: 'symbol', text: 'Symbol(local)' });
    expect(copy.kept).toBe(1);
  });

  it('hands a preview on as it came', () => {
    const once = roundTrip({ fn: () => 1 });
    expect(shown(roundTrip(once).fn)).toEqual(shown(once.fn));
  });

  it('takes a list of 50,000 links that stands in an array', () => {
    interface Link {
      next?: Link;
    }
    const links = Array.from({ length: 50_000 }, (): Link => ({}));
    links.forEach((link, at) => {
      if (links[at + 1] !== undefined) link.next = links[at + 1]!;
    });
    const copy = roundTrip(links, { bounds: { maxValues: 200_000 } });
    expect(copy[0]!.next).toBe(copy[1]);
    expect(copy[49_998]!.next).toBe(copy[49_999]);
  });
});

function mentions(value: unknown, key: string, seen = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  const entries = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value);
  return Object.hasOwn(value, key) || entries.some((entry) => mentions(entry, key, seen));
}
