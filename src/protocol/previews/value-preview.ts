import type { Preview } from './preview.js';

const previews = new WeakMap<object, Preview>();
const made = new WeakSet<Preview>();

/** Notes that a preview is as bounded as `makePreview` leaves it, so that the codec need not count it again. */
export function markMade<P extends Preview>(preview: P): P {
  made.add(preview);
  return preview;
}

export const isMadePreview = (value: object): value is Preview => made.has(value as Preview);

/**
 * Stands in a decoded value where something could not be sent: a function, a getter, an instance of a class, what was
 * too big.
 */
export class ValuePreview {
  constructor(preview: Preview) {
    previews.set(this, preview);
  }

  get preview(): Preview {
    return previewOf(this)!;
  }

  toString(): string {
    return this.preview.text;
  }

  toJSON(): string {
    return this.preview.text;
  }
}

/** The preview in a `ValuePreview`, whatever was done to its class since; `undefined` for any other object. */
export const previewOf = (value: object): Preview | undefined => previews.get(value);
