import { maxFormStructure } from '../bounds.js';
import { isWithinStructure } from '../codec/text-limits.js';
import { noteBundleBytes } from '../messages/bundle-bytes.js';
import type { MimeBundle, WireForm } from '../messages/mime-bundle.js';

const decoder = new TextDecoder();

/**
 * The bundle of an entry, frozen. A form that is JSON is parsed when it is first read, since a table may have a million values
 * and nobody may ask for it; it is `undefined` where the worker sent something else.
 *
 * @param start where the first form begins in `data`
 */
export function readForms(forms: readonly WireForm[], data: ArrayBuffer, start: number): MimeBundle {
  const bundle: Record<string, unknown> = {};
  let end = start;
  for (const { type, encoding, bytes } of forms) {
    const part = new Uint8Array(data.slice(end, (end += bytes)));
    const property =
      encoding === 'json'
        ? { get: once(() => parse(decoder.decode(part))) }
        : { value: encoding === 'bytes' ? part : decoder.decode(part) };
    // A type may be called `__proto__`: it is defined, and never assigned.
    Object.defineProperty(bundle, type, { ...property, enumerable: true, configurable: true });
  }
  return noteBundleBytes(Object.freeze(bundle), end - start);
}

function parse(json: string): unknown {
  if (!isWithinStructure(json, maxFormStructure)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
