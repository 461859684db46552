// Read while code of a reader runs, whatever that has made of the built-ins.
const { load, store } = Atomics;
const PristineView = Int32Array;

const slots = 1_024;

/**
 * Tells a worker that is too busy to read messages which of its executions are to end: memory that it shares with its frame,
 * which browsers allow where the page is cross-origin isolated. Executions go by the number of their cell; the slot of one
 * holds its number once it is told to end.
 */
export class CancelFlags {
  readonly buffer: SharedArrayBuffer;
  readonly #view: Int32Array;

  constructor(buffer = new SharedArrayBuffer(slots * PristineView.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#view = new PristineView(buffer);
  }

  /** Where memory can't be shared there are none. */
  static create(): CancelFlags | undefined {
    return globalThis.crossOriginIsolated === true ? new CancelFlags() : undefined;
  }

  set(cell: number): void {
    store(this.#view, cell % slots, cell);
  }

  has(cell: number): boolean {
    // 0 is no cell, but what every slot holds at first.
    return cell !== 0 && load(this.#view, cell % slots) === cell;
  }
}
