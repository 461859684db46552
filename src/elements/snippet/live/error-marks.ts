import { html, type TemplateResult } from 'lit';
import type { CodeMarker } from '../../../editor/markers.js';
import { lineBox } from './line-box.js';

interface Mark {
  readonly line: number;
  readonly top: number;
  readonly height: number;
}

/** Highlights over the lines of an error. They follow the code when the layout changes. */
export class ErrorMarks {
  readonly #changed: () => void;
  #place: (() => readonly Mark[]) | undefined;
  #marks: readonly Mark[] = [];
  #observed: Element | undefined;
  readonly #resize = new ResizeObserver(() => this.#update());

  /** @param changed called when the result of `render` changes */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /**
   * Marks lines and removes the previous marks.
   *
   * @param box the container of the highlights
   * @param code the element that contains the code as text
   * @param unseen number of hidden lines above the first visible line
   */
  show(markers: readonly CodeMarker[], box: Element, code: HTMLElement, unseen = 0): void {
    if (markers.length === 0) {
      this.clear();
      return;
    }
    this.#place = () =>
      markers.flatMap(({ line }) => {
        const found = lineBox(code, line + unseen);
        return found === undefined
          ? []
          : [{ line, top: found.top - box.getBoundingClientRect().top, height: found.height }];
      });
    if (this.#observed !== box) {
      this.#resize.disconnect();
      this.#resize.observe(box);
      this.#observed = box;
    }
    this.#update();
  }

  /** Removes all marks and observers. */
  clear(): void {
    this.#place = undefined;
    this.#observed = undefined;
    this.#resize.disconnect();
    this.#set([]);
  }

  render(label: (line: number) => string): TemplateResult[] {
    return this.#marks.map(
      ({ line, top, height }) => html`
      <div class="mark" role="img" aria-label=${label(line)} .style=${`top: ${top}px; height: ${height}px`}></div>
    `,
    );
  }

  #update(): void {
    this.#set(this.#place?.() ?? []);
  }

  #set(marks: readonly Mark[]): void {
    if (JSON.stringify(marks) === JSON.stringify(this.#marks)) return;
    this.#marks = marks;
    this.#changed();
  }
}
