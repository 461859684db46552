import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ConsoleRows } from './console-rows.js';

/** Distance from the end, in pixels, within which the list follows new rows. */
const pinDistance = 24;
/** Minimum overscan above and below the view, in pixels; at least the height of the view. */
const overscan = 400;
/** Maximum number of further rows that stay in the document as part of a selection. */
const maxSelected = 1_000;

export interface RowWindowOptions {
  readonly rows: ConsoleRows;
  /** The scroll container, the frame with the height of all rows, and the list of rendered rows; undefined before the first rendering. */
  parts(): { readonly scroller: HTMLElement; readonly frame: HTMLElement; readonly list: HTMLElement } | undefined;
}

/**
 * Virtual scrolling for a list of rows. The rendered rows are in normal flow in a list that is moved to the position of its first row.
 * Measures their heights after every rendering. The list either follows its end or keeps its top row in place when rows are added,
 * dropped or resized.
 */
export class RowWindow implements ReactiveController {
  /** The rows to render: `first` inclusive, `end` exclusive. */
  first = 0;
  end = 0;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #rows: ConsoleRows;
  readonly #parts: RowWindowOptions['parts'];
  readonly #growth = new ResizeObserver(() => {
    // Rendering inside the observer would cause a “ResizeObserver loop” error in the page.
    if (this.#settle()) requestAnimationFrame(() => this.#host.requestUpdate());
  });
  readonly #observed = new Set<Element>();
  #pinned = true;
  /** Item id of the top row in view, and the pixels of that row above the view. */
  #anchor = { id: 0, offset: 0 };
  #scrollTop = 0;
  #viewHeight = 0;
  #width = 0;
  #hadFocus = false;

  constructor(host: ReactiveControllerHost & HTMLElement, options: RowWindowOptions) {
    this.#host = host;
    this.#rows = options.rows;
    this.#parts = options.parts;
    host.addController(this);
  }

  /** Whether the list follows new rows. */
  get isPinned(): boolean {
    return this.#pinned;
  }

  hostDisconnected(): void {
    this.#growth.disconnect();
    this.#observed.clear();
  }

  hostUpdate(): void {
    const parts = this.#parts();
    if (parts === undefined) return;
    // The current scroll position counts, even before its scroll event.
    if (Math.abs(parts.scroller.scrollTop - this.#scrollTop) > 1) this.#readScroll(parts.scroller, parts.frame);
    this.#hadFocus = parts.list.matches(':focus-within');
    this.#chooseRows(this.#selectedRow(parts.list));
  }

  hostUpdated(): void {
    const parts = this.#parts();
    if (parts === undefined) return;
    this.#observe(parts);
    if (this.#hadFocus && !parts.list.matches(':focus-within')) parts.scroller.focus({ preventScroll: true });
    if (this.#settle()) this.#host.requestUpdate();
  }

  onScroll(): void {
    const parts = this.#parts();
    if (parts === undefined || Math.abs(parts.scroller.scrollTop - this.#scrollTop) <= 1) return;
    this.#readScroll(parts.scroller, parts.frame);
    if (!this.#isCovered()) this.#host.requestUpdate();
  }

  /** Handles the scroll keys. Native smooth scrolling would end at the first row with an estimated height. */
  onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const page = Math.max(40, this.#viewHeight - 40);
    if (event.key === 'End') this.toEnd();
    else if (event.key === 'Home') this.#moveTo(0);
    else if (event.key === 'PageUp') this.#moveTo(this.#top() - page);
    else if (event.key === 'PageDown') this.#moveTo(this.#top() + page);
    else return;
    event.preventDefault();
  }

  toEnd(): void {
    this.#pinned = true;
    this.#host.requestUpdate();
  }

  #moveTo(top: number): void {
    const { heights } = this.#rows;
    this.#pinned = top >= heights.total - this.#viewHeight;
    this.#anchorAt(Math.max(0, top));
    this.#host.requestUpdate();
  }

  /** Returns the pixels of rows above the view. */
  #top(): number {
    const { heights } = this.#rows;
    if (this.#pinned) return Math.max(0, heights.total - this.#viewHeight);
    return Math.max(0, heights.offsetOf(this.#rows.rowOf(this.#anchor.id)) + this.#anchor.offset);
  }

  #anchorAt(top: number): void {
    const { heights } = this.#rows;
    const row = heights.rowAt(top);
    this.#anchor = { id: this.#rows.at(row)?.id ?? 0, offset: top - heights.offsetOf(row) };
  }

  #readScroll(scroller: HTMLElement, frame: HTMLElement): void {
    const { scrollTop, clientHeight, scrollHeight } = scroller;
    const wasPinned = this.#pinned;
    this.#scrollTop = scrollTop;
    this.#pinned = scrollHeight - scrollTop - clientHeight < pinDistance;
    this.#anchorAt(Math.max(0, scrollTop - frame.offsetTop));
    if (wasPinned !== this.#pinned) this.#host.requestUpdate();
  }

  #chooseRows(selected: number | undefined): void {
    const { heights, length } = this.#rows;
    const [first, end] = this.#covering(Math.max(overscan, this.#viewHeight));
    this.first = first;
    this.end = Math.min(end, length);
    if (selected === undefined || Math.abs(selected - first) > maxSelected || heights.length === 0) return;
    this.first = Math.min(first, selected);
    this.end = Math.max(this.end, Math.min(selected + 1, length));
  }

  /** Returns the rows in view and within `around` pixels of it. */
  #covering(around: number): readonly [first: number, end: number] {
    const { heights } = this.#rows;
    const top = this.#top();
    return [heights.rowAt(top - around), heights.rowAt(top + this.#viewHeight + around) + 1];
  }

  #isCovered(): boolean {
    const [first, end] = this.#covering(this.#viewHeight / 4);
    return first >= this.first && Math.min(end, this.#rows.length) <= this.end;
  }

  /** Returns the row of a selection's anchor. The selection ends if that row leaves the document. */
  #selectedRow(list: HTMLElement): number | undefined {
    const root = list.getRootNode() as ShadowRoot & { getSelection?: () => Selection | null };
    const selection = root.getSelection?.() ?? getSelection();
    if (selection?.type !== 'Range' || selection.anchorNode === null) return undefined;
    const index = [...list.children].findIndex((row) => row.contains(selection.anchorNode));
    return index < 0 ? undefined : this.first + index;
  }

  /** Measures and positions the rendered rows. Returns whether other rows have come into view. */
  #settle(): boolean {
    const parts = this.#parts();
    // A list without width is hidden and cannot be measured.
    if (parts === undefined || parts.scroller.clientWidth === 0) return false;
    const { scroller, frame, list } = parts;
    const { heights } = this.#rows;
    const { clientHeight, clientWidth } = scroller;
    if (clientWidth !== this.#width) {
      if (this.#width !== 0) this.#rows.forgetHeights();
      this.#width = clientWidth;
    }
    this.#viewHeight = clientHeight;
    [...list.children].forEach((row, index) => {
      const { height } = row.getBoundingClientRect();
      if (height > 0 && this.first + index < heights.length) this.#rows.measured(this.first + index, height);
    });
    frame.style.height = `${heights.total}px`;
    list.style.top = `${heights.offsetOf(this.first)}px`;
    const scrollTop = this.#pinned ? scroller.scrollHeight : this.#top() + frame.offsetTop;
    if (Math.abs(scroller.scrollTop - scrollTop) >= 1) scroller.scrollTop = scrollTop;
    this.#scrollTop = scroller.scrollTop;
    return !this.#isCovered();
  }

  #observe({ scroller, list }: { readonly scroller: HTMLElement; readonly list: HTMLElement }): void {
    const wanted = new Set<Element>([scroller, ...list.children]);
    for (const element of this.#observed) {
      if (!wanted.has(element)) this.#growth.unobserve(element);
    }
    for (const element of wanted) {
      if (!this.#observed.has(element)) this.#growth.observe(element);
    }
    this.#observed.clear();
    for (const element of wanted) this.#observed.add(element);
  }
}
