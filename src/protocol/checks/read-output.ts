import {
  maxDisplayIdCharacters,
  maxForms,
  maxFormTypeCharacters,
  maxGroupDepth,
  maxIdentifierCharacters,
  maxNameCharacters,
  maxOutputEntries,
  maxOutputParts,
  maxOutputTextCharacters,
  maxPartCharacters,
  maxStyleCharacters,
  maxTableColumns,
  maxTableRows,
} from '../bounds.js';
import { type Check, count, fieldsOf, finite, flag, list, object, oneOf, parseJson, text } from './checks.js';
import { refusalOf } from '../codec/codec.js';
import { MessageShapeError } from './message-shape-error.js';
import { checkFrames, checkPreview } from './check-preview.js';
import { readForms } from './read-forms.js';
import type { FormEncoding, WireForm } from '../messages/mime-bundle.js';
import type { OutputLevel, OutputMethod, OutputPart, WireOutput } from '../messages/wire.js';
import type { WrittenOutput } from '../messages/output-text.js';

const method = oneOf(
  new Set<OutputMethod>([
    'log',
    'info',
    'warn',
    'error',
    'debug',
    'table',
    'group',
    'groupCollapsed',
    'groupEnd',
    'count',
    'time',
    'assert',
    'dir',
    'trace',
    'clear',
    'display',
    'uncaught',
    'unhandledrejection',
    'notice',
  ]),
);
const level = oneOf(new Set<OutputLevel>(['debug', 'log', 'info', 'warn', 'error']));

const textPart = object<Extract<OutputPart, { text: string }>>(
  { text: text(maxPartCharacters) },
  { style: text(maxStyleCharacters) },
);
const previewPart = object<Extract<OutputPart, { preview: unknown }>>({ preview: checkPreview });
const part: Check<OutputPart> = (value) => (Object.hasOwn(fieldsOf(value), 'preview') ? previewPart : textPart)(value);

const depth: Check<number> = (value) => {
  if (count(value) <= maxGroupDepth) return value as number;
  throw new MessageShapeError('', `at most ${maxGroupDepth} groups`, `${value as number}`);
};

const checkEntries = list(
  object<WrittenOutput>(
    {
      sequence: count,
      method,
      level,
      parts: list(part, maxOutputParts),
      text: text(maxOutputTextCharacters),
      depth,
      time: finite,
    },
    {
      runId: text(maxIdentifierCharacters),
      frames: checkFrames,
      table: object<NonNullable<WireOutput['table']>>({
        columns: list(text(maxNameCharacters), maxTableColumns),
        rows: list(list(checkPreview, maxTableColumns), maxTableRows),
      }),
      dropped: count,
      id: text(maxDisplayIdCharacters),
      isUpdate: flag,
      isResult: flag,
      forms: list(
        object<WireForm>({
          type: text(maxFormTypeCharacters),
          encoding: oneOf(new Set<FormEncoding>(['text', 'json', 'bytes'])),
          bytes: count,
        }),
        maxForms,
      ),
    },
  ),
  maxOutputEntries,
);

/**
 * Reads the entries of a message. Nothing of it is trusted: each entry is made anew of the fields that it may have.
 *
 * @param data the forms of all bundles, one after the other
 * @throws MessageShapeError
 */
export function readOutput(value: unknown, data = new ArrayBuffer(0)): readonly WireOutput[] {
  const refusal = typeof value === 'string' ? refusalOf(value) : 'no text';
  if (refusal !== undefined) throw new MessageShapeError('', 'a text within the limits', refusal);
  let read = 0;
  const entries = checkEntries(parseJson(value as string)).map(({ forms, ...entry }): WireOutput => {
    if (entry.method !== 'display') return entry;
    if (forms === undefined) return { ...entry, bundle: Object.freeze({ 'text/plain': entry.text }) };
    const start = read;
    for (const { bytes } of forms) read += bytes;
    if (read > data.byteLength) throw new MessageShapeError('data', 'the bytes of all forms', 'fewer');
    return { ...entry, bundle: readForms(forms, data, start) };
  });
  if (read !== data.byteLength) throw new MessageShapeError('data', 'the bytes of all forms', 'more');
  return entries;
}
