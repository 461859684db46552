/** What the reader may do with the plot. Places are pixels from its upper left corner. */
export interface PlotActions {
  /** @param at from 0, the left, to 1 */
  zoom(factor: number, at: number): void;
  /** Moves by a part of the view's length. */
  pan(part: number): void;
  scroll(pixels: number): void;
  select(x: number, y: number): void;
  /** `undefined` when the pointer leaves. */
  hover(place: { readonly x: number; readonly y: number } | undefined): void;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Pixels that a pointer may move in a click. */
const clickRange = 4;

/** Reads drags, pinches and the wheel of a plot. */
export class PlotGestures {
  readonly #actions: PlotActions;
  readonly #pointers = new Map<number, Place>();
  /** Where the pointer went down, while it has not moved. */
  #pressed: Place | undefined;

  constructor(actions: PlotActions) {
    this.#actions = actions;
  }

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const place = placeOf(event);
    this.#pressed = this.#pointers.size === 0 ? place : undefined;
    this.#pointers.set(event.pointerId, place);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };

  readonly move = (event: PointerEvent): void => {
    const place = placeOf(event);
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) {
      this.#actions.hover(place);
      return;
    }
    if (this.#pressed !== undefined && distance(this.#pressed, place) < clickRange) return;
    this.#pressed = undefined;
    this.#actions.hover(undefined);
    const { width } = (event.currentTarget as Element).getBoundingClientRect();
    const [other] = [...this.#pointers].flatMap(([id, at]) => (id === event.pointerId ? [] : [at]));
    this.#pointers.set(event.pointerId, place);
    if (other === undefined) {
      this.#actions.pan((before.x - place.x) / width);
      // A finger scrolls by itself.
      if (event.pointerType !== 'touch') this.#actions.scroll(before.y - place.y);
      return;
    }
    const factor = Math.max(1, Math.abs(other.x - before.x)) / Math.max(1, Math.abs(other.x - place.x));
    this.#actions.zoom(factor, (other.x + place.x) / 2 / width);
    this.#actions.pan((before.x - place.x) / 2 / width);
  };

  readonly up = (event: PointerEvent): void => {
    if (!this.#pointers.delete(event.pointerId) || this.#pressed === undefined) return;
    if (event.type === 'pointerup') this.#actions.select(this.#pressed.x, this.#pressed.y);
    this.#pressed = undefined;
  };

  readonly leave = (): void => this.#actions.hover(undefined);

  /** With Control or Command it zooms, as a pinch on a trackpad does; with Shift or sideways it moves; else the rows scroll. */
  readonly wheel = (event: WheelEvent): void => {
    const { width } = (event.currentTarget as Element).getBoundingClientRect();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    if (event.ctrlKey || event.metaKey) {
      this.#actions.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY * unit * 0.004))), placeOf(event).x / width);
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.#actions.pan(((event.deltaX || event.deltaY) * unit) / width);
    } else {
      return;
    }
    event.preventDefault();
  };
}

function placeOf(event: MouseEvent): Place {
  const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

const distance = (one: Place, other: Place): number => Math.hypot(one.x - other.x, one.y - other.y);
