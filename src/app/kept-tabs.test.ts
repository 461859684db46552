import { describe, expect, it } from 'vitest';
import { KeptTabs, maxKeptCharacters, type KeptTab } from './kept-tabs.js';

const tab = (code: string): KeptTab => ({ name: 'Tab', code, context: { client_id: 'a' } });
const place = { slot: 'example-1', source: '' };
const original = [tab('original')];

function memory() {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
}

describe('KeptTabs', () => {
  it('gives the tabs of an example back after a reload', () => {
    const storage = memory();
    new KeptTabs(() => storage).write(place, [tab('mine')], original);
    expect(new KeptTabs(() => storage).read(place)).toEqual([tab('mine')]);
    expect(new KeptTabs(() => storage).read({ ...place, slot: 'example-2' })).toBeUndefined();
    expect(new KeptTabs(() => storage).read({ ...place, source: '#code=other' })).toBeUndefined();
  });

  it('keeps nothing while the code is the original, and forgets what becomes it again', () => {
    const storage = memory();
    const kept = new KeptTabs(() => storage);
    kept.write(place, original, original);
    expect(storage.texts.size).toBe(0);
    kept.write(place, [tab('mine')], original);
    kept.write(place, original, original);
    expect(storage.texts.size).toBe(0);
  });

  it('leaves what another page wrote while nothing changes here', () => {
    const storage = memory();
    const [here, there] = [new KeptTabs(() => storage), new KeptTabs(() => storage)];
    here.read(place);
    there.write(place, [tab('theirs')], original);
    here.write(place, original, original);
    expect(here.read(place)).toEqual([tab('theirs')]);
  });

  it('keeps no more than fits', () => {
    const storage = memory();
    new KeptTabs(() => storage).write(place, [tab('x'.repeat(maxKeptCharacters))], original);
    expect(storage.texts.size).toBe(0);
  });

  it.each(['{', 'null', '[]', '{"source":"","tabs":[]}', '{"source":"","tabs":[{"name":1}]}'])(
    'reads no tabs from %s',
    (text) => {
      const storage = memory();
      storage.setItem('codemode-playground:example-1', text);
      expect(new KeptTabs(() => storage).read(place)).toBeUndefined();
    },
  );

  it('goes on where storage is blocked or full', () => {
    const blocked = new KeptTabs(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(blocked.read(place)).toBeUndefined();
    expect(() => blocked.write(place, [tab('mine')], original)).not.toThrow();
    const full = new KeptTabs(() => ({
      ...memory(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    }));
    expect(() => full.write(place, [tab('mine')], original)).not.toThrow();
  });
});
