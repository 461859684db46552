import { isArray, ownKeys, stringify } from '../../../src/context/pristine-built-ins.js';
import { maxFormStructure, maxForms, maxFormTypeCharacters } from '../../../src/protocol/bounds.js';
import { isWithinStructure } from '../../../src/protocol/codec/text-limits.js';
import { bufferLength, viewOf } from '../../../src/protocol/intrinsics/slots.js';
import { isJsonType, type FormEncoding } from '../../../src/protocol/messages/mime-bundle.js';
import { intrinsics } from '../realm/intrinsics.js';
import type { Form, PendingForm } from './form.js';
import { blobBytes } from './image-bytes.js';

const { get } = Reflect;

/** What a form must be called: `type/subtype`, maybe with parameters. */
const mimeType = /^[\w.+-]+\/[\w.+-]+(?:;[ -~]*)?$/;

/**
 * The forms of a bundle that code made. Getters, traps and `toJSON` of its author run, outside the bracket; what one of them
 * throws is thrown. Forms that nobody could read are left out.
 */
export function readBundle(bundle: object): PendingForm[] {
  const keys = intrinsics.runOutside(() => ownKeys(bundle));
  const forms: PendingForm[] = [];
  for (let at = 0; at < keys.length && forms.length < maxForms; at++) {
    const type = keys[at]!;
    if (typeof type !== 'string' || type.length > maxFormTypeCharacters || !mimeType.test(type)) continue;
    const form = formOf(
      type,
      intrinsics.runOutside(() => get(bundle, type) as unknown),
    );
    if (form !== undefined) forms.push(form);
  }
  return forms;
}

/** A value as the form of this type; `undefined` for what cannot be one. */
function formOf(type: string, value: unknown): PendingForm | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') {
    const bytes = blobBytes(value) ?? binary(value);
    if (bytes !== undefined) return { type, encoding: encodingOf(type), bytes };
  }
  if (isJsonType(type)) return jsonForm(type, value);
  if (typeof value === 'string') return textForm(type, value);
  // Notebooks keep a text as a list of its lines.
  const lines = isArray(value) ? (intrinsics.runOutside(() => stringify(value)) as string | undefined) : undefined;
  const parsed = lines === undefined ? undefined : (JSON.parse(lines) as readonly unknown[]);
  if (parsed?.every((line) => typeof line === 'string') === true) return textForm(type, parsed.join(''));
  return jsonForm(type, value);
}

export function textForm(type: string, text: string): Form {
  return { type, encoding: 'text', bytes: new TextEncoder().encode(text) };
}

/** Data of the kernel's own. */
export function dataForm(type: string, data: object): Form {
  return { type, encoding: 'json', bytes: new TextEncoder().encode(stringify(data)) };
}

function jsonForm(type: string, value: unknown): PendingForm | undefined {
  const json = intrinsics.runOutside(() => stringify(value)) as string | undefined;
  if (json === undefined || !isWithinStructure(json, maxFormStructure)) return undefined;
  return { type, encoding: 'json', bytes: new TextEncoder().encode(json) };
}

function encodingOf(type: string): FormEncoding {
  if (isJsonType(type)) return 'json';
  return /^text\/|[/+]xml$/.test(type) ? 'text' : 'bytes';
}

/** A copy of a buffer's or a view's bytes; `undefined` for anything else. */
function binary(value: object): Uint8Array | undefined {
  try {
    const { buffer, byteOffset, byteLength } = viewOf(value);
    return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
  } catch {
    // No view: it may be a buffer.
  }
  try {
    return new Uint8Array(new Uint8Array(value as ArrayBuffer, 0, bufferLength(value)));
  } catch {
    return undefined;
  }
}
