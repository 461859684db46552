import { objectOf, textOf } from './openapi-document.js';
import { isJsonType, type RequestBody } from './operations.js';
import { deepPairs, encodeComponent, scalarText, serialiseParameter } from './serialise-parameter.js';

/** A body for `fetch`, with its type; a form with files says its type itself. */
export interface WrittenBody {
  readonly body: BodyInit;
  readonly contentType: string | undefined;
}

export function writeBody({ mediaType, encoding }: RequestBody, value: unknown): WrittenBody {
  if (isBytes(value)) return { body: value as BodyInit, contentType: mediaType };
  if (isJsonType(mediaType)) return { body: JSON.stringify(value), contentType: mediaType };
  if (mediaType.startsWith('application/x-www-form-urlencoded')) {
    return { body: formPairs(objectOf(value), encoding).join('&'), contentType: mediaType };
  }
  if (mediaType.startsWith('multipart/form-data')) return { body: formData(objectOf(value)), contentType: undefined };
  return { body: typeof value === 'string' ? value : JSON.stringify(value), contentType: mediaType };
}

/** Objects in forms are written as `a[b]=c`, lists as `a=1&a=2`, unless the document says how (section 4.8.15). */
function formPairs(fields: Readonly<Record<string, unknown>>, encoding: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const { style, explode } = objectOf(encoding[name]);
    if (style === undefined && explode === undefined) {
      return deepPairs(encodeComponent(name), value, (item) => encodeComponent(scalarText(item)));
    }
    return serialiseParameter(
      {
        name,
        in: 'query',
        style: textOf(style) ?? 'form',
        explode: typeof explode === 'boolean' ? explode : (style ?? 'form') === 'form',
        required: false,
        description: undefined,
        schema: undefined,
        allowReserved: false,
        mediaType: undefined,
      },
      value,
    );
  });
}

/** A list is a part for each item; an object is a part of JSON. */
function formData(fields: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (item instanceof Blob) form.append(name, item);
      else if (isBytes(item)) form.append(name, new Blob([item as BlobPart]), name);
      else if (typeof item === 'object' && item !== null) {
        form.append(name, new Blob([JSON.stringify(item)], { type: 'application/json' }));
      } else form.append(name, String(item));
    }
  }
  return form;
}

function isBytes(value: unknown): boolean {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value) || value instanceof Blob;
}
