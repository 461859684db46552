import {
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
import { type Check, count, fieldsOf, finite, list, object, oneOf, parseJson, text } from './checks.js';
import { refusalOf } from '../codec/codec.js';
import { MessageShapeError } from './message-shape-error.js';
import { checkFrames, checkPreview } from './check-preview.js';
import type { OutputLevel, OutputMethod, OutputPart, WireOutput } from '../messages/wire.js';

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
  object<WireOutput>(
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
    },
  ),
  maxOutputEntries,
);

/**
 * Reads the entries of a message. Nothing of the text is trusted: each entry is made anew of the fields that it may have.
 *
 * @throws MessageShapeError
 */
export const readOutput: Check<readonly WireOutput[]> = (value) => {
  const refusal = typeof value === 'string' ? refusalOf(value) : 'no text';
  if (refusal !== undefined) throw new MessageShapeError('', 'a text within the limits', refusal);
  return checkEntries(parseJson(value as string));
};
