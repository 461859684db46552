import type { PreviewOptions } from '../previews/options.js';

/** Bounds of a value that is sent. A `ValuePreview` replaces each part that exceeds one. */
export interface CodecBounds {
  /** Levels of nesting, along the shortest way to an object. @default 200 */
  readonly maxDepth: number;
  /** Properties, elements and entries in all. @default 100,000 */
  readonly maxValues: number;
  /** UTF-16 units of the text, roughly: strings as they are written, and 16 for each value. @default 3 Mi */
  readonly maxCharacters: number;
  /** Bytes of binary data in all. @default 32 Mi */
  readonly maxBytes: number;
}

export const defaultCodecBounds: CodecBounds = {
  maxDepth: 200,
  maxValues: 100_000,
  maxCharacters: 3 * 1024 * 1024,
  maxBytes: 32 * 1024 * 1024,
};

/** The hooks of previews serve the codec too: it must know a proxy when it meets one. */
export interface CodecOptions extends PreviewOptions {
  readonly bounds?: Partial<CodecBounds>;
}

/** A value on its way: text, and the binary data that was too large for it. The buffers are the payload's own. */
export interface Payload {
  readonly text: string;
  readonly buffers: readonly ArrayBuffer[];
}
