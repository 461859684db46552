import { html, type TemplateResult } from 'lit';
import type { CodeMarker } from '../../../editor/markers.js';
import { lineBox } from './line-box.js';

interface Mark {
  readonly line: number;
  readonly top: number;
  readonly height: number;
}

/** Bands over the lines of code as text in which a run failed; they follow the text where it moves. */
export class ErrorMarks {
  readonly #changed: () => void;
  #place: (() => readonly Mark[]) | undefined;
  #marks: readonly Mark[] = [];
  #observed: Element | undefined;
  readonly #resize = new ResizeObserver(() => this.#update());

  /** @param changed called when what `render` gives is another */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /**
   * Marks lines, instead of those marked before.
   *
   * @param box what the bands lie in
   * @param code what holds the code as text
   * @param unseen lines of that text above the first line that the reader sees
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

  /** Marks nothing and watches nothing. */
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
