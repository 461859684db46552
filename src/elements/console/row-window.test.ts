import type { ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { written } from '../testing/scripted-session.js';
import { ConsoleLog } from './console-log.js';
import { ConsoleRows } from './console-rows.js';
import { RowWindow } from './row-window.js';

const viewHeight = 200;
const rowHeight = 20;
const everything = { level: 'debug', text: '' } as const;

class Observer {
  static observed = new Set<unknown>();
  constructor(readonly callback: () => void) {}
  observe(element: unknown): void {
    Observer.observed.add(element);
  }
  unobserve(element: unknown): void {
    Observer.observed.delete(element);
  }
  disconnect(): void {
    Observer.observed.clear();
  }
}

/** A list of rows of 20 pixels in a view of 200, laid out by hand: `settle` renders until nothing asks for more. */
function open(count: number) {
  const log = new ConsoleLog(1000);
  const rows = new ConsoleRows();
  let isAsked = false;
  const host = { addController: () => undefined, requestUpdate: () => (isAsked = true) };
  const elements = new Map<number, object>();
  const heights = new Map<number, number>();
  const frame = { offsetTop: 0, style: { height: '0px' } };
  const list = {
    style: { top: '' },
    matches: () => false,
    getRootNode: () => ({ getSelection: () => null }),
    children: [] as object[],
  };
  const scroller = {
    clientHeight: viewHeight,
    clientWidth: 300,
    top: 0,
    get scrollHeight() {
      return Math.max(viewHeight, Number.parseFloat(frame.style.height));
    },
    get scrollTop() {
      return this.top;
    },
    set scrollTop(top: number) {
      this.top = Math.max(0, Math.min(top, this.scrollHeight - viewHeight));
    },
    focus: vi.fn(),
  };
  const window = new RowWindow(host as unknown as ReactiveControllerHost & HTMLElement, {
    rows,
    parts: () =>
      ({ scroller, frame, list }) as unknown as ReturnType<ConstructorParameters<typeof RowWindow>[1]['parts']>,
  });
  const settle = (): void => {
    for (let rendering = 0; rendering < 10; rendering++) {
      isAsked = false;
      rows.update(log, everything);
      window.hostUpdate();
      list.children = rows.slice(window.first, window.end).map(({ id }) => {
        const element = elements.get(id) ?? {
          contains: () => false,
          getBoundingClientRect: () => ({ height: heights.get(id) ?? rowHeight }),
        };
        elements.set(id, element);
        return element;
      });
      window.hostUpdated();
      if (!isAsked) return;
    }
    expect.fail('the list does not come to rest');
  };
  const write = (more: number): void => {
    for (let index = 0; index < more; index++) log.addOutput(written(`${log.length} ${Math.random()}`));
    settle();
  };
  const scrollTo = (top: number): void => {
    scroller.scrollTop = top;
    window.onScroll();
    settle();
  };
  /** Pixels of a row's top edge below the top of the view. */
  const topOf = (id: number): number => rows.heights.offsetOf(rows.rowOf(id)) - scroller.scrollTop;
  write(count);
  return { log, rows, window, scroller, frame, list, heights, settle, write, scrollTo, topOf };
}

const key = (name: string) => ({ key: name, preventDefault: vi.fn() }) as unknown as KeyboardEvent;

describe('RowWindow', () => {
  beforeEach(() => {
    Observer.observed.clear();
    vi.stubGlobal('ResizeObserver', Observer);
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => callback());
    vi.stubGlobal('getSelection', () => null);
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('holds the rows in view and some around, however many there are', () => {
    const { window, rows } = open(900);
    expect(rows.length).toBe(900);
    expect(window.end).toBe(900);
    expect(window.end - window.first).toBeLessThan(60);
  });

  it('follows what is added while it is at its end', () => {
    const { window, scroller, write } = open(100);
    expect(window.isPinned).toBe(true);
    write(50);
    expect(scroller.scrollTop).toBe(scroller.scrollHeight - viewHeight);
    expect(window.end).toBe(150);
  });

  it('keeps the row at its top in place when rows are added, dropped or grow', () => {
    const { window, rows, heights, scrollTo, write, settle, topOf, log } = open(900);
    scrollTo(rows.heights.offsetOf(450) + 5);
    expect(window.isPinned).toBe(false);
    const { id } = rows.at(450)!;
    expect(topOf(id)).toBe(-5);
    write(300);
    expect(log.dropped).toBe(200);
    expect(topOf(id)).toBe(-5);
    heights.set(id - 3, 300);
    settle();
    expect(topOf(id)).toBe(-5);
  });

  it('goes by the keys of any list, and to the end again', () => {
    const { window, rows, scroller, settle } = open(300);
    const press = (name: string): void => {
      window.onKeyDown(key(name));
      settle();
    };
    press('Home');
    expect([scroller.scrollTop, window.first, window.isPinned]).toEqual([0, 0, false]);
    press('PageDown');
    expect(scroller.scrollTop).toBe(viewHeight - 40);
    press('PageUp');
    expect(scroller.scrollTop).toBe(0);
    press('End');
    expect(window.isPinned).toBe(true);
    expect(window.end).toBe(rows.length);
    const other = key('a');
    window.onKeyDown(other);
    expect(other.preventDefault).not.toHaveBeenCalled();
  });

  it('is pinned again when it is scrolled to its end', () => {
    const { window, scroller, scrollTo } = open(300);
    scrollTo(100);
    expect(window.isPinned).toBe(false);
    scrollTo(scroller.scrollHeight);
    expect(window.isPinned).toBe(true);
  });

  it('observes only what is in the document, and nothing once it is disconnected', () => {
    const { window, scroller, list, scrollTo } = open(500);
    scrollTo(0);
    expect(Observer.observed).toEqual(new Set<unknown>([scroller, ...list.children]));
    window.hostDisconnected();
    expect(Observer.observed.size).toBe(0);
  });

  it('measures nothing while it is hidden', () => {
    const { rows, scroller, heights, settle } = open(10);
    const { total } = rows.heights;
    scroller.clientWidth = 0;
    heights.set(rows.at(0)!.id, 500);
    settle();
    expect(rows.heights.total).toBe(total);
  });

  it('measures anew when its width is another', () => {
    const { rows, scroller, heights, settle } = open(10);
    for (let row = 0; row < 10; row++) heights.set(rows.at(row)!.id, 40);
    scroller.clientWidth = 150;
    settle();
    expect(rows.heights.total).toBe(400);
  });
});
