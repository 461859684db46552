/** Milliseconds that fill the view at the highest zoom. */
const minLength = 0.02;
/** Milliseconds without anything that end a burst of activity. */
const pause = 3_000;

/** A part of the timeline, in milliseconds since its begin. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** The part of the timeline that is shown. Until the reader moves it, it shows the last burst of activity and follows what runs. */
export class TimeView {
  #start = 0;
  #end = 1;
  #duration = 0;
  /** `latest`: the last burst. `all`: everything. `own`: what the reader chose. */
  #mode: 'latest' | 'all' | 'own' = 'latest';
  #latest = 0;

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** Milliseconds of the whole timeline. */
  get duration(): number {
    return this.#duration;
  }

  /** Whether everything is shown. */
  get isWhole(): boolean {
    return this.#start <= 0 && this.#end >= this.#duration;
  }

  /** The timeline has grown, or is another. @param latest where its last burst begins */
  update(duration: number, latest: number): void {
    const wasAtEnd = this.#end >= this.#duration;
    const growth = duration - this.#duration;
    this.#duration = duration;
    this.#latest = latest;
    if (this.#mode !== 'own') this.#fill();
    else if (growth > 0 && wasAtEnd) this.#set(this.#start + growth, this.#end + growth);
    else this.#set(this.#start, this.#end);
  }

  /** Shows everything. */
  fit(): void {
    this.#mode = 'all';
    this.#fill();
  }

  show({ start, end }: TimeRange): void {
    this.#mode = 'own';
    this.#set(start, end);
  }

  /** Shows a part that is `factor` as long. @param at what stays in place, from 0, the left, to 1 */
  zoom(factor: number, at = 0.5): void {
    const fixed = this.timeAt(at);
    const length = Math.min(this.length * factor, this.#widest.end - this.#widest.start);
    const bounded = Math.max(minLength, length);
    this.show({ start: fixed - bounded * at, end: fixed + bounded * (1 - at) });
  }

  /** Moves by a part of its length. */
  pan(part: number): void {
    this.show({ start: this.#start + part * this.length, end: this.#end + part * this.length });
  }

  toBegin(): void {
    this.pan((this.#widest.start - this.#start) / this.length);
  }

  toEnd(): void {
    this.pan((this.#widest.end - this.#end) / this.length);
  }

  /** Moves so that a time is within. */
  reveal({ start, end }: TimeRange): void {
    const last = Math.min(end, this.#duration);
    if (start < this.#end && last > this.#start && last - start >= this.length / 200) return;
    const length = Math.max(minLength, (last - start) * 3);
    const middle = (start + last) / 2;
    this.show(
      last - start < this.length / 200
        ? { start: middle - length / 2, end: middle + length / 2 }
        : { start: middle - this.length / 2, end: middle + this.length / 2 },
    );
  }

  /** @param at from 0, the left, to 1 */
  timeAt(at: number): number {
    return this.#start + at * this.length;
  }

  /** With some room at both ends. */
  get #widest(): TimeRange {
    const room = Math.max(this.#duration * 0.02, minLength);
    return { start: -room, end: this.#duration + room };
  }

  #fill(): void {
    const from = this.#mode === 'all' ? 0 : this.#latest;
    const room = Math.max((this.#duration - from) * 0.02, minLength);
    this.#set(from - room, this.#duration + room);
  }

  /** Keeps it within the timeline. */
  #set(start: number, end: number): void {
    const widest = this.#widest;
    const length = Math.min(Math.max(end - start, minLength), widest.end - widest.start);
    this.#start = Math.max(widest.start, Math.min(start, widest.end - length));
    this.#end = this.#start + length;
  }
}

/** Where the last burst of activity begins: nothing was measured for three seconds before it. @param ranges by start */
export function latestBurst(ranges: readonly TimeRange[]): number {
  let begin = ranges[0]?.start ?? 0;
  let end = -Infinity;
  for (const range of ranges) {
    if (range.start - end > pause) begin = range.start;
    end = Math.max(end, range.end);
  }
  return begin;
}
