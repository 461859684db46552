import { describe, expect, it } from 'vitest';
import { editKey } from '../shell/edit-key.js';
import { EditStore } from './kept-edits.js';

const key = editKey('/guide/', 'orders');

function browser(): { storage: Storage; tab: () => EditStore } {
  const items = new Map<string, string>();
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  } as Storage;
  return { storage, tab: () => new EditStore(key, () => storage) };
}

describe('edits that survive a reload', () => {
  it('come back with the code they were made from', () => {
    const { tab } = browser();
    expect(tab().read()).toBeUndefined();
    expect(tab().write('mine', 'of the page')).toBeUndefined();
    expect(tab().read()).toMatchObject({ code: 'mine', base: 'of the page' });
  });

  it('are another for each page and snippet', () => {
    expect(new Set([editKey('/a', 'x'), editKey('/a', 'y'), editKey('/b', 'x')]).size).toBe(3);
  });

  it('can be written again and again by the tab that wrote them', () => {
    const { tab } = browser();
    const one = tab();
    for (const code of ['a', 'ab', 'abc']) expect(one.write(code, '')).toBeUndefined();
    expect(tab().read()?.code).toBe('abc');
  });

  it('are not written over by another tab that has not seen them; it may once it has', () => {
    const { tab } = browser();
    const [one, other] = [tab(), tab()];
    one.read();
    other.read();
    one.write('of one', '');
    expect(other.write('of the other', '')).toMatchObject({ code: 'of one' });
    expect(tab().read()?.code).toBe('of one');
    other.read();
    expect(other.write('of the other', '')).toBeUndefined();
    expect(one.write('more of one', '')).toMatchObject({ code: 'of the other' });
  });

  it('go away with Reset, but not those of another tab', () => {
    const { tab } = browser();
    const [one, other] = [tab(), tab()];
    one.write('of one', '');
    other.remove();
    expect(tab().read()?.code).toBe('of one');
    one.remove();
    expect(tab().read()).toBeUndefined();
    expect(other.write('of the other', '')).toBeUndefined();
  });

  it('are taken for none where what is stored is something else', () => {
    const { storage, tab } = browser();
    for (const text of ['', '{', 'null', '42', '{"code":1}', '[]']) {
      storage.setItem(key, text);
      expect(tab().read()).toBeUndefined();
    }
    expect(tab().write('mine', '')).toBeUndefined();
    expect(tab().read()?.code).toBe('mine');
  });

  it('last as long as the page where storage is denied', () => {
    const denied = new EditStore(key, () => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(denied.read()).toBeUndefined();
    expect(denied.write('mine', '')).toBeUndefined();
    expect(() => denied.remove()).not.toThrow();
  });
});
