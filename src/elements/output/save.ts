import { fromBase64 } from '../../protocol/codec/format.js';
import { copyText } from '../shared/copy-text.js';

export const svgType = 'image/svg+xml';

/** Contents of an output as a file. */
export interface SavedOutput {
  readonly name: string;
  readonly type: string;
  readonly contents: string | Uint8Array;
}

/** Offers a file for download. */
export function download({ name, type, contents }: SavedOutput): void {
  const url = URL.createObjectURL(blobOf(type, contents));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Copies text, or a PNG image. @throws Error if the browser refuses to copy */
export async function copyOutput({ type, contents }: SavedOutput): Promise<void> {
  if (typeof contents === 'string') await copyText(contents);
  else await navigator.clipboard.write([new ClipboardItem({ [type]: blobOf(type, contents) })]);
}

export function blobOf(type: string, contents: string | Uint8Array): Blob {
  return new Blob([contents as Uint8Array<ArrayBuffer>], { type });
}

/** The bytes of an image that may be Base64; `undefined` for text that is none. */
export function imageContents(type: string, value: unknown): string | Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'string') return undefined;
  if (type === svgType) return value;
  try {
    return new Uint8Array(fromBase64(value.replaceAll(/\s/g, '')));
  } catch {
    return undefined;
  }
}

/** An SVG as a file of its own; inside a page it needs no namespace. */
export function withNamespace(svg: string): string {
  return /<svg\b[^>]*\sxmlns=/.test(svg) ? svg : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
}

/** Pixels of a PNG for each of its SVG. */
const density = 2;

/** Draws an SVG, which runs none of its scripts and loads nothing. @throws Error if the browser can't read it */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const url = URL.createObjectURL(blobOf(svgType, svg));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = density * (image.naturalWidth || 300);
    canvas.height = density * (image.naturalHeight || 150);
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return bytesOfDataUrl(canvas.toDataURL('image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

export function bytesOfDataUrl(url: string): Uint8Array {
  return new Uint8Array(fromBase64(url.slice(url.indexOf(',') + 1)));
}
