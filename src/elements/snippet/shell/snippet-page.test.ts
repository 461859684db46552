import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SnippetPage, type PageMember } from './snippet-page.js';

/** A snippet that stands at a place in the page. */
function member(place: number, more: Partial<PageMember> = {}): PageMember {
  return {
    place,
    compareDocumentPosition: (other: { place: number }) => (other.place > place ? 4 : 2),
    requestUpdate: vi.fn(),
    storedElsewhere: vi.fn(),
    ...more,
  } as unknown as PageMember;
}

describe('SnippetPage', () => {
  const listeners = new Set<(event: { key: string | null }) => void>();

  beforeEach(() => {
    vi.stubGlobal('Node', { DOCUMENT_POSITION_FOLLOWING: 4 });
    vi.stubGlobal('addEventListener', (_: string, listener: () => void) => listeners.add(listener));
    vi.stubGlobal('removeEventListener', (_: string, listener: () => void) => listeners.delete(listener));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    listeners.clear();
  });

  it('is one for each document', () => {
    const [one, other] = [{}, {}] as [Document, Document];
    expect(SnippetPage.of(one)).toBe(SnippetPage.of(one));
    expect(SnippetPage.of(one)).not.toBe(SnippetPage.of(other));
  });

  it('has its snippets in the order of the document', () => {
    const page = new SnippetPage();
    const [first, second, third] = [member(1), member(2), member(3)];
    for (const snippet of [third, first, second]) page.add(snippet);
    expect(page.all).toEqual([first, second, third]);
    page.remove(second);
    expect(page.all).toEqual([first, third]);
  });

  it('hears of what other tabs store for as long as it has snippets', () => {
    const page = new SnippetPage();
    const snippet = member(1);
    page.add(snippet);
    for (const listener of listeners) listener({ key: 'a' });
    expect(snippet.storedElsewhere).toHaveBeenCalledWith('a');
    page.remove(snippet);
    expect(listeners.size).toBe(0);
  });

  it('updates the snippets that have run, once for all changes of a task', async () => {
    const page = new SnippetPage();
    const ran = member(1, { lastRun: { ok: true, code: '', basis: new Map() } });
    const untouched = member(2);
    for (const snippet of [ran, untouched]) page.add(snippet);
    page.refresh();
    page.refresh();
    await Promise.resolve();
    expect(ran.requestUpdate).toHaveBeenCalledOnce();
    expect(untouched.requestUpdate).not.toHaveBeenCalled();
  });

  it('numbers objects, each page for itself', () => {
    const [page, other] = [new SnippetPage(), new SnippetPage()];
    const [one, two] = [{}, {}];
    expect([page.numberOf(one), page.numberOf(two), page.numberOf(one)]).toEqual([1, 2, 1]);
    expect(other.numberOf(two)).toBe(1);
  });

  it('keeps functions that register tools for the `Codemode`s to come, and tells of later ones', () => {
    const { registrations } = new SnippetPage();
    const [early, late, heard] = [vi.fn(), vi.fn(), vi.fn()];
    registrations.add(early);
    const unsubscribe = registrations.subscribe(heard);
    registrations.add(late);
    expect(registrations.all).toEqual([early, late]);
    expect(heard.mock.calls).toEqual([[late]]);
    unsubscribe();
    registrations.add(early);
    expect(heard).toHaveBeenCalledOnce();
  });

  it('closes without having run anything', async () => {
    await expect(new SnippetPage().close()).resolves.toBeUndefined();
  });
});
