import { describe, expect, it } from 'vitest';
import { editKey } from '../shell/edit-key.js';
import { EditStore } from './kept-edits.js';
import { ReadersCode } from './readers-code.js';

const key = editKey('/guide/', 'orders');

/** Tabs of one browser: what one stores the others hear of when `deliver` is called. */
function browser(): { open: (base?: string) => ReadersCode; deliver: (from: ReadersCode) => void } {
  const items = new Map<string, string>();
  const tabs: ReadersCode[] = [];
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
  return {
    open(base = 'of the page') {
      const tab = new ReadersCode(() => undefined);
      tab.open(new EditStore(key, () => storage), base);
      tabs.push(tab);
      return tab;
    },
    deliver(from) {
      for (const tab of tabs) if (tab !== from) tab.storedElsewhere();
    },
  };
}

describe("the reader's version", () => {
  it('is there again in the next visit, until Reset', () => {
    const { open } = browser();
    open().change('mine', 'of the page', 'reader');
    const next = open();
    expect(next.text).toBe('mine');
    next.reset();
    expect(next.text).toBeUndefined();
    expect(open().text).toBeUndefined();
  });

  it('is none where the reader typed the code of the page again', () => {
    const { open } = browser();
    const tab = open();
    tab.change('mine', 'of the page', 'reader');
    tab.change('of the page', 'of the page', 'reader');
    expect(tab.text).toBeUndefined();
    expect(open().text).toBeUndefined();
  });

  it('is not stored where the page set it', () => {
    const { open } = browser();
    const tab = open();
    tab.change('set by a script', 'of the page', 'page');
    expect(tab.text).toBe('set by a script');
    expect(open().text).toBeUndefined();
  });

  it('is offered, not shown, when the author has changed the code since', () => {
    const { open } = browser();
    open().change('mine', 'of the page', 'reader');
    const later = open('changed by the author');
    expect(later.text).toBeUndefined();
    expect(later.offer).toMatchObject({ kind: 'page-changed', edit: { code: 'mine' } });
    later.acceptOffer();
    expect(later.text).toBe('mine');
    expect(open('changed by the author')).toMatchObject({ text: 'mine', offer: undefined });
  });

  it('is forgotten when the reader takes the new code of the author instead', () => {
    const { open } = browser();
    open().change('mine', 'of the page', 'reader');
    open('changed by the author').declineOffer();
    expect(open('changed by the author')).toMatchObject({ text: undefined, offer: undefined });
  });

  it('follows another tab where nothing was changed in this one', () => {
    const { open, deliver } = browser();
    const [one, other] = [open(), open()];
    one.change('mine', 'of the page', 'reader');
    deliver(one);
    expect(other).toMatchObject({ text: 'mine', offer: undefined });
    one.reset();
    deliver(one);
    expect(other.text).toBeUndefined();
  });

  it('is neither given up for that of another tab nor written over it', () => {
    const { open, deliver } = browser();
    const [one, other] = [open(), open()];
    one.change('of one', 'of the page', 'reader');
    other.change('of the other', 'of the page', 'reader');
    deliver(one);
    expect(other).toMatchObject({ text: 'of the other', offer: { kind: 'other-tab', edit: { code: 'of one' } } });
    expect(open().text).toBe('of one');
  });

  it.each([
    ['acceptOffer', 'of one'],
    ['declineOffer', 'of the other'],
  ] as const)('after %s it is the one that was chosen, for all tabs', (choose, text) => {
    const { open, deliver } = browser();
    const [one, other] = [open(), open()];
    one.change('of one', 'of the page', 'reader');
    other.change('of the other', 'of the page', 'reader');
    other[choose]();
    deliver(other);
    expect([one.text, other.text, open().text]).toEqual([text, text, text]);
    expect(other.offer).toBeUndefined();
  });
});
