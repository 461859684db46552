import { apply } from '../../../src/context/pristine-built-ins.js';
import { slot } from '../../../src/protocol/intrinsics/slots.js';
import type { PendingForm } from './form.js';

/*
 * Images of the platform, known by their internal slots and read by methods that were taken before code ran: a reader's
 * subclass or property runs nothing here.
 */

const NativePromise = Promise;
const nativeThen = NativePromise.prototype.then; // oxlint-disable-line typescript/unbound-method -- applied to promises
const NativeUint8Array = Uint8Array;

const blobType = slot<string>(Blob.prototype, 'type');
const readBlob = slot<Promise<ArrayBuffer>>(Blob.prototype, 'arrayBuffer');
const Canvas = globalThis.OffscreenCanvas as typeof OffscreenCanvas | undefined;
const canvasWidth = Canvas && slot<number>(Canvas.prototype, 'width');
const toBlob = Canvas && slot<Promise<Blob>>(Canvas.prototype, 'convertToBlob');
const contextOf = Canvas?.prototype.getContext as ((this: OffscreenCanvas, type: '2d') => object) | undefined;
const draw = globalThis.OffscreenCanvasRenderingContext2D?.prototype.drawImage as
  ((this: object, image: object, x: number, y: number) => void) | undefined;
const bitmapWidth = globalThis.ImageBitmap && slot<number>(ImageBitmap.prototype, 'width');
const bitmapHeight = globalThis.ImageBitmap && slot<number>(ImageBitmap.prototype, 'height');

/** A Blob of an image, of Markdown or of HTML, an ImageBitmap or an OffscreenCanvas as a form; `undefined` for anything else. */
export function imageForm(value: object): PendingForm | undefined {
  const type = valueOf(blobType, value);
  if (type !== undefined) {
    if (type === 'image/svg+xml' || type.startsWith('text/'))
      return { type: type.replace(/;.*/s, ''), encoding: 'text', bytes: bytesOf(value) };
    return type.startsWith('image/') ? { type, encoding: 'bytes', bytes: bytesOf(value) } : undefined;
  }
  const canvas = valueOf(canvasWidth, value) === undefined ? canvasOf(value) : (value as OffscreenCanvas);
  if (canvas === undefined) return undefined;
  const bytes = apply(nativeThen, toBlob!(canvas), [bytesOf]) as Promise<Uint8Array>;
  return { type: 'image/png', encoding: 'bytes', bytes };
}

/** The contents of a Blob; `undefined` for what is none. */
export function blobBytes(value: object): Promise<Uint8Array> | undefined {
  return valueOf(blobType, value) === undefined ? undefined : bytesOf(value);
}

function bytesOf(blob: object): Promise<Uint8Array> {
  return apply(nativeThen, readBlob(blob), [
    (buffer: ArrayBuffer) => new NativeUint8Array(buffer),
  ]) as Promise<Uint8Array>;
}

/** A canvas with the picture of a bitmap, which stays usable; `undefined` for what is no bitmap. */
function canvasOf(value: object): OffscreenCanvas | undefined {
  const width = valueOf(bitmapWidth, value);
  if (width === undefined || width === 0 || Canvas === undefined) return undefined;
  const canvas = new Canvas(width, bitmapHeight!(value));
  apply(draw!, apply(contextOf!, canvas, ['2d']), [value, 0, 0]);
  return canvas;
}

function valueOf<T>(read: ((value: object) => T) | undefined, value: object): T | undefined {
  try {
    return read?.(value);
  } catch {
    return undefined;
  }
}
