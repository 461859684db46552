import { describe, expect, it } from 'vitest';
import { Pins } from './pins.js';

function storage(texts = new Map<string, string>()) {
  return () => ({
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  });
}

describe('pinned names', () => {
  it('are kept under their key', () => {
    const kept = storage();
    const pins = new Pins('a', kept);
    pins.toggle('x');
    pins.toggle('y');
    pins.toggle('x');
    expect([...pins.names]).toEqual(['y']);
    expect([...new Pins('a', kept).names]).toEqual(['y']);
    expect([...new Pins('b', kept).names]).toEqual([]);
  });

  it.each(['{', '{"a":1}', '[1,null]', ''])('are none where the browser has kept %j', (text) => {
    expect(new Pins('a', storage(new Map([['a', text]]))).names.size).toBe(0);
  });

  it('last as long as the page where storage is denied', () => {
    const denied = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    const pins = new Pins('a', denied);
    pins.toggle('x');
    expect([...pins.names]).toEqual(['x']);
  });
});
