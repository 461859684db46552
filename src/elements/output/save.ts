import { fromBase64 } from '../../protocol/codec/format.js';
import { copyText } from '../shared/copy-text.js';

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
  if (type === 'image/svg+xml') return value;
  try {
    return new Uint8Array(fromBase64(value.replaceAll(/\s/g, '')));
  } catch {
    return undefined;
  }
}
